import type { ChosenMessages } from '@/state/dialogs';
import type { LeaseDesk } from './lease-actions';
import type { MessageRow } from './message-rows';

/** Rows as the messages that a dialog is opened for. */
export const scopeOf = (
  { account, queue }: Pick<LeaseDesk, 'account' | 'queue'>,
  rows: readonly MessageRow[],
): ChosenMessages => ({
  connection: account.id,
  queue,
  messages: rows.map(({ message }) => message),
  reach: rows.reduce((most, { ahead }) => Math.max(most, ahead + 1), 0),
});
