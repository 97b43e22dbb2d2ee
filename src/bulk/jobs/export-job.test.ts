import { describe, expect, test } from 'vitest';
import type { Claim } from '@/messages/record';
import { around, bulkScene, hanging, numbered, settled } from '../bulk.fixture';
import { createDeferred } from '../requests/deferred';
import { deleteLeased, receive, saveText } from '../work/lease-actions';
import { startExport } from './export-job';
import { textsIn } from './faulted.fixture';

const WAITING: Claim = { kind: 'delete', name: 'A delete that waits for Undo' };

/** A file that takes what is written, or breaks. */
function openFile({ breaksAfter = Infinity, breaksAtEnd = false } = {}) {
  let written = '';
  let pieces = 0;
  let isClosed = false;
  const utf8 = new TextDecoder();
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(piece) {
      if (++pieces > breaksAfter) throw new Error('The disk is full.');
      written += utf8.decode(piece);
    },
    close() {
      if (breaksAtEnd) throw new Error('The file could not be saved.');
      isClosed = true;
    },
  });
  return {
    stream,
    texts: () => textsIn(written),
    get isClosed() {
      return isClosed;
    },
    lines: () => written.split('\n').filter((line) => line !== ''),
  };
}

const lost = () => Promise.reject(new Error('The decoder did not arrive.'));
const long = (text: string) => text + 'x'.repeat(40_000);

describe('an export of a whole queue', () => {
  test('writes every message once, in its order, and gives all of them back', async () => {
    const { fill, account } = bulkScene();
    const from = await fill('orders', 100);
    const file = openFile();
    const job = startExport({ from, wanted: 'all', stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(job).toMatchObject({ state: 'done', counts: { done: 100, failed: 0, skipped: 0 } });
    expect(file.texts()).toEqual(numbered(100));
    expect(file.isClosed).toBe(true);
    expect(job.leasing).toMatchObject({ received: 100, returned: 100, notReturned: [] });
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
    expect(JSON.parse(file.lines()[0] ?? '')).toMatchObject({ dequeueCount: 1, nextVisible: expect.any(String) });
    // Its texts are in the file, so nothing else needs them.
    expect([...from.records.all()].filter(({ message }) => message !== undefined)).toEqual([]);
  });

  test('an export has the newest text of a message that a person leased and changed, which stays leased', async () => {
    const { fill, idsIn, account, clock } = bulkScene();
    const from = await fill('orders', 3);
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const [first = ''] = idsIn('orders');
    await saveText(from, { id: first, text: 'changed' });
    const file = openFile();
    const job = startExport({ from, wanted: 'all', stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(['changed', 'message 00001', 'message 00002']);
    expect(from.records.get(first)).toMatchObject({
      claim: undefined,
      message: { text: 'changed' },
      lease: { holder: 'tab', state: 'held', endsAt: expect.any(Number) },
    });
    expect(await account.peekMessages('orders')).toHaveLength(1);
    clock.advance(61_000);
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });

  test('an export skips messages that wait to be deleted or whose text is unknown, and reports them', async () => {
    const { fill, idsIn, sandbox } = bulkScene();
    const from = await fill('orders', 4);
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const [first = '', second = ''] = idsIn('orders');
    from.records.claim([first], WAITING);
    sandbox.setFaults({ lostAfter: 1 });
    await expect(
      saveText({ ...from, delay: () => Promise.reject(new Error('Enough.')) }, { id: second, text: 'b' }),
    ).rejects.toThrow();
    sandbox.setFaults({ lostAfter: 0 });
    const file = openFile();
    const job = startExport({ from, wanted: 'all', stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(['message 00002', 'message 00003']);
    expect(job.counts).toMatchObject({ done: 2, skipped: 2 });
    expect(new Map(job.outcomes.map(({ item, reason }) => [item.id, reason]))).toEqual(
      new Map([
        [first, 'Left out: a delete that waits for Undo has this message.'],
        [second, 'Left out: the answer with its receipt was lost.'],
      ]),
    );
    expect(from.records.get(first)?.claim).toBe(WAITING);
  });

  test('an export skips a leased message whose text is unknown, which stays leased', async () => {
    const { fill, idsIn, sandbox } = bulkScene();
    const from = await fill('orders', 2);
    await receive(from, { count: 1, visibilityTimeout: 60 });
    const [id = ''] = idsIn('orders');
    sandbox.setFaults({ lostBefore: 1 });
    await expect(saveText(from, { id, text: 'b', visibilityTimeout: 0 })).rejects.toThrow();
    sandbox.setFaults({ lostBefore: 0 });
    const file = openFile();
    const job = startExport({ from, wanted: 'all', stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(['message 00001']);
    expect(job.outcomes).toMatchObject([
      { item: { id }, kind: 'skipped', reason: 'Left out: what its text is now is not certain.' },
    ]);
    expect(from.records.get(id)?.lease).toMatchObject({ holder: 'tab', state: 'held' });
  });

  test('receives no more than it may', async () => {
    const { fill } = bulkScene();
    const file = openFile();
    const job = startExport({
      from: await fill('orders', 100),
      wanted: 'all',
      stream: file.stream,
      format: 'jsonl',
      cap: 40,
    });
    await job.finished;
    expect(file.texts()).toEqual(numbered(40));
    expect(job.leasing).toMatchObject({ received: 40, returned: 40, ended: 'cap' });
  });

  test('leaves alone what is added while it runs', async () => {
    const { fill, account, clock } = bulkScene();
    const from = await fill('orders', 40);
    let fed = 0;
    const feeding = around(from, 'receiveMessages', {
      async after() {
        clock.advance(3000);
        if (fed++ < 20) await account.sendMessage('orders', { text: 'new' });
      },
    });
    const file = openFile();
    const job = startExport({ from: feeding, wanted: 'all', stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(numbered(40));
    expect(fed).toBeLessThan(5);
  });

  test('says how much it holds, and is let go when told', async () => {
    const { fill } = bulkScene();
    const from = await fill('orders', 6);
    const { stream } = openFile();
    const job = startExport({ from: hanging(from, 'updateMessage'), wanted: 'all', stream, format: 'jsonl' });
    while (job.state !== 'returning') await settled();
    expect(job.canAbandon).toBe(true);
    expect(job.leasedNow().messages).toBe(6);
    job.abandon();
    await job.finished;
    expect(job.leasing?.notReturned).toHaveLength(6);
  });

  test('that is cancelled ends its file and gives all back', async () => {
    const { fill, account } = bulkScene();
    const file = openFile();
    const job = startExport({ from: await fill('orders', 500), wanted: 'all', stream: file.stream, format: 'json' });
    while (job.counts.done < 10) await settled();
    job.cancel();
    await job.finished;
    expect(job.state).toBe('cancelled');
    expect(file.isClosed).toBe(true);
    expect(JSON.parse(file.lines().join('\n'))).toHaveLength(job.counts.done);
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
  });
});

describe('a file that cannot be written', () => {
  test('fails the job, which stops and gives all back', async () => {
    const { fill, account, sandbox } = bulkScene();
    const from = await fill('orders', numbered(200).map(long));
    let received = 0;
    sandbox.subscribe((change) => {
      if (change.what === 'received') received += change.ids.length;
    });
    const job = startExport({ from, wanted: 'all', stream: openFile({ breaksAfter: 1 }).stream, format: 'jsonl' });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The disk is full.' } });
    expect(received).toBeLessThan(200);
    expect(job.leasing).toMatchObject({ notReturned: [] });
    expect(await account.receiveMessages('orders', { count: 32 })).toHaveLength(32);
  });

  test('fails the job where a body cannot be decoded for it, and no row is written in its place', async () => {
    const { fill, account } = bulkScene();
    const from = await fill('orders', 3);
    const file = openFile();
    const job = startExport({
      from,
      wanted: 'all',
      stream: file.stream,
      format: 'jsonl',
      fields: ['body'],
      rowOf: lost,
    });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The decoder did not arrive.' } });
    expect(file.lines()).toEqual([]);
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });

  test('fails the job also at its very end', async () => {
    const { fill, account } = bulkScene();
    const from = await fill('orders', 3);
    const job = startExport({ from, wanted: 'all', stream: openFile({ breaksAtEnd: true }).stream, format: 'jsonl' });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The file could not be saved.' } });
    expect(await account.peekMessages('orders')).toHaveLength(3);
  });

  test('fails the job also where nobody says why', async () => {
    const { fill } = bulkScene();
    const stream = new WritableStream<Uint8Array<ArrayBuffer>>({ write: (_, controller) => controller.error() });
    const job = startExport({ from: await fill('orders', 3), wanted: 'all', stream, format: 'jsonl' });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The file could not be written.' } });
  });

  test('fails the job with the last piece of it, which is written when all is done', async () => {
    const { fill } = bulkScene();
    const from = await fill('orders', 3);
    const job = startExport({ from, wanted: 'all', stream: openFile({ breaksAfter: 0 }).stream, format: 'jsonl' });
    await job.finished;
    expect(job).toMatchObject({ state: 'failed', error: { message: 'The disk is full.' } });
  });
});

describe('an export of what is loaded', () => {
  test('an export of loaded messages sends no request, and writes each record as it is at that moment', async () => {
    const { fill, idsIn, sandbox } = bulkScene();
    const from = await fill('orders', 4);
    await from.account.peekMessages('orders');
    const [first = '', second = '', third = '', fourth = ''] = idsIn('orders');
    await receive(from, { count: 2, visibilityTimeout: 60 });
    await saveText(from, { id: first, text: 'changed' });
    await deleteLeased(from, [second]);
    let requests = 0;
    sandbox.subscribe(() => requests++);
    const file = openFile();
    const wanted = new Set([fourth, second, first, third, 'unknown']);
    const job = startExport({ from, wanted, stream: file.stream, format: 'jsonl', total: 5 });
    expect(job.progress.total).toBe(5);
    await job.finished;
    expect(requests).toBe(0);
    expect(file.texts()).toEqual(['message 00003', 'changed', 'message 00002']);
    expect(job.outcomes).toEqual([
      { item: { id: second }, kind: 'skipped', reason: 'Left out: it was deleted meanwhile.' },
      {
        item: { id: 'unknown' },
        kind: 'skipped',
        reason: 'Left out: what its text is now is not certain. Look at the queue again first.',
      },
    ]);
    expect(job.report().troubles.map(({ item }) => item)).toEqual([second, 'unknown']);
    expect(from.records.get(third)?.message?.text).toBe('message 00002');
  });

  test('an export of loaded messages leases nothing and has nothing to return', async () => {
    const { fill, idsIn } = bulkScene();
    const from = await fill('orders', 2);
    await from.account.peekMessages('orders');
    const wanted = new Set(idsIn('orders'));
    const job = startExport({ from, wanted, stream: openFile().stream, format: 'jsonl' });
    const states = new Set<string>();
    job.subscribe(() => states.add(job.state));
    expect(job.canAbandon).toBe(false);
    expect(job.leasedNow()).toEqual({ messages: 0, until: 0 });
    await job.finished;
    expect(job.counts.done).toBe(2);
    expect(job.leasing).toBeUndefined();
    expect(states).toEqual(new Set(['running', 'done']));
  });

  test('an export skips messages whose text is unknown', async () => {
    const { fill, idsIn, sandbox } = bulkScene();
    const from = await fill('orders', 2);
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const all = idsIn('orders');
    sandbox.setFaults({ lostBefore: 1 });
    await expect(saveText(from, { id: all[0] ?? '', text: 'b' })).rejects.toThrow();
    sandbox.setFaults({ lostBefore: 0 });
    const file = openFile();
    const job = startExport({ from, wanted: new Set(all), stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(['message 00001']);
    expect(job.outcomes).toMatchObject([{ item: { id: all[0] }, kind: 'skipped' }]);
  });

  test('an export has the time at which each hidden message is visible again, also where its receipt was lost', async () => {
    const { fill, idsIn, clock } = bulkScene();
    const from = await fill('orders', 3);
    await from.account.peekMessages('orders');
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const [first = '', second = '', third = ''] = idsIn('orders');
    const asked = { change: 'update', visibilityTimeout: 60, text: undefined } as const;
    const used = from.records.get(second)?.lease?.receipt ?? '';
    const evidence = from.records.answeredNow(from.records.tick(), clock.now(), undefined);
    from.records.applyTo(second, { kind: 'unanswered', asked, used, askedAt: clock.now(), evidence });
    expect(from.records.get(second)?.lease?.state).toBe('unknown');
    const file = openFile();
    const wanted = new Set([first, second, third]);
    await startExport({ from, wanted, stream: file.stream, format: 'jsonl' }).finished;
    const shown = file.lines().map((line) => (JSON.parse(line) as { nextVisible?: string }).nextVisible);
    expect(shown.map((time) => time !== undefined)).toEqual([true, true, false]);
  });

  test('leaves out what waits to be deleted', async () => {
    const { fill, idsIn } = bulkScene();
    const from = await fill('orders', 2);
    await receive(from, { count: 2, visibilityTimeout: 60 });
    const all = idsIn('orders');
    from.records.claim(all.slice(0, 1), WAITING);
    const file = openFile();
    const job = startExport({ from, wanted: new Set(all), stream: file.stream, format: 'jsonl' });
    await job.finished;
    expect(file.texts()).toEqual(['message 00001']);
    expect(job.counts.skipped).toBe(1);
  });
});

test('a slow disk holds the export back', async () => {
  const { fill } = bulkScene();
  const from = await fill('orders', numbered(200).map(long));
  let received = 0;
  const counting = around(from, 'receiveMessages', { after: () => (received += 32) });
  const gate = createDeferred();
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({ write: () => gate.promise });
  const job = startExport({ from: counting, wanted: 'all', stream, format: 'jsonl' });
  for (let turn = 0; turn < 200; turn++) await settled();
  expect(job.counts.done).toBeLessThan(32);
  expect(received).toBeLessThan(128);
  gate.resolve();
  await job.finished;
  expect(job.counts.done).toBe(200);
});
