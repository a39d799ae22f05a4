// Blocks that only show something, drawn by slack-blocks-to-jsx.
import { memo, type ReactNode, useMemo } from "react";
import { Message, type MessageProps } from "slack-blocks-to-jsx";

import { openRoom } from "../core/acts";
import { current, teamOf, useTeam } from "../core/store";
import { useTheme } from "../core/theme";
import { clock, full } from "../core/times";
import { letters } from "./letters";
import { ready } from "./ready";

type Shown = { type: string; [property: string]: unknown };
type Hooks = NonNullable<MessageProps["hooks"]>;

/** Drawn anew only for another block: reading mrkdwn is what costs most on this page. */
export const Drawn = memo(function Drawn({ block }: { block: Shown }) {
  const team = useTeam();
  const data = useMemo(
    () => ({
      users: team.users.map(({ id, realName }) => ({ id, name: realName })),
      channels: team.rooms.map(({ id, name }) => ({ id, name })),
    }),
    [team],
  );
  const blocks = useMemo(
    () => [ready(block)] as unknown as MessageProps["blocks"],
    [block],
  );
  return (
    <Message withoutWrapper blocks={blocks} data={data} hooks={hooks} theme={useTheme()} logo="" name="" />
  );
});

/** mrkdwn by itself, as in a message without blocks. */
export function Mrkdwn({ text }: { text: string }) {
  const block = useMemo(() => ({ type: "section", text: { type: "mrkdwn", text } }), [text]);
  return <Drawn block={block} />;
}

const isSafe = (href: string): boolean => /^(https?|mailto|tel):/i.test(href);

function link({ href, children }: { href: string; children: ReactNode }) {
  href = letters(href);
  if (!isSafe(href)) return <>{children}</>;
  return (
    <a className="link" href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function Mention({ id, name }: { id: string; name?: string }) {
  const me = teamOf(current()).me === id;
  return <span className={`mention ${me ? "me" : ""}`}>@{name ?? id}</span>;
}

function RoomLink({ id, name }: { id: string; name?: string }) {
  return (
    <button type="button" className="mention room" onClick={() => openRoom(id)}>
      #{name || id}
    </button>
  );
}

const broadcast = (range: string) => () => <span className="mention me">@{range}</span>;

function date({ timestamp, format, fallback }: { timestamp: string; format: string; fallback: string }) {
  const at = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(at.getTime())) return <>{fallback}</>;
  const text = format
    .replaceAll(/\{time(_secs)?\}/g, clock(at))
    .replaceAll(/\{date[a-z_]*\}/g, full(at));
  return <time dateTime={at.toISOString()}>{text}</time>;
}

// The library's own types of these callbacks differ in details from what it passes.
const hooks = {
  link,
  user: (mention: { id: string; name?: string }) => <Mention {...mention} />,
  channel: (room: { id: string; name?: string }) => <RoomLink {...room} />,
  atHere: broadcast("here"),
  atChannel: broadcast("channel"),
  atEveryone: broadcast("everyone"),
  date,
} as unknown as Hooks;
