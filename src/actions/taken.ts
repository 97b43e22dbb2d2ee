import type { MessageRow } from '@/messages/message-rows';
import { claimedBy } from '@/messages/record';
import { clockTime } from '@/words/times';

/** The reason why a message cannot be worked on here: a job, a browse or another tab has it. Undefined when none has. */
export const whyTaken = ({ claim, elsewhere }: Pick<MessageRow, 'claim' | 'elsewhere'>): string | undefined =>
  claimedBy(claim) ??
  (elsewhere === undefined ? undefined : `Another tab of this browser has leased it until ${clockTime(elsewhere)}.`);

/** Whether `whyTaken` has a reason. */
const isTaken = ({ claim, elsewhere }: MessageRow): boolean => claim !== undefined || elsewhere !== undefined;

/** The lease of a row whose receipt works, when no job, browse or other tab has the message. */
export const workableLease = (row: MessageRow) =>
  row.lease?.state === 'held' && !isTaken(row) ? row.lease : undefined;

/** The workable leases of the rows; none when a row has none. */
export const leasesOf = (rows: readonly MessageRow[]) => {
  const leases = rows.flatMap((row) => workableLease(row) ?? []);
  return leases.length === rows.length ? leases : [];
};

/** Whether nothing in this browser has the message: it would have to be leased first. */
export const isFree = (row: MessageRow): boolean => row.lease === undefined && !isTaken(row);

/** Whether this browser hides a message from consumers, by a lease or without one. */
export const isHidden = ({ lease, claim, elsewhere, hidden }: MessageRow): boolean =>
  lease !== undefined || claim !== undefined || elsewhere !== undefined || hidden !== undefined;

/** What a message must be for an action: any; one that nothing else works on, which is leased if need be; or leased already. */
export type Need = 'message' | 'free' | 'lease';

/** Leased by this tab, and out of reach until it is visible again: the receipt that works is not known. */
const isOutOfReach = ({ lease }: MessageRow) => lease?.state === 'unknown';

const isFit: Record<Need, (row: MessageRow) => boolean> = {
  message: () => true,
  free: (row) => !isTaken(row) && !isOutOfReach(row),
  lease: (row) => workableLease(row) !== undefined,
};

type Chosen = { rows: readonly MessageRow[]; reason: string | undefined };

/** What was chosen of rows: many actions have one need, and there may be hundreds of thousands of rows. */
const chosen = new WeakMap<readonly MessageRow[], Partial<Record<Need, Chosen>>>();

/** The rows that meet the need, and the reason when none does. */
export function choose(need: Need | undefined, rows: readonly MessageRow[] | undefined): Chosen {
  if (!need || !rows) return { rows: rows ?? [], reason: undefined };
  const known = chosen.get(rows) ?? {};
  chosen.set(rows, known);
  return (known[need] ??= chooseAnew(need, rows));
}

function chooseAnew(need: Need, rows: readonly MessageRow[]): Chosen {
  const fit = need === 'message' ? rows : rows.filter(isFit[need]);
  return { rows: fit, reason: fit.length > 0 ? undefined : whyNone(rows) };
}

function whyNone(rows: readonly MessageRow[]): string {
  const [first] = rows;
  if (!first) return 'No message is selected or open';
  const isOne = rows.length === 1;
  const taken = rows.find(isTaken);
  if (taken) return (isOne && whyTaken(taken)) || `None of them is free: ${inUse(rows)}`;
  if (rows.some(isOutOfReach)) {
    const message = isOne ? 'The message becomes' : 'The messages become';
    return `The receipt that works now is not known. ${message} visible when the lease ends.`;
  }
  return `Needs a lease: lease the ${isOne ? 'message' : 'selected messages'} first`;
}

/** "1 in use by Move": how many of the rows something else has, and what; undefined for none. */
export function inUse(rows: readonly MessageRow[]): string | undefined {
  const taken = rows.filter(isTaken);
  const holders = new Set(taken.map(({ claim }) => (claim ? lowerArticle(claim.name) : 'another tab')));
  const [only, ...others] = holders;
  if (only === undefined) return undefined;
  return `${taken.length} in use${others.length === 0 ? ` by ${only}` : ''}`;
}

/** "A search" within a sentence. */
export const lowerArticle = (name: string) => name.replace(/^A /, 'a ');
