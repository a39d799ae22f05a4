// Channels, direct messages, and the app.
import type { ReactNode } from "react";

import { nameOf, openApp, openDirect, openRoom } from "../core/acts";
import { appRoom, openRoom as openRoomOf, useStore, useTeam } from "../core/store";
import type { Room, Team } from "../core/types";
import { roomName } from "../elements/choices";
import { Avatar } from "./avatar";
import { HashIcon, LockIcon } from "./icons";

export function Sidebar() {
  const team = useTeam();
  const channels = team.rooms.filter((room) => !room.archived && (room.kind === "channel" || room.kind === "group"));
  return (
    <nav className="sidebar" aria-label="Conversations">
      <h2 className="workspace-name">{team.name}</h2>
      <div className="sidebar-lists">
        <Group title="Channels">
          {channels.map((room) => (
            <RoomItem key={room.id} room={room} icon={room.kind === "group" ? <LockIcon /> : <HashIcon />} />
          ))}
        </Group>
        <Group title="Direct messages">
          <DirectMessages team={team} />
        </Group>
        <Group title="Apps">
          <AppItem />
        </Group>
      </div>
    </nav>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function DirectMessages({ team }: { team: Team }) {
  const groups = team.rooms.filter((room) => room.kind === "mpim");
  const people = team.users.filter((user) => !user.isBot && !user.deleted && user.id !== team.me);
  const roomWith = (id: string) => team.rooms.find((room) => room.kind === "im" && room.members.includes(id));
  return (
    <>
      {groups.map((room) => (
        <RoomItem key={room.id} room={room} icon={<span className="count">{room.members.length - 1}</span>} />
      ))}
      {people.map((user) => {
        const room = roomWith(user.id);
        if (room) return <RoomItem key={user.id} room={room} icon={<Avatar user={user.id} small />} />;
        return (
          <Item key={user.id} icon={<Avatar user={user.id} small />} onOpen={() => void openDirect(user.id)}>
            {user.realName}
          </Item>
        );
      })}
    </>
  );
}

function RoomItem({ room, icon }: { room: Room; icon: ReactNode }) {
  const team = useTeam();
  const isOpen = useStore((state) => openRoomOf(state) === room.id);
  return (
    <Item icon={icon} isOpen={isOpen} unread={useUnread(room.id)} onOpen={() => openRoom(room.id)}>
      {roomName(team, room)}
    </Item>
  );
}

function AppItem() {
  const team = useTeam();
  const isOpen = useStore((state) => state.place.kind === "app");
  const unread = useUnread(appRoom(team)?.id);
  return (
    <Item icon={<Avatar user={team.app.user} small />} isOpen={isOpen} unread={unread} counts onOpen={() => void openApp(unread || !team.app.homeTab ? "messages" : "home")}>
      {nameOf(team.app.user)}
    </Item>
  );
}

/** How many messages of others came since one looked. */
function useUnread(channel: string | undefined): number {
  return useStore((state) => {
    if (!channel || !state.team) return 0;
    const { me } = state.team;
    const read = Number(state.read[`${me}/${channel}`] ?? state.read[""] ?? 0);
    const all = state.messages[channel] ?? [];
    return all.filter((message) => Number(message.ts) > read && message.user !== me).length;
  });
}

interface ItemProps {
  icon: ReactNode;
  isOpen?: boolean;
  unread?: number;
  counts?: boolean;
  onOpen: () => void;
  children: ReactNode;
}

function Item({ icon, isOpen = false, unread = 0, counts = false, onOpen, children }: ItemProps) {
  return (
    <li>
      <button type="button" className={`item ${unread && !isOpen ? "unread" : ""}`} aria-current={isOpen ? "page" : undefined} onClick={onOpen}>
        {icon}
        <span className="item-name">{children}</span>
        {unread > 0 && !isOpen && (
          <>
            {counts && <span className="count" aria-hidden="true">{unread}</span>}
            <span className="visually-hidden">{unread} unread</span>
          </>
        )}
      </button>
    </li>
  );
}
