import type { MessageRow } from '@/messages/message-rows';
import type { Lease } from '@/state/leases/leases';
import { isPoison } from '../rows/row-marks';

/** What a dequeue count means. */
export function dequeueText(row: MessageRow, threshold: number): string {
  const { dequeueCount } = row.message;
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
      insertionTime: message.insertedAt.toISOString(),
      expirationTime: message.expiresAt?.toISOString() ?? 'never',
      dequeueCount: message.dequeueCount,
      ...(lease && { timeNextVisible: lease.visibleAt.toISOString() }),
      ...(lease?.state === 'held' && { popReceipt: lease.receipt }),
      sizeInBytes: size,
    },
    null,
    2,
  );
