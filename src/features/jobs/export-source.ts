import type { Message } from '@/azure/account';
import type { ExportedMessage } from '@/bulk/export-messages';
import type { Source } from '@/bulk/job';
import type { Loan } from '@/bulk/loan';
import { currentLease } from '@/state/leases';
import type { openExport } from './export-file';

/** Loaded messages, with the time at which those that are leased show again. */
export function* known(messages: readonly Message[], connectionId: string, queue: string): Generator<ExportedMessage> {
  for (const message of messages) {
    const lease = currentLease({ connectionId, queue, id: message.id });
    yield lease ? { ...message, nextVisible: lease.visibleAt } : message;
  }
}

/** Messages as a leasing brings them; it holds them to the end. */
export function leased(source: Source<Loan>): Source<ExportedMessage> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const loan of source) {
        const { message } = loan;
        // From here on only its receipt is needed, to return it.
        loan.dropText();
        yield { ...message, nextVisible: message.visibleAt };
      }
    },
    close: async () => source.close?.(),
    holding: () => source.holding?.() ?? { messages: 0, until: 0 },
    letGo: () => source.letGo?.(),
  };
}

/** Stops when the file cannot be written, and ends the file before all is returned. */
export function intoFile(
  source: Source<ExportedMessage>,
  file: ReturnType<typeof openExport>,
): Source<ExportedMessage> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const message of source) {
        if (file.failure !== undefined) throw file.failure;
        yield message;
      }
    },
    async close() {
      const [ended, report] = await Promise.allSettled([file.end(), source.close?.()]);
      if (ended.status === 'rejected') throw ended.reason;
      return report.status === 'fulfilled' ? report.value : undefined;
    },
    holding: () => source.holding?.() ?? { messages: 0, until: 0 },
    letGo: () => source.letGo?.(),
  };
}
