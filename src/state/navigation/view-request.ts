import { describeError } from '@/azure/diagnosis/failure-text';
import { closeDialog } from './open-dialog';
import { goTo } from './route';

/** Returns an action that closes dialogs and shows the exchange of a failed call; undefined when nothing was sent. */
export function viewRequestOf(error: unknown): (() => void) | undefined {
  const { exchangeId } = describeError(error);
  if (exchangeId === undefined) return undefined;
  return () => {
    closeDialog();
    goTo({ screen: 'wire', exchange: exchangeId });
  };
}
