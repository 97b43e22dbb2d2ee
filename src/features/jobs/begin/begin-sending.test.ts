import { beforeEach, describe, expect, test, vi } from 'vitest';
import { around, numbered } from '@/bulk/bulk.fixture';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { currentJobs } from '@/state/jobs/job-store';
import { checkFile, type FileCheck } from '../files/check-file';
import { jobScene } from '../jobs.fixture';
import { scopeOf } from '../shared/scope';
import { beginExport, beginImport } from './begin-files';
import { beginCopies, beginResend } from './begin-sending';

vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));

let scene: ReturnType<typeof jobScene>;
beforeEach(() => {
  scene = jobScene();
});

const createQueue = () => Promise.reject(new Error('Not allowed.'));

/** Counts how many messages are sent in parallel at most. */
function watched(to: QueueTarget, name: 'sendMessage' | 'updateMessage' = 'sendMessage') {
  let [working, most] = [0, 0];
  const before = () => (most = Math.max(most, ++working));
  return { target: around(to, name, { before, after: () => working-- }), most: () => most };
}

/** Refuses the first `count` messages. */
function refusingFirst(to: QueueTarget, count: number): QueueTarget {
  let left = count;
  return around(to, 'sendMessage', {
    before() {
      if (left-- > 0) throw new Error('Not allowed.');
    },
  });
}

/** Seconds that each message lives; `never` for one that does not expire. */
const livesIn = async (queue: string) =>
  (await scene.account.receiveMessages(queue, { count: 32 })).map(({ expiresAt, insertedAt }) =>
    expiresAt === null ? 'never' : (expiresAt.getTime() - insertedAt.getTime()) / 1000,
  );

describe('copies of loaded messages', () => {
  test('each loaded message is sent as often as asked, unchanged, in the given pace', async () => {
    const { client, fill, idsIn, textsIn } = scene;
    const to = await fill('orders', ['a', 'b', 'c']);
    await to.account.peekMessages('orders');
    const { target, most } = watched(to);
    const ids = idsIn('orders').slice(0, 2);
    const listed = beginResend(client, target, { ids, copies: 2, concurrency: 1 });
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'send', where: 'copies to orders' });
    expect(listed.job.progress).toMatchObject({ done: 4, total: 4 });
    expect(await textsIn('orders')).toEqual(['a', 'a', 'a', 'b', 'b', 'b', 'c']);
    expect(most()).toBe(1);
  });

  test('a copy that failed is retried by itself', async () => {
    const { client, fill, idsIn, textsIn } = scene;
    const to = await fill('orders', ['a']);
    await to.account.peekMessages('orders');
    const listed = beginResend(client, refusingFirst(to, 1), { ids: idsIn('orders'), copies: 3, concurrency: 8 });
    await listed.job.finished;
    expect(listed.job.report().troubles.map(({ item }) => item)).toEqual([`${idsIn('orders')[0]}, copy 1`]);
    listed.retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(await textsIn('orders')).toEqual(['a', 'a', 'a', 'a']);
  });

  test('the texts are kept until every copy is sent', async () => {
    const { client, fill, idsIn, textsIn } = scene;
    const to = await fill('orders', ['a']);
    await to.account.peekMessages('orders');
    const [id = ''] = idsIn('orders');
    const dropping = around(to, 'sendMessage', { before: () => to.records.dropText(id) });
    await beginResend(client, dropping, { ids: [id], copies: 3, concurrency: 1 }).job.finished;
    expect(await textsIn('orders')).toEqual(['a', 'a', 'a', 'a']);
  });
});

describe('copies of one text', () => {
  const plain = { copies: 3, first: 1, isBase64: false, timeToLive: undefined, concurrency: 8 } as const;

  test('the counter starts where the form says, and goes up with each copy', async () => {
    const { client, fill, textsIn } = scene;
    const { target, most } = watched(await fill('orders', 0));
    const text = '{{counter:2}} {{now}}';
    const listed = beginCopies(client, target, { ...plain, text, first: 9, copies: 2, concurrency: 1 });
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'send', where: 'to orders' });
    expect(listed.job.progress).toMatchObject({ done: 2, total: 2 });
    const now = new Date(scene.clock.now()).toISOString();
    expect(await textsIn('orders')).toEqual([`09 ${now}`, `10 ${now}`]);
    expect(most()).toBe(1);
    expect(await livesIn('orders')).toEqual([604_800, 604_800]);
  });

  test.each([
    ['never', 'never'],
    [60, 60],
    [undefined, 604_800],
  ] as const)('copies with a time to live of %s', async (timeToLive, life) => {
    const { client, fill } = scene;
    await beginCopies(client, await fill('orders', 0), { ...plain, copies: 1, text: 'a', timeToLive }).job.finished;
    expect(await livesIn('orders')).toEqual([life]);
  });

  test('placeholders are filled in before the text becomes Base64', async () => {
    const { client, fill, textsIn } = scene;
    const to = await fill('orders', 0);
    await beginCopies(client, to, { ...plain, copies: 1, text: 'é {{counter}}', isBase64: true }).job.finished;
    expect(await textsIn('orders')).toEqual(['w6kgMQ==']);
  });

  test('a retry sends the failed copies with the texts that they had', async () => {
    const { client, fill, textsIn } = scene;
    const to = refusingFirst(await fill('orders', 0), 1);
    const listed = beginCopies(client, to, { ...plain, text: 'copy {{counter}}', first: 5 });
    await listed.job.finished;
    expect(listed.job.report().troubles.map(({ item }) => item)).toEqual(['copy 5']);
    listed.retry?.(false);
    await currentJobs()[0]?.job.finished;
    expect(await textsIn('orders')).toEqual(['copy 5', 'copy 6', 'copy 7']);
  });
});

/** A file that collects what is written. */
function openFile() {
  const utf8 = new TextDecoder();
  let written = '';
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (piece) => void (written += utf8.decode(piece)),
  });
  return { stream, text: () => written };
}

const scopeIn = (from: QueueTarget, ids?: readonly string[], approximate?: number) =>
  scopeOf(from.records, { queue: from.queue, ...(ids && { ids }) }, { approximate, threshold: 5 });

describe('an export', () => {
  test('an export of a whole queue stops at its limit, writes the chosen fields, and hands the file over at its end', async () => {
    const { client, fill } = scene;
    const from = await fill('orders', 5);
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    const { stream, text } = openFile();
    const save = vi.fn<() => void>();
    const listed = beginExport(client, from, {
      scope: scopeIn(from, undefined, 5),
      destination: { stream, save },
      limit: 2,
      format: 'csv',
      fields: ['dequeueCount', 'text'],
    });
    expect(save).not.toHaveBeenCalled();
    await listed.job.finished;
    expect(text()).toBe('dequeueCount,text\r\n1,message 00000\r\n1,message 00001\r\n');
    expect(listed.job.progress).toMatchObject({ done: 2, total: 2 });
    expect(listed.job.leasing).toMatchObject({ received: 2 });
    expect(listed.retry).toBeUndefined();
    await vi.waitFor(() => expect(save).toHaveBeenCalledOnce());
    expect(invalidate).toHaveBeenCalledOnce();
    listed.after?.run();
    expect(save).toHaveBeenCalledTimes(2);
  });

  test.each([
    [0, 3, 3],
    [2, 3, 2],
    [9, 3, 3],
    [2, undefined, undefined],
  ])('an export of at most %i of about %s messages counts to %s', async (limit, approximate, total) => {
    const from = await scene.fill('orders', 3);
    const scope = scopeIn(from, undefined, approximate);
    const listed = beginExport(scene.client, from, { scope, destination: openFile(), limit, format: 'jsonl' });
    await listed.job.finished;
    expect(listed.job.progress.total).toBe(total);
    expect(listed.job.counts.done).toBe(limit === 2 ? 2 : 3);
  });

  test.each([
    [undefined, 1],
    ['kept', 1],
    ['fast', 24],
  ] as const)('an export returns its messages in the order that was chosen: %s', async (order, atATime) => {
    const { target: from, most } = watched(await scene.fill('orders', 60), 'updateMessage');
    const scope = scopeIn(from, undefined, 60);
    const form = { scope, destination: openFile(), limit: 0, format: 'jsonl', ...(order && { order }) } as const;
    await beginExport(scene.client, from, form).job.finished;
    expect(most()).toBe(atATime);
  });

  test('an export of chosen messages sends no request', async () => {
    const { client, fill, idsIn, sandbox } = scene;
    const from = await fill('orders', 3);
    await from.account.peekMessages('orders');
    const invalidate = vi.spyOn(client, 'invalidateQueries');
    let changes = 0;
    sandbox.subscribe(() => changes++);
    const { stream, text } = openFile();
    const scope = scopeIn(from, idsIn('orders').slice(1));
    const listed = beginExport(client, from, {
      scope,
      destination: { stream },
      limit: 0,
      format: 'json',
      fields: ['text'],
    });
    await listed.job.finished;
    expect(JSON.parse(text())).toEqual([{ text: 'message 00001' }, { text: 'message 00002' }]);
    expect(listed.after).toBeUndefined();
    expect([changes, invalidate.mock.calls.length]).toEqual([0, 0]);
  });
});

const rules = { timeToLive: 'kept' } as const;
const fileOf = (...lines: string[]) => new File([lines.join('\n')], 'rows.jsonl');

/** The last report of a check. */
async function checked(
  file: File,
  to: QueueTarget,
  how: Parameters<typeof checkFile>[2] = { ...rules, choice: {} },
): Promise<FileCheck> {
  let last: FileCheck | undefined;
  await checkFile(file, to, how, { signal: new AbortController().signal, onCheck: (check) => (last = check) });
  if (!last) throw new Error('Nothing was told.');
  return last;
}

describe('an import', () => {
  test('an import adds the rows that can be sent, by its rules, and reports the others', async () => {
    const { client, fill, textsIn } = scene;
    const { target, most } = watched(await fill('orders', 0));
    const file = fileOf('{"body":"a"}', '{"text":"b"}', '"c"');
    const how = { timeToLive: 60, visibilityDelay: 5, choice: { textField: 'body' } } as const;
    const check = await checked(file, target, how);
    expect(check).toMatchObject({ guess: { layout: { format: 'jsonl' } }, rows: 3, invalid: 1, isWhole: true });
    const listed = await beginImport(client, target, { file, rules: how, check, isThere: true, concurrency: 1 });
    await listed.job.finished;
    expect(listed).toMatchObject({ kind: 'import', where: 'rows.jsonl to orders' });
    expect(listed.job.progress).toMatchObject({ done: 2, failed: 1, total: 3 });
    expect(await textsIn('orders')).toEqual(['a', 'c']);
    expect(await target.account.peekMessages('orders')).toEqual([]);
    scene.clock.advance(5000);
    expect(await livesIn('orders')).toEqual([60, 60]);
    expect(most()).toBe(1);
  });

  test('an import sends no more messages per second than its pace', async () => {
    const { client, clock, fill } = scene;
    const to = await fill('orders', 0);
    const began = clock.now();
    const begin = { file: fileOf('"a"', '"b"', '"c"'), rules, check: undefined, isThere: true };
    await (await beginImport(client, to, { ...begin, concurrency: 1, perSecond: 1 })).job.finished;
    expect(clock.now() - began).toBeGreaterThan(300);
  });

  test('an import has no total until the whole file was checked', async () => {
    const to = await scene.fill('orders', 0);
    const file = fileOf('"a"', '"b"');
    const check = { ...(await checked(file, to)), rows: 1, isWhole: false };
    const begin = { file, rules, isThere: true, concurrency: 8 };
    for (const known of [check, undefined]) {
      const { job } = await beginImport(scene.client, to, { ...begin, check: known });
      await job.finished;
      expect(job.progress).toMatchObject({ done: 2, total: undefined });
    }
  });

  test('an import reads the file in the format that the check found', async () => {
    const { client, fill, textsIn } = scene;
    const to = await fill('orders', 0);
    const file = fileOf('"text"', '"a"');
    const check = await checked(file, to, { ...rules, choice: { format: 'csv', hasHeading: true } });
    await (await beginImport(client, to, { file, rules, check, isThere: true, concurrency: 8 })).job.finished;
    expect(await textsIn('orders')).toEqual(['a']);
  });

  test('a missing queue is created before an import, and no job begins when that fails', async () => {
    const { client, targetOf, textsIn } = scene;
    const to = targetOf('new');
    const begin = { file: fileOf('"a"'), rules, check: undefined, isThere: false, concurrency: 8 };
    await expect(beginImport(client, { ...to, account: { ...to.account, createQueue } }, begin)).rejects.toThrow();
    expect(currentJobs()).toEqual([]);
    await (await beginImport(client, to, begin)).job.finished;
    expect(await textsIn('new')).toEqual(['a']);
  });

  test('a check reads to the end of the file, and reports the first rows and problems', async () => {
    const to = await scene.fill('orders', 0);
    const rows = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? JSON.stringify(numbered(1)[0]) : '{'));
    const check = await checked(fileOf(...rows), to);
    expect(check).toMatchObject({ rows: 300, invalid: 150, isWhole: true });
    expect(check.first).toHaveLength(8);
    // Each reason once, with its first rows.
    expect(check.problems).toEqual([
      {
        problem: 'The row is not JSON.',
        isVaried: false,
        count: 150,
        rows: [2, 4, 6, 8, 10].map((row) => ({ row, line: row })),
      },
    ]);
    const expired = [2001, 2002, 2003].map((year) => `{"text":"a","expiresAt":"${year}-01-01T00:00:00Z"}`);
    const told = await checked(fileOf(...expired, '{"text":1}'), to);
    expect(told.problems).toMatchObject([
      { problem: 'The message expired at 2001-01-01T00:00:00.000Z.', isVaried: true, count: 3 },
      { count: 1, rows: [{ row: 4, line: 4 }] },
    ]);
    // However many reasons a file makes up.
    const names = Array.from(
      { length: 300 },
      (_, index) => `{"text":"a","${'x'.repeat(index + 1)}":1,"${'x'.repeat(index + 1)}":2}`,
    );
    const many = await checked(fileOf(...names), to);
    expect([many.invalid, many.problems.length]).toEqual([300, 50]);
    expect(await checked(new File(['["a", "b"'], 'broken.json'), to)).toMatchObject({
      rows: 1,
      broken: expect.stringContaining('ends in the middle'),
      isWhole: true,
    });
  });

  test('a check that was aborted reports nothing more', async () => {
    const to = await scene.fill('orders', 0);
    const control = new AbortController();
    control.abort();
    const onCheck = vi.fn<(check: FileCheck) => void>();
    await checkFile(fileOf('"a"'), to, { ...rules, choice: {} }, { signal: control.signal, onCheck });
    expect(onCheck).not.toHaveBeenCalled();
  });
});
