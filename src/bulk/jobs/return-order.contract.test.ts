import { describe, expect, inject, test } from 'vitest';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { recordedAccount } from '@/messages/recorded-account';
import { createRecords } from '@/messages/records';
import { gather, numbered } from '../bulk.fixture';
import type { QueueTarget } from '../requests/queue-target';
import { browseAll } from './browse';
import { startExport } from './export-job';

// On the emulator: messages that an export or a browse has leased stand in their order again.

const { url } = inject('azurite');
const key = await importKey(EMULATOR.key);
const account = connect({ account: EMULATOR.account, endpoint: url, credential: { kind: 'key', key } });

let number = 0;

async function queueOf(count: number): Promise<QueueTarget> {
  const queue = `order-${Date.now()}-${++number}`;
  await account.createQueue(queue);
  for (const text of numbered(count)) await account.sendMessage(queue, { text });
  const records = createRecords();
  return {
    account: recordedAccount(account, records, Date.now),
    queue,
    records: records.of({ connectionId: account.id, queue }),
  };
}

async function orderOf({ queue }: QueueTarget): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const batch = await account.receiveMessages(queue, { count: 32, visibilityTimeout: 600 });
    if (batch.length === 0) return texts;
    texts.push(...batch.map(({ text }) => text));
  }
}

describe('the emulator keeps the order', () => {
  test.each([60, 300])('of %i messages after an export', async (count) => {
    const from = await queueOf(count);
    const job = startExport({ from, wanted: 'all', format: 'jsonl', stream: new WritableStream() });
    await job.finished;
    expect(job).toMatchObject({ state: 'done', counts: { done: count }, leasing: { returned: count } });
    expect(await orderOf(from)).toEqual(numbered(count));
  });

  test('of 60 messages after a browse', async () => {
    const from = await queueOf(60);
    await gather(browseAll(from, { visibilityTimeout: 300 }).batches());
    expect(await orderOf(from)).toEqual(numbered(60));
  });

  test('of those that a cancelled export has received, behind the others', async () => {
    const from = await queueOf(120);
    const job = startExport({ from, wanted: 'all', format: 'jsonl', stream: new WritableStream() });
    job.subscribe(() => {
      if (job.counts.done === 10) job.cancel();
    });
    await job.finished;
    const received = job.leasing?.received ?? 0;
    const all = numbered(120);
    expect(await orderOf(from)).toEqual([...all.slice(received), ...all.slice(0, received)]);
  });
});
