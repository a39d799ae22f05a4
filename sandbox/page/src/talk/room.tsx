// A channel or direct messages: head, messages, composer.
import { roomName } from "../elements/choices";
import { useTeam } from "../core/store";
import type { Room as RoomData } from "../core/types";
import { HashIcon, LockIcon } from "../frame/icons";
import { Avatar } from "../frame/avatar";
import { Composer } from "./composer";
import { MessageList } from "./list";

export function Room({ room }: { room: RoomData }) {
  const team = useTeam();
  const isChannel = room.kind === "channel" || room.kind === "group";
  const name = roomName(team, room);
  const other = room.members.find((member) => member !== team.me) ?? team.me;
  return (
    <main className="main">
      <header className="main-head">
        <h1>
          {isChannel ? room.kind === "group" ? <LockIcon /> : <HashIcon /> : <Avatar user={other} small />}
          {name}
        </h1>
        {isChannel && <span className="members">{room.members.length} members</span>}
      </header>
      <MessageList
        channel={room.id}
        name={name}
        intro={
          <div className="intro">
            <h2>{isChannel ? `# ${name}` : name}</h2>
            <p>{isChannel ? `This is the very beginning of the #${name} channel.` : `This conversation is just between you and ${name}.`}</p>
          </div>
        }
      />
      {room.archived ? (
        <p className="archived">This channel is archived.</p>
      ) : (
        <Composer key={room.id} channel={room.id} name={isChannel ? `#${name}` : name} />
      )}
    </main>
  );
}
