// Slack writes the letters `<`, `>` and `&` as entities, and only what isn't written so is markup.
// The library reads entities before it looks for markup, so that `&lt;!channel&gt;` would become a
// mention. Until it has looked, private letters stand for them.
const STAND_INS: Record<string, string> = { "<": "\uE0F0", ">": "\uE0F1", "&": "\uE0F2" };
const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const LETTERS = Object.fromEntries(Object.entries(STAND_INS).map(([letter, other]) => [other, letter]));

const entity = (written: string): string => ENTITIES[written] ?? written;
const standIn = (letter: string): string => STAND_INS[letter] ?? letter;

/** Text as it reads, entities resolved. */
export const read = (text: string): string => text.replace(/&(lt|gt|amp);/g, entity);

/** mrkdwn in which no entity can turn into markup; `&gt;` at the start of a line still quotes. */
export const guarded = (mrkdwn: string): string =>
  mrkdwn.replace(/^&gt; ?/gm, "> ").replace(/&(lt|gt|amp);/g, (written) => standIn(entity(written)));

/** Plain text in which nothing can turn into markup. */
export const literal = (text: string): string => text.replace(/[<>&]/g, standIn);

/** The letters themselves again. */
export const letters = (text: string): string => text.replace(/[\uE0F0-\uE0F2]/g, (other) => LETTERS[other] ?? other);
