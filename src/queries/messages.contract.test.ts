import { type MutationOptions, QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { leaseById } from '@/bulk/leasing/lease-by-id';
import { recordedAccount } from '@/messages/recorded-account';
import { currentLease, dropConnectionLeases } from '@/state/leases/leases';
import { records, recordsOf } from '@/state/messages/records';
import {
  deleteMessages,
  extendLeases,
  loadedMessages,
  peekedMessages,
  receiveMessages,
  releaseLeases,
  saveMessage,
} from './messages';
import { queueTarget } from './queue-target';

const key = await importKey(EMULATOR.key);
const { url } = inject('azurite');
const connection = { account: EMULATOR.account, endpoint: url, credential: { kind: 'key', key } } as const;
/** Another consumer: what it does this tab does not hear of. */
const other = connect(connection);
const account = recordedAccount(other, records, Date.now);
const client = new QueryClient();
function run<Data, Failure, Variables, Result>(
  options: MutationOptions<Data, Failure, Variables, Result>,
  variables: Variables,
): Promise<Data> {
  return client.getMutationCache().build(client, options).execute(variables);
}

let number = 0;
let queue: string;
beforeEach(async () => {
  dropConnectionLeases(account.id);
  queue = `mutations-${Date.now()}-${++number}`;
  await other.createQueue(queue);
});
const send = (...texts: string[]) => Promise.all(texts.map((text) => other.sendMessage(queue, { text })));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);
const receive = (count: number, visibilityTimeout = 60) =>
  run(receiveMessages(account, queue), { count, visibilityTimeout });
const held = (id = '') => currentLease({ connectionId: account.id, queue, id });
const receiveOne = async (text = 'a', visibilityTimeout = 60): Promise<string> => {
  await send(text);
  const [id] = await receive(1, visibilityTimeout);
  if (id === undefined) throw new Error('Nothing received');
  return id;
};

describe('a lease', () => {
  test('is kept by receive, with the time that the service gave', async () => {
    const id = await receiveOne('a', 60);
    expect(held(id)).toMatchObject({ text: 'a', state: 'held', total: 60, queue });
    const left = (held(id)?.endsAt.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(57_000);
    expect(left).toBeLessThan(61_500);
  });

  test('has the new text and the new receipt after an edit', async () => {
    const id = await receiveOne();
    const before = held(id)?.receipt;
    await run(saveMessage(account, queue), { id, text: 'b', visibilityTimeout: 120 });
    expect(held(id)).toMatchObject({ text: 'b', state: 'held', total: 120 });
    expect(held(id)?.receipt).not.toBe(before);
    await run(saveMessage(account, queue), { id, text: 'c', visibilityTimeout: 0 });
    expect(held(id)).toBeUndefined();
    expect((await other.peekMessages(queue))[0]?.text).toBe('c');
  });

  test('keeps its end when a text is saved without another', async () => {
    const id = await receiveOne('a', 300);
    const before = held(id)?.endsAt.getTime() ?? 0;
    await run(saveMessage(account, queue), { id, text: 'b' });
    expect(Math.abs((held(id)?.endsAt.getTime() ?? 0) - before)).toBeLessThan(3000);
    expect(held(id)).toMatchObject({ text: 'b', total: 300 });
  });

  test('can be extended, then edited, then its message deleted: each with the receipt of the one before', async () => {
    const id = await receiveOne('a', 30);
    const receipts = new Set([held(id)?.receipt]);
    await run(extendLeases(account, queue), { ids: [id], seconds: 300 });
    receipts.add(held(id)?.receipt);
    await run(saveMessage(account, queue), { id, text: 'b', visibilityTimeout: 300 });
    receipts.add(held(id)?.receipt);
    expect(receipts.size).toBe(3);
    expect(held(id)).toMatchObject({ text: 'b', state: 'held', total: 300 });
    const outcomes = await run(deleteMessages(account, queue), [id]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done']);
    expect(held(id)).toBeUndefined();
    expect((await other.getQueueProperties(queue)).approximateMessageCount).toBe(0);
  });

  test('shows an edit before the answer is there, and nothing uses it before', async () => {
    const id = await receiveOne();
    const gate = new EventTarget();
    const slow = recordedAccount(
      connect(connection, {
        fetch: async (...request) => {
          await new Promise((resolve) => gate.addEventListener('open', resolve));
          return fetch(...request);
        },
      }),
      records,
      Date.now,
    );
    const edited = run(saveMessage(slow, queue), { id, text: 'b', visibilityTimeout: 120 });
    const record = () => recordsOf(account.id, queue).get(id);
    await expect.poll(() => record()?.pending).toMatchObject({ kind: 'update', message: { text: 'b' } });
    expect(record()?.message?.text).toBe('a');
    gate.dispatchEvent(new Event('open'));
    await edited;
    expect(record()).toMatchObject({ pending: undefined, message: { text: 'b' } });
  });

  test('takes a refused edit back, and is over when another consumer has the message', async () => {
    const id = await receiveOne();
    await other.updateMessage(queue, { id, receipt: held(id)?.receipt ?? '' }, { visibilityTimeout: 60 });
    const edit = run(saveMessage(account, queue), { id, text: 'b', visibilityTimeout: 120 });
    await expect(edit).rejects.toMatchObject({ code: 'PopReceiptMismatch' });
    expect(held(id)).toMatchObject({ text: 'a', state: 'ended', ending: 'refused' });
  });

  test('is gone when its message is released or deleted', async () => {
    await send('a', 'b');
    const [first = '', second = ''] = await receive(2);
    await run(releaseLeases(account, queue), [first]);
    await run(deleteMessages(account, queue), [second]);
    expect([held(first), held(second)]).toEqual([undefined, undefined]);
    expect((await other.peekMessages(queue)).map(({ id }) => id)).toEqual([first]);
  });
});

test('deleting many reports which failed and why', async () => {
  await send('a', 'b', 'c');
  const ids = await receive(3);
  const [first = ''] = ids;
  await other.deleteMessage(queue, { id: first, receipt: held(first)?.receipt ?? '' });
  const outcomes = await run(deleteMessages(account, queue), ids);
  expect(outcomes.map(({ kind, item }) => [item.id === first, kind])).toEqual([
    [true, 'failed'],
    [false, 'done'],
    [false, 'done'],
  ]);
});

test('a peeked message keeps its identity as long as it does not change', async () => {
  await send('a', 'b');
  const peek = () => client.fetchQuery({ ...peekedMessages(account, queue, 32), staleTime: 0 });
  const { ids } = await peek();
  const before = loadedMessages(account, queue);
  expect(before.map(({ id }) => id)).toEqual(ids);
  await peek();
  expect(loadedMessages(account, queue)).toEqual(before);
  expect(loadedMessages(account, queue).every((message, index) => message === before[index])).toBe(true);
  const [lease] = await other.receiveMessages(queue);
  if (!lease) throw new Error('Nothing received');
  await other.updateMessage(queue, lease, { visibilityTimeout: 0 });
  await peek();
  const after = loadedMessages(account, queue);
  expect(after).toContain(before.find(({ id }) => id !== lease.id));
  expect(after.find(({ id }) => id === lease.id)?.dequeueCount).toBe(1);
});

const search = (options: Parameters<typeof leaseById>[1]) => leaseById(queueTarget(account, queue), options);

describe('leasing messages by their ids', () => {
  test('skips and releases the messages ahead, and receives none behind when their number is known', async () => {
    await send('a');
    const [wanted] = await send('b');
    await send('c');
    const ids = new Set([wanted?.id ?? '']);
    const result = await search({ ids, visibilityTimeout: 60, ahead: 1 });
    expect(result).toEqual({ found: [wanted?.id], missing: [], passed: 1, unreturned: 0 });
    expect(held(wanted?.id)).toMatchObject({ text: 'b', state: 'held', holder: 'tab', isTaken: false });
    const left = (await other.peekMessages(queue)).map(({ text, dequeueCount }) => `${text} ${dequeueCount}`);
    expect(left.toSorted((a, b) => a.localeCompare(b))).toEqual(['a 1', 'c 0']);
  });

  test('finds several wherever they are, with receipts that work', async () => {
    const sent = await send(...numbered(70));
    const ids = new Set([sent[3], sent[40], sent[65]].map((message) => message?.id ?? ''));
    const { found, missing, passed } = await search({ ids, visibilityTimeout: 60 });
    expect(new Set(found)).toEqual(ids);
    expect(missing).toEqual([]);
    // A batch holds 32, and those of the same moment come in any order.
    expect(passed).toBeGreaterThanOrEqual(29);
    const outcomes = await run(deleteMessages(account, queue), found);
    expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    expect((await other.getQueueProperties(queue)).approximateMessageCount).toBe(67);
  });

  test('that are not in the queue returns everything', async () => {
    await send('a', 'b', 'c');
    const result = await search({ ids: new Set(['nobody']), visibilityTimeout: 60 });
    expect(result).toEqual({ found: [], missing: ['nobody'], passed: 3, unreturned: 0 });
    expect(await other.peekMessages(queue)).toHaveLength(3);
  });

  test('goes no further than the limit', async () => {
    await send(...numbered(40));
    const result = await search({ ids: new Set(['nobody']), visibilityTimeout: 60, limit: 33 });
    expect(result).toMatchObject({ found: [], passed: 33, unreturned: 0 });
    expect(await other.peekMessages(queue, { count: 32 })).toHaveLength(32);
  });

  test('that is cancelled stops after the batch under way and gives back what it holds', async () => {
    await send(...numbered(40));
    const control = new AbortController();
    const result = await search({
      ids: new Set(['nobody']),
      visibilityTimeout: 60,
      signal: control.signal,
      onProgress: () => control.abort(),
    });
    expect(result).toMatchObject({ found: [], passed: 32, unreturned: 0 });
    expect((await other.peekMessages(queue, { count: 32 })).length).toBe(32);
  });

  test('reports its progress', async () => {
    await send(...numbered(40));
    const progress: number[] = [];
    await search({
      ids: new Set(['nobody']),
      visibilityTimeout: 60,
      onProgress: ({ passed }) => progress.push(passed),
    });
    expect(progress.slice(0, 2)).toEqual([32, 40]);
  });
});
