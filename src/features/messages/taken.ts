import type { MessageRow } from '@/messages/message-rows';
import { claimedBy } from '@/messages/record';
import { clockTime } from '@/ui/relative-time';

/** Why nobody at this page can work on a message now, whatever may be done: a job, a browse or another tab has it. */
export const whyTaken = ({ claim, elsewhere }: Pick<MessageRow, 'claim' | 'elsewhere'>): string | undefined =>
  claimedBy(claim) ??
  (elsewhere === undefined ? undefined : `Another tab of this browser has leased it until ${clockTime(elsewhere)}.`);

/** The lease of a row to work with: a person's, by a receipt that works, and nobody else at it. */
export const workableLease = (row: MessageRow) =>
  row.lease?.state === 'held' && whyTaken(row) === undefined ? row.lease : undefined;

/** Whether consumers cannot see a message now, because somebody here has it. */
export const isHidden = ({ lease, claim, elsewhere }: MessageRow): boolean =>
  lease !== undefined || claim !== undefined || elsewhere !== undefined;
