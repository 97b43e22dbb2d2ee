import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Faults, NO_FAULTS } from './faults';
import { connectTo, type Opened, openSandbox, START } from './open-sandbox.fixture';
import { SANDBOX } from './sandbox-account';
import { accountSas } from './sas.fixture';

let opened: Opened;
let token: string;
/** Timers before a test: the client keeps the one that watches its requests. */
let timersBefore: number;

beforeEach(async () => {
  // Signatures are checked on another thread, which waits for no fake clock.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  opened = openSandbox();
  await opened.account.createQueue('orders');
  token = await accountSas();
  timersBefore = vi.getTimerCount();
});
afterEach(() => vi.useRealTimers());

const COUNT = '/orders?comp=metadata';
/** One attempt, without the client's patience. */
const ask = (path = COUNT, init: RequestInit = {}) => opened.sandbox.fetch(`${SANDBOX.endpoint}${path}&${token}`, init);
const put = (signal?: AbortSignal) =>
  ask('/orders/messages?messagettl=60', {
    method: 'POST',
    body: '<QueueMessage><MessageText>a</MessageText></QueueMessage>',
    ...(signal && { signal }),
  });
/** A piece of work on that thread: time that no fake clock can hold up. */
const turn = () => crypto.subtle.digest('SHA-256', new Uint8Array());

/** Waits, in real time, until so many waits of the sandbox and the client are under way. */
const untilWaiting = async (count = 1) => {
  while (vi.getTimerCount() !== timersBefore + count) await turn();
};

/** What so many requests, one after the other, are answered. */
const statusesOf = async (count: number) => {
  const statuses: number[] = [];
  for (let n = 0; n < count; n++) statuses.push((await ask()).status);
  return statuses;
};
const stored = async () => {
  opened.sandbox.setFaults(NO_FAULTS);
  return Number((await ask()).headers.get('x-ms-approximate-messages-count'));
};
const codeOf = async (answer: Promise<Response>) => {
  const { status, headers } = await answer;
  return [status, headers.get('x-ms-error-code')];
};

describe('on demand, a request', () => {
  test('meets nothing unless it is told to', async () => {
    expect(opened.sandbox.faults).toEqual(NO_FAULTS);
    expect((await put()).status).toBe(201);
  });

  test.each<[keyof Faults, number, string]>([
    ['busy', 503, 'ServerBusy'],
    ['serverErrors', 500, 'InternalError'],
  ])('meets %s before the service acts', async (fault, status, code) => {
    opened.sandbox.setFaults({ [fault]: 1 });
    expect(await codeOf(put())).toEqual([status, code]);
    expect(await stored()).toBe(0);
  });

  test('is lost before the service acts', async () => {
    opened.sandbox.setFaults({ lostBefore: 1 });
    await expect(put()).rejects.toThrow(TypeError);
    expect(await stored()).toBe(0);
  });

  test('is carried out and its answer lost', async () => {
    opened.sandbox.setFaults({ lostAfter: 1 });
    await expect(put()).rejects.toThrow(TypeError);
    expect(await stored()).toBe(1);
  });

  test('is carried out and its answer breaks off', async () => {
    opened.sandbox.setFaults({ truncated: 1 });
    const answer = await put();
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow(TypeError);
    expect(await stored()).toBe(1);
  });

  test('meets a fault as often as it is told, and for the same seed at the same places', async () => {
    opened.sandbox.setFaults({ busy: 0.3 });
    const statuses = await statusesOf(300);
    expect(statuses.filter((status) => status === 503).length / 300).toBeCloseTo(0.3, 1);
    opened = openSandbox();
    await opened.account.createQueue('orders');
    opened.sandbox.setFaults({ busy: 0.3 });
    expect(await statusesOf(300)).toEqual(statuses);
  });

  test('leaves the ids of messages as they are without faults', async () => {
    const { id } = await opened.account.sendMessage('orders', { text: 'a' });
    const other = openSandbox();
    await other.account.createQueue('orders');
    other.sandbox.setFaults({ busy: 0.5, lostAfter: 0.000_001 });
    for (let n = 0; n < 10; n++) await other.sandbox.fetch(`${SANDBOX.endpoint}${COUNT}&${token}`).catch(() => {});
    other.sandbox.setFaults(NO_FAULTS);
    expect((await other.account.sendMessage('orders', { text: 'a' })).id).toBe(id);
  });

  test('takes as long as it is told', async () => {
    opened.sandbox.setFaults({ latency: 400 });
    let answered = false;
    const asked = put().then(() => (answered = true));
    await untilWaiting();
    await vi.advanceTimersByTimeAsync(200);
    await untilWaiting();
    await vi.advanceTimersByTimeAsync(199);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await asked;
  });

  test.each([
    ['on the way there, before the service acts', 100, 0],
    ['on the way back, when the service has acted', 200, 1],
  ])('is called off %s', async (_, after, count) => {
    opened.sandbox.setFaults({ latency: 400 });
    const controller = new AbortController();
    const asked = put(controller.signal).catch((error: unknown) => error);
    await untilWaiting();
    await vi.advanceTimersByTimeAsync(after);
    await untilWaiting();
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await asked).toBe(reason);
    expect(await stored()).toBe(count);
  });

  test('that was called off before is not even looked at', async () => {
    const reason = new Error('enough');
    await expect(ask(COUNT, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('is refused beyond so many in one second', async () => {
    opened.sandbox.setFaults({ perSecond: 3 });
    expect(await statusesOf(5)).toEqual([200, 200, 200, 503, 503]);
    vi.advanceTimersByTime(1000);
    expect(await statusesOf(5)).toEqual([200, 200, 200, 503, 503]);
  });
});

describe('a service whose clock is off', () => {
  test('dates and judges by it, messages included, and lends for as long as it says', async () => {
    const { sandbox, account } = opened;
    sandbox.setFaults({ clockSkew: 20 * 60_000 });
    await expect(account.peekMessages('orders')).rejects.toMatchObject({
      code: 'AuthenticationFailed',
      details: { AuthenticationErrorDetail: "Request date header too old: 'Fri, 02 Jan 2026 03:04:05 GMT'" },
    });
    expect((await ask()).headers.get('date')).toBe('Fri, 02 Jan 2026 03:24:05 GMT');
    sandbox.setFaults({ clockSkew: 60_000 });
    expect((await account.sendMessage('orders', { text: 'a' })).insertedAt).toEqual(new Date(START + 60_000));
    const [lent] = await account.receiveMessages('orders', { visibilityTimeout: 30 });
    expect(lent?.visibleAt).toEqual(new Date(START + 90_000));
    // By the clock that the lease is watched by here.
    expect(sandbox.nextLeaseEnd('orders')).toBe(START + 30_000);
    sandbox.clock.advance(29_999);
    expect(await account.peekMessages('orders')).toEqual([]);
    sandbox.clock.advance(1);
    expect(await account.peekMessages('orders')).toHaveLength(1);
  });
});

describe('the client', () => {
  test('gets through faults that come and go', async () => {
    const { sandbox } = opened;
    const statuses: (number | undefined)[] = [];
    const account = connectTo(sandbox, { observe: ({ response }) => response && statuses.push(response.status) });
    sandbox.setFaults({ busy: 1 });
    const sent = account.sendMessage('orders', { text: 'a' });
    while (statuses.length === 0) await turn();
    // This client watches its requests, too.
    await untilWaiting(2);
    sandbox.setFaults(NO_FAULTS);
    await vi.advanceTimersByTimeAsync(1000);
    await expect(sent).resolves.toMatchObject({ insertedAt: new Date(START) });
    expect(statuses).toEqual([503, 201]);
  });

  test('says of an answer that was lost that the work may be done', async () => {
    opened.sandbox.setFaults({ lostAfter: 1 });
    await expect(opened.account.sendMessage('orders', { text: 'a' })).rejects.toMatchObject({
      name: 'UnreachableError',
      ambiguous: true,
    });
  });
});

describe('elsewhere', () => {
  test.each([
    'https://example.com/orders',
    'https://sandbox.queue.invalid.example/orders',
    'https://sandbox.queue.invalidx',
  ])('nobody answers: %s', async (url) => {
    await expect(opened.sandbox.fetch(url)).rejects.toThrow(TypeError);
  });
});
