import { StorageError } from '@/azure/protocol/errors';
import { receiptRefusal } from '@/azure/wire/receipt-refusal';
import { mayBeCarriedOut } from '../requests/outcome';
import { nowAt, type QueueTarget } from '../requests/queue-target';
import type { JournaledLease } from './journal';
import type { JournalWriter } from './journal-writer';

/**
 * The same queue, where everything that a job changes is in its journal before it is sent, and its answer is noted. Copies are
 * known by the `origin` that their Put Message is sent with; deletes of them are noted as taken back.
 */
export function journaledTarget(
  target: QueueTarget,
  journal: Pick<JournalWriter, 'note' | 'writeAhead' | 'fingerprint'>,
  copies: Map<string, string>,
): QueueTarget {
  const { account, records } = target;
  const leaseOf = (id: string): JournaledLease | undefined => {
    const lease = records.get(id)?.lease;
    return lease && [id, lease.receipt ?? '', Math.max(1, lease.endsAt)];
  };
  let calls = 0;

  return {
    ...target,
    journal,
    account: {
      ...account,

      async receiveMessages(queue, options = {}) {
        const { count = 1, visibilityTimeout = 30 } = options;
        const call = ++calls;
        await journal.writeAhead(['receiving', call, count, nowAt(target) + visibilityTimeout * 1000]);
        try {
          const messages = await account.receiveMessages(queue, { ...options, isJournaled: true });
          journal.note([
            'received',
            call,
            messages.flatMap(({ id }) => [leaseOf(id)].filter((one) => one !== undefined)),
          ]);
          return messages;
        } catch (error) {
          if (!mayBeCarriedOut(error)) journal.note(['notReceived', call]);
          throw error;
        }
      },

      async updateMessage(queue, message, update, options) {
        const { id } = message;
        const { visibilityTimeout, text } = update;
        const print = text === undefined ? '' : await journal.fingerprint(text);
        const until = nowAt(target) + visibilityTimeout * 1000;
        await journal.writeAhead(['updating', id, until, print]);
        try {
          const answer = await account.updateMessage(queue, message, update, options);
          const { receipt = '' } = answer;
          journal.note(['updated', id, receipt, visibilityTimeout === 0 ? 0 : (leaseOf(id)?.[2] ?? until)]);
          return answer;
        } catch (error) {
          if (isCertain(error)) journal.note(['notUpdated', id, receiptRefusal(error) === 'void-or-gone']);
          throw error;
        }
      },

      async deleteMessage(queue, message, options) {
        const { id } = message;
        const original = copies.get(id);
        await journal.writeAhead(original === undefined ? ['deleting', id] : ['takingBack', original]);
        try {
          await account.deleteMessage(queue, message, options);
          journal.note(original === undefined ? ['deleted', id] : ['takenBack', original]);
        } catch (error) {
          if (isCertain(error)) {
            const isVoid = receiptRefusal(error) === 'void-or-gone';
            journal.note(original === undefined ? ['notDeleted', id, isVoid] : ['notTakenBack', original]);
          }
          throw error;
        }
      },

      async sendMessage(queue, draft, { origin, ...options } = {}) {
        if (!origin) return account.sendMessage(queue, draft, options);
        const { key, text } = origin;
        await journal.writeAhead(['sending', key, text === undefined ? '' : await journal.fingerprint(text)]);
        try {
          const sent = await account.sendMessage(queue, draft, options);
          copies.set(sent.id, key);
          journal.note(['sent', key, sent.id, sent.receipt, sent.visibleAt.getTime()]);
          return sent;
        } catch (error) {
          if (!mayBeCarriedOut(error)) journal.note(['notSent', key]);
          throw error;
        }
      },

      async clearMessages(queue, options) {
        await journal.writeAhead(['deleting', queue]);
        try {
          await account.clearMessages(queue, options);
          journal.note(['deleted', queue]);
        } catch (error) {
          if (isCertain(error)) journal.note(['notDeleted', queue, false]);
          throw error;
        }
      },
    },
  };
}

/** True when a call was certainly not carried out, in none of its attempts. */
const isCertain = (error: unknown): boolean =>
  !mayBeCarriedOut(error) && !(error instanceof StorageError && error.afterLostAnswer);
