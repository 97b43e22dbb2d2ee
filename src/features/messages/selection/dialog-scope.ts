import type { MessageRow } from '@/messages/message-rows';
import type { ChosenMessages } from '@/state/navigation/open-dialog';
import type { QueueContext } from '../shared/lease-requests';

/** Rows as the messages that a dialog is opened for. */
export const scopeOf = (
  { account, queue }: Pick<QueueContext, 'account' | 'queue'>,
  rows: readonly MessageRow[],
): ChosenMessages => ({
  connectionId: account.id,
  queue,
  ids: rows.map(({ id }) => id),
  reach: rows.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0),
});
