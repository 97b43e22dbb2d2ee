/** An order that travels as a message: its number, and whether a worker fails at it each time. */
export type Order = { order: number; bad: boolean };

/** Parts of the work on an order, for a note in its message on how many are done. */
const PARTS = 3;

/** The message text of an order. A bad one has a total that no program can add up. */
export const orderText = ({ order, bad }: Order): string =>
  JSON.stringify({ order, total: bad ? 'n/a' : 100 + (order % 37) });

/** The order that a text has; number 0 for any other text. */
export function readOrder(text: string): Order {
  const [, order = '0', total = ''] =
    /^\{"order":(\d{1,9}),"total":("n\/a"|\d+)(?:,"done":"\d of \d")?\}$/.exec(text) ?? [];
  return { order: Number(order), bad: total.startsWith('"') };
}

/** The text with the note that `part` of its parts are done; an empty one for part 0. */
export const noteOf = (text: string, part: number): string =>
  part === 0 ? '' : text.replace(/(?:,"done":"\d of \d")?\}$/, `,"done":"${part} of ${PARTS}"}`);

/** True for the text of an order of which a part is done. */
export const hasNote = (text: string): boolean => /,"done":"[1-9] of \d"\}$/.test(text);

const SERIES = 1000;

/** The number of the order that a sender sends after `sent` others: 1001, 1002 … for series 1. No two series share one. */
export const orderNumber = (series: number, sent: number): number =>
  sent < SERIES - 1 ? series * SERIES + sent + 1 : (series + 10) * 1_000_000 + sent;
