import type { MessageRow } from '@/messages/message-rows';
import type { Lease } from '@/state/leases/leases';
import { isPoison } from '../rows/row-marks';

/** What a dequeue count means. */
export function dequeueText(row: MessageRow, threshold: number): string {
  const { dequeueCount } = row.message;
  if (Number.isNaN(dequeueCount)) return 'the answer has no number that can be read';
  if (isPoison(row, threshold))
    return `${dequeueCount === threshold ? 'reaches' : 'is over'} the poison threshold of ${threshold}`;
  return `${row.lease ? 'the next receive makes' : 'a receive makes'} it ${dequeueCount + 1}`;
}

/** Why the receipt that works now cannot be shown. */
export const noReceiptText = ({ because }: Pick<Lease, 'because'>): string =>
  because === 'hiddenReceipt' ? 'hidden by the CORS rules of the account' : 'not known: the answer with it was lost';

/** The properties of a message as JSON, with the receipt only when it works. */
export const propertiesAsJson = ({ message, lease, size }: MessageRow): string =>
  JSON.stringify(
    {
      messageId: message.id,
      insertionTime: isoOf(message.insertedAt),
      expirationTime: message.expiresAt ? isoOf(message.expiresAt) : 'never',
      dequeueCount: message.dequeueCount,
      ...(lease && { timeNextVisible: lease.visibleAt.toISOString() }),
      ...(lease?.state === 'held' && { popReceipt: lease.receipt }),
      sizeInBytes: size,
      ...(message.unreadable && { unreadable: message.unreadable.reason }),
    },
    null,
    2,
  );

/** Null, as NaN is in JSON, for a time that cannot be read. */
const isoOf = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString());
