import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import type { Account } from '@/azure/protocol/model';
import { startExport } from '@/bulk/jobs/export-job';
import { startImport } from '@/bulk/jobs/import-messages';
import type { Job } from '@/bulk/jobs/job';
import { startMessageJob } from '@/bulk/jobs/message-job';
import { each } from '@/bulk/requests/each';
import { copyMessage } from '@/bulk/work/copy-message';
import { deleteMessage } from '@/bulk/work/delete-message';
import { moveMessage } from '@/bulk/work/move-message';
import { recordExchange } from '@/state/activity/request-log';
import { bareFetch, importBareKey } from './bare-fetch';
import { bareLoops } from './bulk-bare';
import { recordedQueues } from './recorded-queues';

export const OPERATIONS = ['move', 'delete', 'copy', 'import', 'export'] as const;
export type Operation = (typeof OPERATIONS)[number];

export type BulkBench = {
  endpoint: string;
  operation: Operation;
  /** In a round, of each side. */
  messages: number;
  rounds: number;
  concurrency: number;
};

/** Seconds: long enough for no round to end them. */
const LEASE = 600;

/** Ms per round of the job and of the bare loop, in turns, each on queues of its own. */
export async function measureBulk({ endpoint, operation, messages, rounds, concurrency }: BulkBench) {
  const credential = { kind: 'key', key: await importKey(EMULATOR.key) } as const;
  const account = connect({ account: EMULATOR.account, endpoint, credential }, { observe: recordExchange('bench') });
  const bareKey = await importBareKey();
  const bare = bareLoops((request) => bareFetch(bareKey, request), { endpoint, concurrency, lease: LEASE });
  const texts = Array.from({ length: messages }, (_, order) =>
    JSON.stringify({ order, customer: 'Ada Lindqvist', lines: Array(8).fill('LAMP-0017 x 2') }),
  );

  const timings: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  // The first round warms up and does not count.
  for (let round = -1; round < rounds; round++) {
    const sides = [
      { name: 'ours', act: (from: string, to: string) => ours(account, operation, { from, to, texts, concurrency }) },
      { name: 'bare', act: (from: string, to: string) => bare[operation](from, to, texts) },
    ] as const;
    for (const { name, act } of round % 2 === 0 ? sides : sides.toReversed()) {
      const [from, to] = [`from-${operation}-${name}-${round + 1}`, `to-${operation}-${name}-${round + 1}`];
      for (const queue of [from, to]) await account.createQueue(queue);
      // Azurite drops connections that were idle for 5 s: whoever comes first may find a dead one.
      const put = (text: string) => account.sendMessage(from, { text });
      if (operation !== 'import') await each(texts, concurrency, (text) => put(text).catch(() => put(text)));
      // Put again after a lost answer, some may be there twice.
      const there = operation === 'import' ? messages : await count(account, from);
      const start = performance.now();
      await act(from, to);
      const taken = performance.now() - start;
      if (round >= 0) timings[name].push((taken * messages) / there);
      await verify(account, operation, { from, to, messages: there });
      for (const queue of [from, to]) await account.deleteQueue(queue);
    }
  }
  return timings;
}

type Work = { from: string; to: string; texts: readonly string[]; concurrency: number };

async function ours(account: Account, operation: Operation, { from, to, texts, concurrency }: Work): Promise<void> {
  const targetOf = recordedQueues(account);
  const [source, target] = [targetOf(from), targetOf(to)];
  const all = { from: source, name: operation, wanted: 'all', visibilityTimeout: LEASE, concurrency } as const;
  switch (operation) {
    case 'move':
      return finished(startMessageJob({ ...all, work: moveMessage(target) }));
    case 'copy':
      return finished(startMessageJob({ ...all, work: copyMessage(target) }));
    case 'delete':
      return finished(startMessageJob({ ...all, work: deleteMessage }));
    case 'import':
      return finished(
        startImport(new Blob(texts.map((text) => `${JSON.stringify({ text })}\n`)), target, { concurrency }),
      );
    case 'export': {
      let bytes = 0;
      const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
        write(piece) {
          bytes += piece.length;
        },
      });
      await finished(startExport({ from: source, wanted: 'all', stream, format: 'jsonl' }));
      if (bytes === 0) throw new Error('Nothing was exported');
    }
  }
}

async function finished<Item, Value>(job: Job<Item, Value>): Promise<void> {
  await job.finished;
  if (job.state !== 'done' || job.outcomes.length > 0) throw new Error(JSON.stringify(job.report()));
}

const count = async (account: Account, queue: string) =>
  (await account.getQueueProperties(queue)).approximateMessageCount ?? Number.NaN;

/** Both sides did the same work. */
async function verify(
  account: Account,
  operation: Operation,
  { from, to, messages }: { from: string; to: string; messages: number },
) {
  const found = [await count(account, from), await count(account, to)];
  const stays = operation === 'copy' || operation === 'export' ? messages : 0;
  const arrives = operation === 'delete' || operation === 'export' ? 0 : messages;
  if (found[0] !== stays || found[1] !== arrives) throw new Error(`${operation} left ${found.join(' and ')} messages`);
  if (stays > 0 && (await account.peekMessages(from)).length !== 32)
    throw new Error(`${operation} left messages hidden`);
}
