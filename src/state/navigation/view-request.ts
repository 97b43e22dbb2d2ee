import { failureWords } from '@/azure/diagnosis/failure-text';
import { closeDialog } from './open-dialog';
import { go } from './route';

/** Leaves any dialog and shows the exchange of a failed call; undefined when nothing of it reached the wire. */
export function viewRequestOf(error: unknown): (() => void) | undefined {
  const { exchangeId } = failureWords(error);
  if (exchangeId === undefined) return undefined;
  return () => {
    closeDialog();
    go({ screen: 'wire', exchange: exchangeId });
  };
}
