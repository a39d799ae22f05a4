// The messages of a place, by days, newest at the bottom.
import { Fragment, useEffect, useLayoutEffect, useRef } from "react";

import { set, current, type Notice, useMessages, useStore } from "../core/store";
import { day, dayName, instantOf } from "../core/times";
import type { Message as MessageData } from "../core/types";
import { Avatar } from "../frame/avatar";
import { EyeIcon } from "../frame/icons";
import { Message } from "./message";

const CLOSE_SECONDS = 300;
const NEAR = 80;

const isReply = (message: MessageData): boolean =>
  message.thread !== null && message.thread !== message.ts;

function follows(message: MessageData, before: MessageData | undefined): boolean {
  if (!before || before.ephemeral || message.ephemeral) return false;
  const gap = Number(message.ts) - Number(before.ts);
  return before.user === message.user && gap < CLOSE_SECONDS;
}

/** Stays at the bottom while one is there. */
function useBottom(place: string, count: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const isNear = useRef(true);
  useLayoutEffect(() => {
    isNear.current = true;
  }, [place]);
  useLayoutEffect(() => {
    if (isNear.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [place, count]);
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    const sized = new ResizeObserver(() => {
      if (isNear.current) at.scrollTop = at.scrollHeight;
    });
    sized.observe(at);
    return () => sized.disconnect();
  }, []);
  const onScroll = () => {
    const at = box.current;
    if (at) isNear.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
  };
  return { box, onScroll };
}

/** The notices that came after one message and before the next. */
const between = (own: Notice[], message: MessageData | undefined, next: MessageData | undefined) =>
  own.filter(({ after }) => {
    const at = Number(after);
    return at >= Number(message?.ts ?? 0) && (!next || at < Number(next.ts));
  });

interface Props {
  channel: string;
  name: string;
  intro: React.ReactNode;
}

export function MessageList({ channel, name, intro }: Props) {
  const all = useMessages(channel);
  const notices = useStore((state) => state.notices);
  const own = notices.filter((notice) => notice.channel === channel);
  const shown = all.filter((message) => !isReply(message) || message.broadcast || message.ephemeral);
  const { box, onScroll } = useBottom(channel, [all, own.length].join());
  useRead(channel, all);
  return (
    <div className="messages" ref={box} onScroll={onScroll} tabIndex={0} role="region" aria-label={`Messages in ${name}`}>
      {intro}
      <ol aria-live="polite" aria-label={`Messages in ${name}`}>
        <Notices notices={between(own, undefined, shown[0])} />
        {shown.map((message, index) => (
          <Fragment key={message.ts}>
            <DayDivider message={message} before={shown[index - 1]} />
            <Message
              message={message}
              replies={all.filter((other) => isReply(other) && other.thread === message.ts)}
              compact={follows(message, shown[index - 1])}
            />
            <Notices notices={between(own, message, shown[index + 1])} />
          </Fragment>
        ))}
      </ol>
    </div>
  );
}

/** What is shown has been read. */
function useRead(channel: string, all: MessageData[]): void {
  const newest = all.at(-1)?.ts;
  useEffect(() => {
    const { read, team } = current();
    if (newest && team) set({ read: { ...read, [`${team.me}/${channel}`]: newest } });
  }, [channel, newest]);
}

function DayDivider({ message, before }: { message: MessageData; before: MessageData | undefined }) {
  const now = useStore((state) => state.now);
  const at = instantOf(message.ts);
  if (before && day(instantOf(before.ts)) === day(at)) return null;
  return (
    <li className="day-divider">
      <span>{dayName(at, new Date(now))}</span>
    </li>
  );
}

function Notices({ notices }: { notices: Notice[] }) {
  return notices.map((notice) => (
    <li key={notice.id} className="message ephemeral">
      <div className="only-you"><EyeIcon /> Only visible to you</div>
      <div className="gutter"><Avatar user="" /></div>
      <div className="body">
        <div className="author"><strong>Slackbot</strong></div>
        {notice.text}
      </div>
    </li>
  ));
}
