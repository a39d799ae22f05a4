// Who one is: a switch between the people of the workspace.
import { useRef, useState } from "react";

import { watch } from "../core/live";
import { signal } from "../core/signals";
import { set, useTeam, userOf } from "../core/store";
import type { User } from "../core/types";
import { onEscape, Popover } from "../elements/popover";
import { Avatar } from "./avatar";

export function become(user: string): void {
  set({ panel: null, place: { kind: "room", id: "" } });
  watch(user);
  signal("person", user);
}

export function PeopleSwitch() {
  const team = useTeam();
  const me = userOf(team, team.me);
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="people" ref={anchor} onKeyDown={(event) => open && onEscape(event, done)}>
      <button type="button" ref={button} className="person" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Avatar user={me.id} small />
        <span>You are <strong>{me.realName}</strong></span>
      </button>
      {open && (
        <Popover anchor={anchor} onClose={() => setOpen(false)}>
          <PeopleMenu people={offered(team.users, team.people)} me={me.id} onChoose={(user) => {
            done();
            become(user);
          }} />
        </Popover>
      )}
    </div>
  );
}

function offered(users: User[], people: string[]): User[] {
  const human = users.filter((user) => !user.isBot && !user.deleted);
  if (!people.length) return human;
  return people.flatMap((id) => human.find((user) => user.id === id) ?? []);
}

interface MenuProps {
  people: User[];
  me: string;
  onChoose: (user: string) => void;
}

function PeopleMenu({ people, me, onChoose }: MenuProps) {
  const onKey = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div role="menu" className="menu people-menu" aria-label="Be somebody" onKeyDown={onKey}>
      {people.map((user) => (
        <button key={user.id} type="button" role="menuitemradio" aria-checked={user.id === me} autoFocus={user.id === me} onClick={() => onChoose(user.id)}>
          <Avatar user={user.id} small />
          <span>{user.realName}{user.isAdmin && <em> admin</em>}</span>
          <small>{(user.tz ?? "UTC").split("/").at(-1)?.replaceAll("_", " ")}</small>
        </button>
      ))}
    </div>
  );
}
