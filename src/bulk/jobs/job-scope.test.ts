import { describe, expect, test } from 'vitest';
import { bulkScene, numbered } from '../bulk.fixture';
import type { Candidate, Judge } from '../leasing/leasing';
import { deleteMessage } from '../work/delete-message';
import { receive } from '../work/lease-actions';
import { moveMessage, requeueMessage } from '../work/move-message';
import { setVisibility } from '../work/set-visibility';
import { startExport } from './export-job';
import { type ScopePart, startMessageJob } from './message-job';

const TEXTS = ['a EURO', 'b', 'c EURO', 'd bad', 'e EURO', ...numbered(40)];

/** Takes texts with EURO; of "bad" ones nothing is known. Notes what it was asked about. */
function euro() {
  const asked: Candidate[] = [];
  const isBad = { value: true };
  const judge: Judge = async (candidates) => {
    asked.push(...candidates);
    const of = (isMeant: (text: string) => boolean) =>
      candidates.filter(({ message }) => isMeant(message.text)).map(({ message }) => message.id);
    const bad = of((text) => text.includes('bad'));
    return {
      wanted: new Set([...of((text) => text.includes('EURO')), ...(isBad.value ? [] : bad)]),
      untested: new Map(isBad.value ? bad.map((id) => [id, 'it failed.'] as const) : []),
    };
  };
  return { judge, asked, isBad };
}

const refusing: Judge = () => Promise.reject(new Error('The expression was stopped.'));

describe('a filter as the scope of a job', () => {
  test('takes what matches, loaded or not, returns the rest, and names what could not be tested', async () => {
    const { fill, textsIn, sandbox, clock } = bulkScene();
    const [from, to] = [await fill('orders-poison', TEXTS), await fill('orders', 0)];
    const { judge } = euro();
    const job = startMessageJob({ name: 'Move', from, wanted: judge, work: moveMessage(to) });
    await job.finished;
    expect(await textsIn('orders')).toEqual(['a EURO', 'c EURO', 'e EURO']);
    expect(await textsIn('orders-poison')).toEqual(['b', 'd bad', ...numbered(40)].toSorted());
    expect(job.counts).toMatchObject({ done: 3, failed: 1 });
    expect(job.outcomes).toMatchObject([{ kind: 'failed', reason: expect.stringContaining('it failed.') as string }]);
    expect(job.leasing).toMatchObject({ received: 45, returned: 42 });
    const hidden = sandbox
      .snapshot(['orders-poison'])
      .queues[0]?.messages.filter(({ visibleAt }) => visibleAt > clock.now());
    expect(hidden).toEqual([]);
  });

  test('tests what is in hand, without a receive of it, and leaves the leases of the others', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', TEXTS);
    await receive(from, { count: 5, visibilityTimeout: 600 });
    const { judge, asked } = euro();
    const job = startMessageJob({ name: 'Delete', from, wanted: judge, work: deleteMessage });
    await job.finished;
    expect(job.counts).toMatchObject({ done: 3, failed: 1 });
    expect(asked.map(({ isReceived }) => isReceived)).toEqual([...Array(5).fill(false), ...Array(40).fill(true)]);
    expect(await textsIn('orders')).toHaveLength(42);
    const held = [...from.records.leased()].filter(({ lease, claim }) => lease?.holder === 'tab' && !claim);
    expect(held).toHaveLength(2);
  });

  test('a second try tests again what could not be tested, and only that', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', TEXTS);
    const { judge, asked, isBad } = euro();
    const job = startMessageJob({ name: 'Delete', from, wanted: judge, work: deleteMessage });
    await job.finished;
    isBad.value = false;
    asked.length = 0;
    const again = job.retryFailed();
    await again?.finished;
    expect(again?.counts).toMatchObject({ done: 1 });
    expect(asked.map(({ message }) => message.text)).toEqual(['d bad']);
    expect(await textsIn('orders')).toEqual(['b', ...numbered(40)]);
  });

  test('a message that cannot be tested twice is not worked on', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', ['d bad']);
    const job = startMessageJob({ name: 'Delete', from, wanted: euro().judge, work: deleteMessage });
    await job.finished;
    await job.retryFailed()?.finished;
    expect(await textsIn('orders')).toEqual(['d bad']);
  });

  test('a test that throws ends the job, and everything goes back', async () => {
    const { fill, sandbox, clock } = bulkScene();
    const from = await fill('orders', TEXTS);
    const job = startMessageJob({ name: 'Delete', from, wanted: refusing, work: deleteMessage });
    await job.finished;
    expect(job.state).toBe('failed');
    const { messages = [] } = sandbox.snapshot(['orders']).queues[0] ?? {};
    expect(messages.filter(({ visibleAt }) => visibleAt > clock.now())).toEqual([]);
    expect(messages).toHaveLength(45);
  });

  test('an export writes what matches, and a failed test makes no tick', async () => {
    const { fill } = bulkScene();
    const from = await fill('orders', TEXTS);
    const written: string[] = [];
    const decode = new TextDecoder();
    const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (chunk) => void written.push(decode.decode(chunk)),
    });
    const job = startExport({ from, wanted: euro().judge, stream, format: 'jsonl' });
    await job.finished;
    const rows = written
      .join('')
      .trim()
      .split('\n')
      .map((row) => (JSON.parse(row) as { text: string }).text);
    expect(rows).toEqual(['a EURO', 'c EURO', 'e EURO']);
    expect(job.counts).toMatchObject({ done: 3, failed: 1 });
    expect(job.leasing?.returned).toBe(45);
  });
});

/** Runs the first of a scope, and what is to be left out afterwards. */
async function tryFirst(start: (part: ScopePart) => ReturnType<typeof startMessageJob>, most: number) {
  const except = new Set<string>();
  const job = start({ most, onTaken: (id) => except.add(id) });
  await job.finished;
  return { job, rest: { except, insertedBefore: job.leasing?.insertedBefore } satisfies ScopePart };
}

describe('a part of a scope', () => {
  test('the first five of a queue are its first five, and no more is received', async () => {
    const { fill, textsIn } = bulkScene();
    const [from, to] = [await fill('orders-poison', 100), await fill('orders', 0)];
    const start = (part: ScopePart) =>
      startMessageJob({ name: 'Move', from, wanted: 'all', work: moveMessage(to), ...part });
    const { job, rest } = await tryFirst(start, 5);
    expect(await textsIn('orders')).toEqual(numbered(5));
    expect(job.leasing).toMatchObject({ received: 5 });
    await start(rest).finished;
    expect(await textsIn('orders')).toEqual(numbered(100));
  });

  test('what is in hand comes first, and what other work has counts for nothing', async () => {
    const { fill, textsIn } = bulkScene();
    const from = await fill('orders', 20);
    await receive(from, { count: 8, visibilityTimeout: 600 });
    const ids = [...from.records.leased()].map(({ id }) => id);
    from.records.claim(ids.slice(0, 2), { kind: 'job', name: 'Other' });
    const start = (part: ScopePart) =>
      startMessageJob({ name: 'Delete', from, wanted: 'all', work: deleteMessage, ...part });
    const { job } = await tryFirst(start, 5);
    expect(job.counts.done).toBe(5);
    expect(job.leasing).toBeUndefined();
    expect(await textsIn('orders')).toHaveLength(15);
  });

  test('a requeue of the first five and then of the rest does none of the five twice', async () => {
    const { fill, idsIn, countsIn, pass } = bulkScene();
    const from = await fill('orders', 40);
    const before = idsIn('orders');
    const start = (part: ScopePart) =>
      startMessageJob({ name: 'Requeue', from, wanted: 'all', work: requeueMessage(from, { isWhole: true }), ...part });
    const { job, rest } = await tryFirst(start, 5);
    expect(job.counts.done).toBe(5);
    const readded = new Set(idsIn('orders').filter((id) => !before.includes(id)));
    expect(readded.size).toBe(5);
    await pass(10);
    const more = start(rest);
    await more.finished;
    expect(more.counts.done).toBe(35);
    expect([...readded].every((id) => idsIn('orders').includes(id))).toBe(true);
    expect([...countsIn('orders').values()]).toEqual(Array(40).fill(1));
  });

  test('what came since the first five, and those of them that failed, are not in the rest', async () => {
    const { fill, textsIn, account, pass, idsIn } = bulkScene();
    const [from, to] = [await fill('orders-poison', 12), await fill('orders', 0)];
    const [, bad] = idsIn('orders-poison');
    const move = moveMessage(to);
    const start = (part: ScopePart) =>
      startMessageJob({
        name: 'Move',
        from,
        wanted: 'all',
        work: async (handle) =>
          handle.id === bad ? { item: handle, kind: 'failed', reason: 'Refused.' } : move(handle),
        ...part,
      });
    const { job, rest } = await tryFirst(start, 5);
    expect(job.counts).toMatchObject({ done: 4, failed: 1 });
    await pass(10);
    await account.sendMessage('orders-poison', { text: 'new' });
    const more = start(rest);
    await more.finished;
    expect(more.counts).toMatchObject({ done: 7, failed: 0 });
    expect(await textsIn('orders-poison')).toEqual(['message 00001', 'new']);
  });

  test('of a filter, the first that match are found, and the walk ends there', async () => {
    const { fill, textsIn } = bulkScene();
    const texts = Array.from(
      { length: 200 },
      (_, index) => `${String(index).padStart(3, '0')} ${index % 8 === 0 ? 'EURO' : ''}`,
    );
    const from = await fill('orders', texts);
    const { judge } = euro();
    const start = (part: ScopePart) =>
      startMessageJob({ name: 'Hide', from, wanted: judge, work: setVisibility(3600), ...part });
    const { job, rest } = await tryFirst(start, 5);
    expect(job.counts.done).toBe(5);
    expect(job.leasing).toMatchObject({ received: 64, wanted: 5, hidden: 5, returned: 59 });
    const more = start(rest);
    await more.finished;
    expect(more.counts.done).toBe(20);
    expect(await textsIn('orders')).toHaveLength(200);
  });
});
