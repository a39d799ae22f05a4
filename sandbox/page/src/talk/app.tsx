// The app itself: its Home, its messages, and who it is.
import { Blocks } from "../blocks/blocks";
import { HomeSurface } from "../blocks/surfaces";
import { nameOf, openApp } from "../core/acts";
import { appRoom, useStore, useTeam } from "../core/store";
import { Avatar } from "../frame/avatar";
import { Composer } from "./composer";
import { MessageList } from "./list";

const TABS = [
  ["home", "Home"],
  ["messages", "Messages"],
  ["about", "About"],
] as const;

type Tab = (typeof TABS)[number][0];

export function App({ tab }: { tab: Tab }) {
  const team = useTeam();
  const name = nameOf(team.app.user);
  const shown = TABS.filter(([key]) => (key === "home" ? team.app.homeTab : key === "messages" ? team.app.messages : true));
  return (
    <main className="main">
      <header className="main-head app-head">
        <h1><Avatar user={team.app.user} small /> {name}</h1>
        <nav aria-label={name}>
          {shown.map(([key, label]) => (
            <button key={key} type="button" aria-current={tab === key ? "page" : undefined} onClick={() => void openApp(key)}>
              {label}
            </button>
          ))}
        </nav>
      </header>
      {tab === "home" && <Home />}
      {tab === "messages" && <Messages name={name} />}
      {tab === "about" && <About name={name} />}
    </main>
  );
}

function Home() {
  const view = useStore((state) => state.home);
  return (
    <div className="home" tabIndex={0} role="region" aria-label="Home">
      {view ? (
        <HomeSurface key={view.id} view={view}><Blocks blocks={view.blocks} /></HomeSurface>
      ) : (
        <p className="nothing">This is a work in progress: the app hasn't published its Home yet.</p>
      )}
    </div>
  );
}

function Messages({ name }: { name: string }) {
  const team = useTeam();
  const channel = appRoom(team)?.id;
  return (
    <>
      <MessageList
        channel={channel ?? "im"}
        name={name}
        intro={
          <div className="intro">
            <Avatar user={team.app.user} />
            <h2>{name} <span className="badge">APP</span></h2>
            <p>This is the very beginning of your direct messages with {name}.</p>
          </div>
        }
      />
      <Composer key={channel} channel={channel ?? "im"} name={name} />
    </>
  );
}

function About({ name }: { name: string }) {
  const team = useTeam();
  return (
    <div className="home about" tabIndex={0} role="region" aria-label="About">
      <h2>Commands of {name}</h2>
      <dl>
        {team.commands.map(({ command, usage_hint: hint, description }) => (
          <div key={command}>
            <dt><code>{command}</code> <span>{hint}</span></dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
