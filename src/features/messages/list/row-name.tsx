import { useMemo } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import { usePreference } from '@/state/settings/preferences';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { bytes } from '@/words/sizes';
import { clockTime, duration } from '@/words/times';
import { isPoison, leaseMark } from '../rows/row-marks';
import { usePreview, useReading } from '../rows/use-preview';
import { useRows } from '../rows/use-queue-rows';
import { shortId } from '../shared/short-id';
import { columnLabel } from './column-labels';
import { dequeuedText, OVER_THRESHOLD, UNKNOWN_RECEIPT } from './message-cells';
import { valuesAt } from './path-cell';

/** The name of a row, as an element with this id that is not shown. */
export const messageRowName = (row: MessageRow, id: string, isCurrent: boolean) => (
  <RowName row={row} id={id} isCurrent={isCurrent} />
);

/**
 * A message as a sentence, with the words of its columns: "Select message 0b1f6c4e, inserted 2 h 14 m ago, dequeued 6 times, at
 * or over the poison threshold, JSON, order: 41907, expires in 6 d 21 h, 612 B". It begins as the row's checkbox does. It is made
 * anew when the row changes or becomes the current one, and does not count seconds: a name that changes is said again.
 */
function RowName({ row, id, isCurrent }: { row: MessageRow; id: string; isCurrent: boolean }) {
  const { connectionId } = useRows();
  const threshold = usePreference('poisonThreshold');
  const reading = useReading(row.id);
  const { format, preview, stopped } = usePreview(row.message);
  const { dequeueCount, unreadable, text } = row.message;
  // oxlint-disable-next-line react/exhaustive-deps -- the time of the last change
  const now = useMemo(() => serviceNowOf(connectionId), [connectionId, row, isCurrent]);
  const values = reading.paths.length > 0 ? valuesAt(text, reading) : undefined;
  const sentence = [
    `Select message ${shortId(row.id)}`,
    insertedWords(row, now),
    Number.isNaN(dequeueCount) ? 'dequeue count unknown' : lower(dequeuedText(dequeueCount)),
    isPoison(row, threshold) && OVER_THRESHOLD,
    leaseWords(row),
    format,
    unreadable && 'cannot be read',
    stopped !== undefined && `stopped: ${stopped}`,
    ...reading.paths.map((path) => `${columnLabel(`path:${path}`)} ${values?.get(path) ?? 'not there'}`),
    preview.map(({ key = '', text: part }) => `${key}${part}`).join(''),
    expiryWords(row, now),
    bytes(row.size),
  ];
  // Without a text of its own, so that nothing on the page says the same twice.
  return <span id={id} hidden aria-label={sentence.filter(Boolean).join(', ')} />;
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

function insertedWords({ message: { insertedAt } }: MessageRow, now: number): string {
  const age = now - insertedAt.getTime();
  return Number.isNaN(age) ? 'time of insertion unknown' : `inserted ${duration(Math.max(0, age))} ago`;
}

function expiryWords({ message: { expiresAt } }: MessageRow, now: number): string {
  if (!expiresAt) return 'never expires';
  const left = expiresAt.getTime() - now;
  return left > 0 ? `expires in ${duration(left)}` : 'expired';
}

/** The lease with its end, which stays the same while the lease runs. */
function leaseWords(row: MessageRow): string | undefined {
  const { lease, claim } = row;
  const mark = leaseMark(row);
  if (!lease || claim) return mark && lower(mark.words);
  const unknown = lease.state === 'unknown' ? `, ${UNKNOWN_RECEIPT[lease.because ?? 'lostAnswer']}` : '';
  return `leased by you until ${clockTime(lease.endsAt)}${unknown}`;
}
