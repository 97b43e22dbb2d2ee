import type { Account } from '@/azure/protocol/model';
import { isCutOff } from '@/azure/wire/retry';
import { isBack } from '../requests/network';
import { howLost, mayBeCarriedOut, troubled, type Work } from '../requests/outcome';

/** Deletes all messages of queues, hidden ones too. Cannot be undone; a repeat is harmless. */
export const clearQueue =
  (account: Account): Work<string, never> =>
  async (queue, previous, signal) => {
    try {
      await account.clearMessages(queue);
      return { item: queue, kind: 'done' };
    } catch (error) {
      if (isCutOff(error) && error.network && (await isBack(error.network, signal)))
        return clearQueue(account)(queue, previous, signal);
      return mayBeCarriedOut(error)
        ? troubled(queue, 'maybeDone', `It may be clear, in part or in whole: ${howLost(error)}`, error)
        : troubled(queue, 'failed', 'Not cleared.', error);
    }
  };
