// One message with its author, its blocks, its thread.
import { Blocks } from "../blocks/blocks";
import { Mrkdwn } from "../blocks/drawn";
import { MessageSurface } from "../blocks/surfaces";
import { nameOf } from "../core/acts";
import { emojified } from "../core/emoji";
import { set, useTeam } from "../core/store";
import { clock, full, instantOf } from "../core/times";
import type { Attachment, Message as MessageData } from "../core/types";
import { Avatar } from "../frame/avatar";
import { EyeIcon, ReplyIcon } from "../frame/icons";
import { Files } from "./files";
import { MessageShortcuts } from "./shortcuts";

interface Props {
  message: MessageData;
  replies: MessageData[];
  /** Follows another message of the same author closely. */
  compact: boolean;
  inThread?: boolean;
}

export function Message({ message, replies, compact, inThread = false }: Props) {
  const at = instantOf(message.ts);
  const kind = `message ${compact ? "compact" : ""} ${message.ephemeral ? "ephemeral" : ""}`;
  return (
    <li className={kind} data-ts={message.ts}>
      {message.ephemeral && (
        <div className="only-you">
          <EyeIcon /> Only visible to you
        </div>
      )}
      <div className="gutter">
        {compact ? <time className="aside-time">{clock(at).replace(/ [AP]M/, "")}</time> : <Avatar user={message.user} />}
      </div>
      <div className="body">
        {!compact && <Author message={message} />}
        <Content message={message} />
        {message.reactions.length > 0 && <Reactions message={message} />}
        {!inThread && replies.length > 0 && <ThreadLink message={message} replies={replies} />}
      </div>
      {!message.ephemeral && (
        <div className="message-tools">
          {!inThread && (
            <button type="button" aria-label="Reply in thread" title="Reply in thread" onClick={() => openThread(message)}>
              <ReplyIcon />
            </button>
          )}
          <MessageShortcuts message={message} />
        </div>
      )}
    </li>
  );
}

const openThread = (message: MessageData) =>
  set({ panel: { kind: "thread", channel: message.channel, ts: message.thread ?? message.ts } });

function Author({ message }: { message: MessageData }) {
  const team = useTeam();
  const at = instantOf(message.ts);
  const isApp = message.user === team.app.user;
  return (
    <div className="author">
      <strong>{nameOf(message.user)}</strong>
      {isApp && <span className="badge">APP</span>}
      <time dateTime={at.toISOString()} title={`${full(at)}, ${clock(at)}`}>{clock(at)}</time>
    </div>
  );
}

function Content({ message }: { message: MessageData }) {
  return (
    <MessageSurface message={message}>
      {message.blocks.length ? (
        <Blocks blocks={message.blocks} />
      ) : (
        message.text && <div className="blocks"><Mrkdwn text={message.text} /></div>
      )}
      {message.attachments.map((attachment, index) => (
        <AttachmentBox key={index} attachment={attachment} />
      ))}
      {message.files.length > 0 && <Files files={message.files} />}
      {message.edited && <span className="edited">(edited)</span>}
    </MessageSurface>
  );
}

function AttachmentBox({ attachment }: { attachment: Attachment }) {
  const text = attachment.text ?? attachment.fallback;
  return (
    <div className="attachment">
      {attachment.blocks ? (
        <Blocks blocks={attachment.blocks} />
      ) : (
        text && <Mrkdwn text={text} />
      )}
    </div>
  );
}

function Reactions({ message }: { message: MessageData }) {
  const { me } = useTeam();
  const groups = Map.groupBy(message.reactions, ([name]) => name);
  return (
    <div className="reactions">
      {[...groups].map(([name, given]) => (
        <span key={name} className={given.some(([, user]) => user === me) ? "mine" : ""} title={given.map(([, user]) => nameOf(user)).join(", ")}>
          {emojified(`:${name}:`)} {given.length}
        </span>
      ))}
    </div>
  );
}

function ThreadLink({ message, replies }: { message: MessageData; replies: MessageData[] }) {
  const authors = [...new Set(replies.map((reply) => reply.user))].slice(0, 5);
  return (
    <button type="button" className="thread-link" onClick={() => openThread(message)}>
      {authors.map((author) => <Avatar key={author} user={author} small />)}
      <span>{replies.length} {replies.length === 1 ? "reply" : "replies"}</span>
    </button>
  );
}
