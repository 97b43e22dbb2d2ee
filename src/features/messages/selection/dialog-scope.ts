import type { MessageRow } from '@/messages/message-rows';
import type { ChosenMessages } from '@/state/navigation/open-dialog';
import type { LeaseDesk } from '../shared/lease-requests';

/** Rows as the messages that a dialog is opened for. */
export const scopeOf = (
  { account, queue }: Pick<LeaseDesk, 'account' | 'queue'>,
  rows: readonly MessageRow[],
): ChosenMessages => ({
  connection: account.id,
  queue,
  ids: rows.map(({ id }) => id),
  reach: rows.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0),
});
