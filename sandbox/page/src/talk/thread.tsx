// The pane of one thread.
import { Fragment, useEffect, useRef } from "react";

import { set, useMessages, useStore } from "../core/store";
import { CloseIcon } from "../frame/icons";
import { Composer } from "./composer";
import { Message } from "./message";

export function Thread({ channel, ts }: { channel: string; ts: string }) {
  const close = useRef<HTMLButtonElement>(null);
  const room = useStore((state) => state.team?.rooms.find((one) => one.id === channel));
  const thread = useMessages(channel).filter((one) => one.ts === ts || one.thread === ts);
  useEffect(() => close.current?.focus(), [ts]);
  const replies = thread.length - 1;
  return (
    <aside className="panel" aria-label="Thread">
      <header className="main-head">
        <h2>Thread <span className="members">{room?.name ? `# ${room.name}` : ""}</span></h2>
        <button type="button" ref={close} className="close" aria-label="Close thread" onClick={() => set({ panel: null })}>
          <CloseIcon />
        </button>
      </header>
      <div className="messages" tabIndex={0} role="region" aria-label="Messages of the thread">
        <ol aria-live="polite" aria-label="Messages of the thread">
          {thread.map((message, index) => (
            <Fragment key={message.ts}>
              <Message message={message} replies={[]} compact={false} inThread />
              {index === 0 && replies > 0 && <li className="reply-count">{replies} {replies === 1 ? "reply" : "replies"}</li>}
            </Fragment>
          ))}
        </ol>
      </div>
      <Composer key={ts} channel={channel} name="thread" thread={ts} />
    </aside>
  );
}
