// What the composer offers: the app's commands after “/”, people after “@”.
import type { Team } from "../core/types";
import { Avatar } from "../frame/avatar";

export interface Completed {
  key: string;
  /** What stands in the composer once this is chosen. */
  text: string;
  title: string;
  hint: string;
  description: string;
  user: string;
  /** Everything is typed already; Enter sends. */
  isWhole: boolean;
}

export function completionsFor(team: Team, text: string, inThread: boolean): Completed[] {
  const mention = /(^|\s)@([\w.-]*)$/.exec(text);
  if (mention) return people(team, text, mention[2] ?? "");
  return text.startsWith("/") && !inThread ? commands(team, text) : [];
}

function commands(team: Team, text: string): Completed[] {
  const typed = /^\S*/.exec(text)?.[0] ?? "";
  // After the name, the hint of that one command stays to be read.
  const going = text.length > typed.length;
  return team.commands
    .filter(({ command }) => (going ? command === typed : command.startsWith(typed)))
    .map(({ command, usage_hint: hint, description }) => ({
      key: command,
      text: going ? text : `${command} `,
      title: command,
      hint,
      description,
      user: team.app.user,
      isWhole: going || command === text,
    }));
}

function people(team: Team, text: string, typed: string): Completed[] {
  const start = text.slice(0, text.length - typed.length);
  return team.users
    .filter((user) => !user.deleted && user.name.startsWith(typed.toLowerCase()) && user.name !== typed)
    .map((user) => ({
      key: user.id,
      text: `${start}${user.name} `,
      title: user.realName,
      hint: "",
      description: `@${user.name}`,
      user: user.id,
      isWhole: false,
    }));
}

interface Props {
  offered: Completed[];
  active: number;
  onChoose: (chosen: Completed) => void;
}

export function Completion({ offered, active, onChoose }: Props) {
  return (
    <div className="completion" id="completion" role="listbox" aria-label="Suggestions">
      {offered.map((one, index) => (
        <div
          key={one.key}
          id={`completion-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
        >
          <Avatar user={one.user} small />
          <span className="what"><strong>{one.title}</strong> <span className="usage">{one.hint}</span></span>
          <small>{one.description}</small>
        </div>
      ))}
    </div>
  );
}
