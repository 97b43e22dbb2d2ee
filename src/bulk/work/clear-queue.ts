import type { Account } from '@/azure/protocol/model';
import { mayBeCarriedOut, troubled, type Work } from '../requests/outcome';

/** Deletes all messages of queues, hidden ones too. Cannot be undone; a repeat is harmless. */
export const clearQueue =
  (account: Account): Work<string, never> =>
  async (queue) => {
    try {
      await account.clearMessages(queue);
      return { item: queue, kind: 'done' };
    } catch (error) {
      return mayBeCarriedOut(error)
        ? troubled(queue, 'maybeDone', 'It may be clear, in part or in whole: the answer was lost.', error)
        : troubled(queue, 'failed', 'Not cleared.', error);
    }
  };
