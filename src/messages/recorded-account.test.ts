import { beforeEach, describe, expect, test, vi } from 'vitest';
import { StorageError, UnreachableError } from '@/azure/protocol/errors';
import type { Account } from '@/azure/protocol/model';
import type { Clock } from '@/sandbox/clock';
import { connectTo, openSandbox } from '@/sandbox/open-sandbox.fixture';
import type { Sandbox } from '@/sandbox/service';
import { JOB, REF } from './facts.fixture';
import type { QueueRecords } from './queue-records';
import type { MessageRecord } from './record';
import { type RecordedAccount, recordedAccount } from './recorded-account';
import { createRecords, type Records } from './records';

let sandbox: Sandbox;
let clock: Clock;
/** Another consumer. */
let raw: Account;
let all: Records;
let account: RecordedAccount;
let known: QueueRecords;
/** What happens before a request is repeated. */
let beforeRepeat: () => void;

beforeEach(async () => {
  ({ sandbox, clock } = openSandbox());
  beforeRepeat = () => {};
  raw = connectTo(sandbox, { now: clock.now, delay: async () => beforeRepeat() });
  all = createRecords();
  account = recordedAccount(raw, all, clock.now);
  known = all.of({ connectionId: raw.id, queue: 'orders' });
  await raw.createQueue('orders');
  await raw.sendMessage('orders', { text: 'a' });
});

const only = (): MessageRecord => [...known.all()][0] as MessageRecord;

async function leaseOne(visibilityTimeout = 30) {
  const [message] = await account.receiveMessages('orders', { visibilityTimeout });
  if (!message) throw new Error('There is no message.');
  return message;
}

/** The next answers are lost, after the service acted or before. */
const lose = (share: Partial<Record<'lostAfter' | 'lostBefore', number>>) => sandbox.setFaults(share);
const heal = () => sandbox.setFaults({ lostAfter: 0, lostBefore: 0, busy: 0 });

describe('a peek', () => {
  test('records what it shows, with the service’s own time', async () => {
    await account.peekMessages('orders');
    expect(only()).toMatchObject({ message: { text: 'a', dequeueCount: 0 }, lease: undefined });
    expect(only().source).toMatchObject({ at: clock.now(), date: clock.now() });
  });

  test('returns the recorded message where it is equal, so that its identity is stable', async () => {
    const [first] = await account.peekMessages('orders');
    const [second] = await account.peekMessages('orders');
    expect(second).toBe(first);
    expect(second).toBe(only().message);
  });

  test('returns the answered message where the recorded one differs', async () => {
    const before = await leaseOne();
    const { receipt = '' } = await raw.updateMessage('orders', before, { visibilityTimeout: 0, text: 'b' });
    expect(receipt).not.toBe('');
    // An answer that overlapped, within one second: what is recorded stays, undecided.
    const evidence = { asked: 0, answered: 1e9, at: clock.now(), date: undefined };
    known.applyTo(before.id, { kind: 'peeked', message: { ...before, text: 'c' }, evidence });
    expect(await account.peekMessages('orders')).toMatchObject([{ text: 'b', dequeueCount: 1 }]);
  });
});

describe('a receive', () => {
  test('records a lease that ends by the connection’s clock', async () => {
    sandbox.setFaults({ clockSkew: 3_600_000 });
    account = recordedAccount(connectTo(sandbox, { now: clock.now, signingTime: serviceNow }), all, clock.now);
    await leaseOne(60);
    const { lease } = only();
    expect(lease).toMatchObject({ holder: 'tab', total: 60, state: 'held', leasedAt: clock.now() });
    expect(lease?.endsAt).toBeLessThanOrEqual(clock.now() + 60_000);
    expect(lease?.endsAt).toBeGreaterThan(clock.now() + 58_000);
    expect(lease?.visibleAt).toBe(clock.now() + 3_660_000);
  });

  test.each([
    ['by the service’s clock, where that is known', 5000],
    ['by what was asked, where CORS hides that clock', undefined],
  ])('records the end of a lease %s', async (_, skew) => {
    account = recordedAccount({ ...raw, clockSkew: () => skew }, all, clock.now);
    sandbox.setFaults({ clockSkew: 7000 });
    const asked = clock.now();
    const { visibleAt } = await leaseOne(60);
    const { lease } = only();
    expect(lease?.endsAt).toBe(skew === undefined ? asked + 60_000 : visibleAt.getTime() - skew);
    expect(lease?.clockEvidence).toBe(visibleAt.getTime() - 60_000 - asked);
  });

  test('creates one lease object for all its messages', async () => {
    await raw.sendMessage('orders', { text: 'b' });
    await account.receiveMessages('orders', { count: 2 });
    expect(new Set([...known.all()].map(({ lease }) => lease)).size).toBe(1);
    expect(known.size).toBe(2);
  });

  test('for work claims what it leases', async () => {
    await account.receiveMessages('orders', { claim: JOB });
    expect(only()).toMatchObject({ claim: JOB, lease: { holder: 'work', total: 30 } });
  });

  test('whose answer is lost records nothing: nobody knows what it leased', async () => {
    lose({ lostAfter: 1 });
    await expect(account.receiveMessages('orders')).rejects.toBeInstanceOf(UnreachableError);
    expect(known.size).toBe(0);
  });
});

describe('an update', () => {
  test('records the new receipt, end and text', async () => {
    const message = await leaseOne();
    const answer = await account.updateMessage('orders', message, { visibilityTimeout: 600, text: 'b' });
    expect(only()).toMatchObject({
      pending: undefined,
      message: { text: 'b', dequeueCount: 1 },
      lease: { receipt: answer.receipt, state: 'held', visibleAt: clock.now() + 600_000 },
    });
    expect(Math.abs((only().lease?.endsAt ?? 0) - clock.now() - 600_000)).toBeLessThanOrEqual(1000);
    await raw.deleteMessage('orders', { id: message.id, receipt: only().lease?.receipt ?? '' });
  });

  test.each([
    ['that is known', 5000, 5000],
    ['that is not known', undefined, 0],
  ])('whose answer CORS hides ends by what was asked, and by a clock of the service %s', async (_, skew, ahead) => {
    const message = await leaseOne();
    const updateMessage = vi.fn<Account['updateMessage']>();
    updateMessage.mockResolvedValue({ receipt: undefined, visibleAt: undefined });
    account = recordedAccount({ ...raw, clockSkew: () => skew, updateMessage }, all, clock.now);
    await account.updateMessage('orders', message, { visibilityTimeout: 60 });
    const ends = clock.now() + 60_000;
    expect(only().lease).toMatchObject({ state: 'unknown', endsAt: ends, visibleAt: ends + ahead });
  });

  test('that the browser never sends leaves the lease as it is', async () => {
    const message = await leaseOne();
    const updateMessage = vi.fn<Account['updateMessage']>().mockRejectedValue(new DOMException('No.', 'SecurityError'));
    account = recordedAccount({ ...raw, updateMessage }, all, clock.now);
    await expect(account.updateMessage('orders', message, { visibilityTimeout: 60 })).rejects.toThrow('No.');
    expect(only()).toMatchObject({ pending: undefined, lease: { receipt: message.receipt, state: 'held' } });
  });

  test('to 0 ends the lease', async () => {
    await account.updateMessage('orders', await leaseOne(), { visibilityTimeout: 0 });
    expect(only()).toMatchObject({ lease: undefined, standing: { is: 'there' }, message: { text: 'a' } });
  });

  test('is pending until it is answered', async () => {
    const message = await leaseOne();
    const answered = account.updateMessage('orders', message, { visibilityTimeout: 600, text: 'b' });
    expect(only().pending).toMatchObject({ kind: 'update', total: 600, message: { text: 'b' } });
    expect(only().message?.text).toBe('a');
    await answered;
    expect(only().pending).toBeUndefined();
  });

  test('whose answer is lost leaves text and receipt unknown', async () => {
    const message = await leaseOne();
    lose({ lostAfter: 1 });
    await expect(account.updateMessage('orders', message, { visibilityTimeout: 60, text: 'b' })).rejects.toThrow();
    expect(only()).toMatchObject({
      pending: undefined,
      message: { text: 'a' },
      maybeText: 'b',
      lease: { state: 'unknown', because: 'lostAnswer', endsAt: clock.now() + 60_000 },
    });
  });

  test('with a void receipt ends the lease, and proves nothing', async () => {
    const message = await leaseOne();
    clock.advance(31_000);
    await raw.receiveMessages('orders');
    await expect(account.updateMessage('orders', message, { visibilityTimeout: 60 })).rejects.toThrow();
    expect(only()).toMatchObject({
      standing: { is: 'unknown', since: 'refused' },
      lease: { state: 'ended', ending: 'refused' },
    });
  });

  test('with a malformed receipt reports it', async () => {
    const { id } = await leaseOne();
    await expect(
      account.updateMessage('orders', { id, receipt: '?' }, { visibilityTimeout: 60 }),
    ).rejects.toMatchObject({ status: 400 });
    expect(only().lease).toMatchObject({ state: 'ended', ending: 'malformed' });
  });

  test('that is refused for another reason says nothing of the message', async () => {
    const message = await leaseOne();
    sandbox.setFaults({ busy: 1 });
    const before = only();
    await expect(account.updateMessage('orders', message, { visibilityTimeout: 60 })).rejects.toMatchObject({
      status: 503,
    });
    expect(only()).toEqual(before);
  });

  test('that is aborted in mid-flight may have been carried out', async () => {
    const message = await leaseOne();
    const stop = new AbortController();
    const answered = account.updateMessage('orders', message, { visibilityTimeout: 60 }, { signal: stop.signal });
    stop.abort();
    await expect(answered).rejects.toMatchObject({ name: 'AbortError' });
    expect(only()).toMatchObject({ pending: undefined, lease: { state: 'unknown', because: 'lostAnswer' } });
  });
});

describe('a delete', () => {
  test('with its 204 is final', async () => {
    await account.deleteMessage('orders', await leaseOne());
    expect(only()).toMatchObject({ standing: { is: 'deleted', how: 'deleted' }, lease: undefined, pending: undefined });
  });

  test('whose answers are all lost leaves it unknown, and the lease as it is', async () => {
    const message = await leaseOne();
    lose({ lostBefore: 1 });
    await expect(account.deleteMessage('orders', message)).rejects.toThrow();
    expect(only()).toMatchObject({ standing: { is: 'unknown', since: 'delete' }, lease: { state: 'held' } });
    expect(only().standing).not.toHaveProperty('likely');
    heal();
    await account.deleteMessage('orders', message);
    expect(only().standing).toMatchObject({ is: 'deleted' });
  });

  test('whose repeat is refused after a lost answer was most likely carried out', async () => {
    const message = await leaseOne();
    lose({ lostAfter: 1 });
    beforeRepeat = heal;
    await expect(account.deleteMessage('orders', message)).rejects.toMatchObject({ afterLostAnswer: true });
    expect(only()).toMatchObject({ standing: { is: 'unknown', since: 'delete', likely: true }, lease: undefined });
  });

  test('that is refused without a lost answer proves nothing', async () => {
    const message = await leaseOne();
    await raw.deleteMessage('orders', message);
    await expect(account.deleteMessage('orders', message)).rejects.toMatchObject({ afterLostAnswer: false });
    expect(only().standing).toMatchObject({ is: 'unknown', since: 'refused' });
  });
});

describe('a Clear', () => {
  test('removes all that is known, and nothing of other queues', async () => {
    await leaseOne();
    await raw.createQueue('others');
    await raw.sendMessage('others', { text: 'b' });
    await account.peekMessages('others');
    await account.clearMessages('orders');
    expect(only()).toMatchObject({ standing: { is: 'deleted', how: 'cleared' }, message: { text: 'a' } });
    const [other] = all.of({ connectionId: raw.id, queue: 'others' }).all();
    expect(other?.standing.is).toBe('there');
  });

  test.each([
    ['lost', () => lose({ lostBefore: 1 })],
    ['called off', () => {}],
  ])('whose answer is %s leaves all unknown', async (how, act) => {
    await leaseOne();
    act();
    const stop = new AbortController();
    const answered = account.clearMessages('orders', { signal: stop.signal });
    if (how === 'called off') stop.abort();
    await expect(answered).rejects.toThrow();
    expect(only()).toMatchObject({ standing: { is: 'unknown', since: 'clear' }, lease: { state: 'held' } });
  });

  test('that is refused says nothing', async () => {
    await leaseOne();
    sandbox.setFaults({ busy: 1 });
    await expect(account.clearMessages('orders')).rejects.toThrow();
    expect(only().standing.is).toBe('there');
  });
});

describe('a queue that is gone', () => {
  test('has no messages any more, when this tab deleted it', async () => {
    await leaseOne();
    await account.deleteQueue('orders');
    expect(only()).toMatchObject({ standing: { is: 'deleted', how: 'queueDeleted' }, lease: undefined });
  });

  test('leaves all unknown where the answer was lost', async () => {
    await leaseOne();
    lose({ lostBefore: 1 });
    await expect(account.deleteQueue('orders')).rejects.toThrow();
    expect(only().standing).toMatchObject({ is: 'unknown', since: 'clear' });
  });

  test.each<[string, (message: { id: string; receipt: string }) => Promise<unknown>]>([
    ['a peek', () => account.peekMessages('orders')],
    ['a receive', () => account.receiveMessages('orders')],
    ['an update', (message) => account.updateMessage('orders', message, { visibilityTimeout: 9 })],
    ['a delete', (message) => account.deleteMessage('orders', message)],
    ['a Clear', () => account.clearMessages('orders')],
    ['a delete of the queue', () => account.deleteQueue('orders')],
  ])('is recorded after %s', async (_, call) => {
    const message = await leaseOne();
    await raw.deleteQueue('orders');
    await expect(call(message)).rejects.toMatchObject({ code: 'QueueNotFound' });
    expect(only()).toMatchObject({ standing: { is: 'deleted', how: 'queueDeleted' }, pending: undefined });
  });
});

test('every request ends once, whatever becomes of it', async () => {
  const [began, ended] = [vi.spyOn(known, 'began'), vi.spyOn(known, 'ended')];
  const calls = [
    () => account.peekMessages('orders'),
    () => account.receiveMessages('orders'),
    () => account.updateMessage('orders', { id: 'none', receipt: 'none' }, { visibilityTimeout: 60 }),
    () => account.deleteMessage('orders', { id: 'none', receipt: 'none' }),
    () => account.clearMessages('orders'),
    () => account.deleteQueue('orders'),
  ];
  for (const call of [...calls, ...calls]) await call().catch(() => {});
  expect(began).toHaveBeenCalledTimes(calls.length * 2);
  expect(ended.mock.calls.flat()).toEqual(began.mock.results.map(({ value }) => value));
});

test('what a caller asks for beside goes with each call', async () => {
  const { signal } = new AbortController();
  const deleteMessage = vi.fn<Account['deleteMessage']>().mockResolvedValue();
  const clearMessages = vi.fn<Account['clearMessages']>().mockResolvedValue();
  account = recordedAccount({ ...raw, deleteMessage, clearMessages }, all, clock.now);
  await account.deleteMessage('orders', await leaseOne(), { signal });
  await account.clearMessages('orders', { signal });
  const options = { signal, onDate: expect.any(Function) };
  expect(deleteMessage).toHaveBeenCalledWith('orders', expect.anything(), options);
  expect(clearMessages).toHaveBeenCalledWith('orders', options);
});

test('calls of a connection that was closed are answered as ever', async () => {
  const message = await leaseOne();
  all.close(raw.id);
  await expect(account.receiveMessages('orders')).resolves.toEqual([]);
  await account.updateMessage('orders', message, { visibilityTimeout: 0, text: 'b' });
  await expect(account.peekMessages('orders')).resolves.toMatchObject([{ text: 'b' }]);
  await expect(account.deleteMessage('orders', message)).rejects.toBeInstanceOf(StorageError);
  await account.clearMessages('orders');
  lose({ lostAfter: 1 });
  await expect(account.clearMessages('orders')).rejects.toBeInstanceOf(UnreachableError);
  heal();
  await account.deleteQueue('orders');
  await expect(account.peekMessages('orders')).rejects.toMatchObject({ code: 'QueueNotFound' });
  expect(known.size).toBe(0);
});

test('what is sent is no message that is known', async () => {
  await account.sendMessage('orders', { text: 'b' });
  expect(known.size).toBe(0);
});

test('what is answered after its connection was closed is not taken in', async () => {
  const message = await leaseOne();
  await raw.sendMessage('orders', { text: 'b' });
  const peeked = account.peekMessages('orders');
  const updated = account.updateMessage('orders', message, { visibilityTimeout: 60 });
  all.close(raw.id);
  expect(await peeked).toHaveLength(1);
  await updated;
  expect(known.size).toBe(0);
  await account.peekMessages('orders');
  expect(known.size).toBe(0);
  all.open(raw.id);
  await account.updateMessage(
    'orders',
    { id: message.id, receipt: (await updated).receipt ?? '' },
    { visibilityTimeout: 0 },
  );
  await account.peekMessages('orders');
  expect(known.size).toBe(2);
});

test('requests of two queues take their numbers from one row, in the order they are made and answered', async () => {
  await raw.createQueue('others');
  await raw.sendMessage('others', { text: 'b' });
  await account.peekMessages('orders');
  await account.peekMessages('others');
  const [other] = all.of({ connectionId: raw.id, queue: 'others' }).all();
  expect(other?.source?.asked).toBeGreaterThan(only().source?.answered ?? Infinity);
});

test('records are of a queue of a connection, the same object each time, and tell of every queue', async () => {
  expect(all.of({ ...REF })).toBe(all.of({ ...REF }));
  expect(all.of({ ...REF, queue: 'others' })).not.toBe(all.of(REF));
  const told: string[] = [];
  const stop = all.subscribe(({ ref }, changes, origin) => told.push(`${ref.queue} ${changes.length} ${origin}`));
  await account.peekMessages('orders');
  stop();
  await leaseOne();
  expect(told).toEqual(['orders 1 own']);
  expect([...all.queues()]).toContain(known);
});

test('a refusal keeps its kind', async () => {
  await expect(account.peekMessages('nowhere')).rejects.toBeInstanceOf(StorageError);
});

const serviceNow = () => clock.now() + 3_600_000;
