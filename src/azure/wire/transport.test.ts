import { afterEach, describe, expect, test, vi } from 'vitest';
import { importKey } from '../credentials/shared-key';
import type { Connection, Credential } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { PageBlockedError, ReadOnlyError, StorageError, TokenNeededError, UnreachableError } from '../protocol/errors';
import type { Exchange } from '../protocol/exchange';
import { createNetwork, type Network } from './network';
import { isNotSent, mayHaveSucceeded } from './retry';
import type { Call } from './signed-request';
import { createTransport, type Wire } from './transport';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const KEY: Credential = { kind: 'key', key: await importKey(EMULATOR.key) };
const SIGNATURE = 'c2VjcmV0K3NpZ25hdHVyZS8x=';
const SAS: Credential = { kind: 'sas', token: `sv=2025-11-05&sp=r&sig=${encodeURIComponent(SIGNATURE)}` };
const TOKEN: Credential = { kind: 'token', getToken: () => Promise.resolve('eyJ0eXAi.secret.token') };

const peek: Call = {
  operation: 'Peek Messages',
  method: 'GET',
  path: '/orders/messages',
  query: { peekonly: 'true' },
  repeatable: true,
};
const put: Call = {
  operation: 'Put Message',
  method: 'POST',
  path: '/orders/messages',
  body: '<QueueMessage/>',
  repeatable: false,
};
const remove: Call = {
  operation: 'Delete Queue',
  method: 'DELETE',
  path: '/orders',
  repeatable: true,
  doneWhenRepeated: ['QueueNotFound', 'QueueBeingDeleted'],
};
const removeMessage: Call = {
  operation: 'Delete Message',
  method: 'DELETE',
  path: '/orders/messages/id',
  query: { popreceipt: 'AgAA' },
  repeatable: true,
};

/** What a message may say, as a peek gives it. */
const TEXT_WITH_TIME = `<QueueMessagesList><QueueMessage><MessageText>log\nTime:${new Date(NOW - 9e8).toISOString()}</MessageText></QueueMessage></QueueMessagesList>`;

type Reply = Response | Error | ((request: Request) => Response);
const answer = (status: number, headers: Record<string, string> = {}, body: string | null = null) =>
  new Response(body, { status, headers });
const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  answer(status, { 'x-ms-error-code': code, ...headers });
const refusedLate = () => refusal(403, 'AuthenticationFailed', { date: new Date(NOW - 1_024_000).toUTCString() });
const gone = () => refusal(404, 'MessageNotFound');
const busy = () => refusal(503, 'ServerBusy');
const failing = () => refusal(500, 'InternalError');
const lost = () => new TypeError('Failed to fetch');

const renewing = (tokens: string[]): Credential & { asked: string[] } => {
  const asked: string[] = [];
  let held = 'first.access.token';
  return {
    kind: 'token',
    asked,
    getToken: async () => held,
    renewToken: async (refused) => {
      asked.push(refused);
      const next = tokens.shift();
      if (next === undefined) throw new TokenNeededError('None.');
      return (held = next);
    },
  };
};
const expired = (headers: Record<string, string> = {}) => refusal(401, 'InvalidAuthenticationInfo', headers);

/** A transport whose service gives these replies one by one, with no time passing but what it asks to wait. */
function wired(
  replies: Reply[],
  {
    credential = KEY,
    endpoint = 'https://contosoq.queue.core.windows.net',
    signingTime,
    secondary,
    guard,
    nextId,
    explain,
    network,
    delay,
  }: {
    credential?: Credential;
    endpoint?: string;
    signingTime?: () => number;
    secondary?: Wire['secondary'];
    guard?: Wire['guard'];
    nextId?: Wire['nextId'];
    explain?: Wire['explain'];
    network?: Network;
    delay?: Wire['delay'];
  } = {},
) {
  const requests: Request[] = [];
  const exchanges: Exchange[] = [];
  const waits: number[] = [];
  const connection: Connection = { account: 'contosoq', endpoint, credential };
  const transport = createTransport(connection, {
    fetch: (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      const reply = replies.shift() ?? answer(200);
      if (reply instanceof Error) return Promise.reject(reply);
      return Promise.resolve(reply instanceof Response ? reply : reply(request));
    },
    observe: (exchange) => exchanges.push(exchange),
    ...(signingTime && { signingTime }),
    ...(secondary && { secondary }),
    ...(guard && { guard }),
    ...(nextId && { nextId }),
    explain,
    ...(network && { network: () => network }),
    now: () => NOW,
    random: () => 0,
    delay: delay ?? ((milliseconds) => Promise.resolve(void waits.push(milliseconds))),
  });
  return { ...transport, requests, exchanges, waits, connection };
}

describe('a request', () => {
  test('is dated and signed with the time that it is given, and logged with the time of this device', async () => {
    const signingTime = () => NOW - 1_024_000;
    const { send, requests, exchanges } = wired([], { signingTime });
    await send(peek);
    expect(requests[0]?.headers.get('x-ms-date')).toBe('Fri, 02 Jan 2026 02:47:01 GMT');
    expect(exchanges[0]?.request.stringToSign).toContain('x-ms-date:Fri, 02 Jan 2026 02:47:01 GMT');
    expect(exchanges[0]?.startedAt).toEqual(new Date(NOW));
  });

  test('that is refused tells the time of the service even where `Date` is hidden', async () => {
    const told =
      '<Error><Code>AuthenticationFailed</Code><Message>No.\nTime:2026-01-02T02:47:01.0000000Z</Message></Error>';
    const { send, clockSkew } = wired([answer(403, {}, told)]);
    await expect(send(peek)).rejects.toThrow();
    expect(Math.abs((clockSkew() ?? 0) + 1_024_000)).toBeLessThan(1000);
  });

  test('that is refused tells how far its own time was off, whatever clock it was signed by', async () => {
    const byDevice = wired([refusedLate()]);
    const error = (await byDevice.send(peek).catch((thrown: unknown) => thrown)) as StorageError;
    expect(Math.abs((error.signedOffMs ?? 0) - 1_024_000)).toBeLessThan(1000);
    const byService = wired([refusedLate()], { signingTime: () => NOW - 1_024_000 });
    const other = (await byService.send(peek).catch((thrown: unknown) => thrown)) as StorageError;
    expect(Math.abs(other.signedOffMs ?? Number.NaN)).toBeLessThan(1000);
    const withSas = wired([refusedLate()], { credential: SAS });
    expect(await withSas.send(peek).catch((thrown: unknown) => thrown)).toHaveProperty('signedOffMs', undefined);
  });

  test('is signed, dated and versioned with a key', async () => {
    const { send, requests } = wired([]);
    await send(peek);
    const [request] = requests;
    expect(request?.headers.get('authorization')).toMatch(/^SharedKey contosoq:[\w+/]{43}=$/);
    expect(request?.headers.get('x-ms-date')).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
    expect(request?.headers.get('x-ms-version')).toBe('2024-11-04');
    expect(request?.headers.has('content-type')).toBe(false);
    expect(request?.cache).toBe('no-store');
  });

  test('with a body says it is XML', async () => {
    const { send, requests } = wired([answer(201)]);
    await send(put);
    expect(requests[0]?.headers.get('content-type')).toBe('application/xml');
    expect(await requests[0]?.text()).toBe('<QueueMessage/>');
  });

  test('with a SAS has it in the address and no header at all, so that a GET needs no preflight', async () => {
    const { send, requests } = wired([], { credential: SAS });
    await send(peek);
    expect(requests[0]?.url).toBe(
      `https://contosoq.queue.core.windows.net/orders/messages?peekonly=true&sv=2025-11-05&sp=r&sig=${encodeURIComponent(SIGNATURE)}`,
    );
    expect([...(requests[0]?.headers ?? [])]).toEqual([]);
  });

  test('with a token has it in the Authorization header', async () => {
    const { send, requests } = wired([], { credential: TOKEN });
    await send(peek);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer eyJ0eXAi.secret.token');
    expect(requests[0]?.headers.get('x-ms-version')).toBe('2024-11-04');
  });

  test('encodes spaces, plus, slash and equals in its query, and leaves out what is empty', async () => {
    const { send, requests } = wired([]);
    await send({ ...peek, query: { prefix: 'a b', popreceipt: 'x+/=', marker: '', count: undefined, maxresults: 0 } });
    expect(new URL(requests[0]?.url ?? '').search).toBe('?prefix=a%20b&popreceipt=x%2B%2F%3D&maxresults=0');
  });

  test('asks for a fresh token and a fresh signature at each attempt', async () => {
    let issued = 0;
    const credential: Credential = { kind: 'token', getToken: () => Promise.resolve(`token-${++issued}`) };
    const { send, requests } = wired([refusal(503, 'ServerBusy')], { credential });
    await send(peek);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('to the secondary is refused when the account has none', async () => {
    const { send, requests } = wired([]);
    await expect(send({ ...peek, secondary: true })).rejects.toThrow('This account has no secondary endpoint.');
    expect(requests).toEqual([]);
  });
});

describe('a failed attempt', () => {
  const cases: [name: string, call: Call, reply: () => Reply, repeated: boolean][] = [
    ['503 to a peek', peek, () => refusal(503, 'ServerBusy'), true],
    ['503 to a put: it was refused before it started', put, () => refusal(503, 'ServerBusy'), true],
    ['500 to a peek', peek, () => refusal(500, 'InternalError'), true],
    ['500 to a put', put, () => refusal(500, 'InternalError'), false],
    ['500 OperationTimedOut to a delete', remove, () => refusal(500, 'OperationTimedOut'), true],
    ['502 without a code to a peek', peek, () => answer(502), true],
    ['a lost connection of a peek', peek, lost, true],
    ['a lost connection of a put', put, lost, false],
    ['a timeout of a peek', peek, () => new DOMException('Too long', 'TimeoutError'), false],
    ['400 to a peek', peek, () => refusal(400, 'InvalidQueryParameterValue'), false],
    ['403 to a peek', peek, () => refusal(403, 'AuthenticationFailed'), false],
    ['404 to a first delete', remove, () => refusal(404, 'QueueNotFound'), false],
    ['409 to a peek', peek, () => refusal(409, 'QueueBeingDeleted'), false],
  ];
  test.each(cases.filter(([, , , repeated]) => repeated))('is repeated after %s', async (_, call, reply) => {
    const { send, requests, exchanges } = wired([reply(), answer(200)]);
    expect((await send(call)).status).toBe(200);
    expect(requests).toHaveLength(2);
    expect(exchanges.map(({ attempt, willRetry }) => [attempt, willRetry])).toEqual([
      [1, undefined],
      [1, true],
      [2, undefined],
      [2, undefined],
    ]);
    expect(new Set(exchanges.map(({ callId }) => callId)).size).toBe(1);
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(2);
  });

  test.each(cases.filter(([, , , repeated]) => !repeated))('is not repeated after %s', async (_, call, reply) => {
    const { send, requests } = wired([reply(), answer(200)]);
    await expect(send(call)).rejects.toThrow();
    expect(requests).toHaveLength(1);
  });

  test('is given up after four attempts, with waits that double', async () => {
    const { send, requests, waits } = wired([lost(), lost(), lost(), lost(), answer(200)]);
    await expect(send(peek)).rejects.toThrow(UnreachableError);
    expect(requests).toHaveLength(4);
    expect(waits).toEqual([250, 500, 1000]);
  });

  test('waits as long as Retry-After says, in seconds or until a date', async () => {
    const inSeven = new Date(NOW + 7000).toUTCString();
    const { send, waits } = wired([
      refusal(503, 'ServerBusy', { 'retry-after': '3' }),
      refusal(503, 'ServerBusy', { 'retry-after': inSeven }),
    ]);
    await send(put);
    expect(waits).toEqual([3000, 7000]);
  });

  test('is not repeated when Retry-After asks for more than a minute, which the error then says', async () => {
    const { send, waits } = wired([refusal(503, 'ServerBusy', { 'retry-after': '90' })]);
    await expect(send(peek)).rejects.toMatchObject({ code: 'ServerBusy', retryAfterSeconds: 90 });
    expect(waits).toEqual([]);
  });
});

describe('a delete of a queue whose first answer was lost', () => {
  test.each([
    ['lost connection', lost(), 404, 'QueueNotFound'],
    ['500', refusal(500, 'InternalError'), 404, 'QueueNotFound'],
    ['lost connection', lost(), 409, 'QueueBeingDeleted'],
  ])('is done when after a %s the repeat meets %i %s', async (_, first, status, code) => {
    const { send } = wired([first, refusal(status, code)]);
    expect((await send(remove)).status).toBe(status);
  });

  test.each([
    [404, 'ResourceNotFound'],
    [409, 'QueueDisabled'],
  ])('is not taken as done when the repeat meets %i %s, which says nothing of the queue', async (status, code) => {
    const { send } = wired([lost(), refusal(status, code)]);
    await expect(send(remove)).rejects.toMatchObject({ code, afterLostAnswer: true });
  });

  test('is not taken as done after a 503, which had refused it', async () => {
    const { send } = wired([refusal(503, 'ServerBusy'), refusal(404, 'QueueNotFound')]);
    await expect(send(remove)).rejects.toMatchObject({ code: 'QueueNotFound', afterLostAnswer: false });
  });
});

describe('a failure says whether an earlier attempt may have been carried out', () => {
  test.each<[name: string, replies: () => Reply[], facts: object, afterLostAnswer: boolean]>([
    // A receipt that was void all along is refused alike, so it does not prove that the first attempt deleted.
    ['404 after a lost answer', () => [lost(), gone()], { code: 'MessageNotFound' }, true],
    ['404 after a 500', () => [failing(), gone()], { code: 'MessageNotFound' }, true],
    ['404 after a lost answer and two 503', () => [lost(), busy(), busy(), gone()], { status: 404 }, true],
    ['404 after a 503 and a lost answer', () => [busy(), lost(), gone()], { status: 404 }, true],
    ['503 to the end after a lost answer', () => [lost(), busy(), busy(), busy()], { status: 503 }, true],
    ['400 after a lost answer', () => [lost(), refusal(400, 'PopReceiptMismatch')], { status: 400 }, true],
    ['no answer after a lost answer', () => [lost(), lost(), lost(), lost()], { name: 'UnreachableError' }, true],
    ['no answer after a 500', () => [busy(), busy(), failing(), lost()], { name: 'UnreachableError' }, true],
    ['404 at once', () => [gone()], { status: 404 }, false],
    ['404 after a 503', () => [busy(), gone()], { status: 404 }, false],
    ['503 to the end', () => [busy(), busy(), busy(), busy()], { status: 503 }, false],
    ['no answer after 503', () => [busy(), busy(), busy(), lost()], { name: 'UnreachableError' }, false],
    ['500 after 503', () => [busy(), busy(), busy(), failing()], { status: 500 }, false],
  ])('%s', async (_, replies, facts, afterLostAnswer) => {
    const { send } = wired(replies());
    await expect(send(removeMessage)).rejects.toMatchObject({ ...facts, afterLostAnswer });
  });

  test('not of a call that goes on after a 503 alone, whatever comes of it', async () => {
    for (const reply of [lost(), failing(), busy()]) {
      const { send } = wired([reply, refusal(400, 'InvalidInput')]);
      await expect(send(put)).rejects.toMatchObject({ afterLostAnswer: false });
    }
  });

  test('of the same call alone', async () => {
    const { send } = wired([lost(), gone(), gone()]);
    await expect(send(removeMessage)).rejects.toMatchObject({ afterLostAnswer: true });
    await expect(send(removeMessage)).rejects.toMatchObject({ afterLostAnswer: false });
  });

  test('also when the repeat is refused for its token', async () => {
    const { send } = wired([lost(), expired()], { credential: renewing([]) });
    await expect(send(removeMessage)).rejects.toMatchObject({ status: 401, afterLostAnswer: true });
    const renewed = wired([lost(), expired(), gone()], { credential: renewing(['second']) });
    await expect(renewed.send(removeMessage)).rejects.toMatchObject({ status: 404, afterLostAnswer: true });
  });
});

describe('an unknown outcome', () => {
  test('is said to be ambiguous when the connection of a put breaks', async () => {
    const { send } = wired([lost()]);
    const error = await send(put).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error).toMatchObject({
      ambiguous: true,
      message: 'Put Message got no answer that this page can read. It may have been carried out all the same.',
    });
  });

  test.each<[what: string, call: Call, ambiguous: boolean]>([
    ['a put', put, true],
    ['a delete, which could be done twice', removeMessage, true],
    ['a read', peek, false],
  ])(
    'is said of %s that is answered with a redirect, which is neither followed nor repeated',
    async (_, call, ambiguous) => {
      // As a browser gives it; Node has the status.
      const opaque = Object.defineProperties(new Response(), {
        type: { value: 'opaqueredirect' },
        status: { value: 0 },
      });
      for (const redirect of [opaque, answer(307, { location: 'https://other.example/' })]) {
        const { send, requests, exchanges } = wired([redirect, answer(200)]);
        const error = await send(call).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(UnreachableError);
        expect(error).toMatchObject({ redirected: true, ambiguous });
        expect(mayHaveSucceeded(error)).toBe(true);
        expect(requests.map((request) => request.redirect)).toEqual(['manual']);
        expect(exchanges.at(-1)?.failure?.message).toMatch(/was answered with a redirect, which is not followed\./);
      }
    },
  );

  test('is not ambiguous for what can be done twice', async () => {
    const { send } = wired([lost(), lost(), lost(), lost()]);
    await expect(send(peek)).rejects.toMatchObject({ ambiguous: false });
  });

  test('is ambiguous, too, when the connection breaks in the middle of the answer', async () => {
    const broken = new Response(new ReadableStream({ pull: (controller) => controller.error(lost()) }), {
      status: 201,
    });
    const { send } = wired([broken]);
    await expect(send(put)).rejects.toMatchObject({ name: 'UnreachableError', ambiguous: true });
  });
});

test('what this page may not reach is told as that, was not sent and is not repeated', async () => {
  const blocked = new PageBlockedError('https://queues.example/orders');
  for (const call of [peek, put]) {
    const { send, requests, exchanges } = wired([blocked]);
    const thrown = await send(call).catch((error: unknown) => error);
    expect(thrown).toBe(blocked);
    expect(mayHaveSucceeded(thrown)).toBe(false);
    expect(requests).toHaveLength(1);
    expect(exchanges.at(-1)?.failure).toEqual({ message: blocked.message });
  }
});

test('a part of the page that did not arrive for a request is no silence of the service, and nothing is repeated', async () => {
  const missing = Object.assign(new Error('A part of this page did not arrive.'), { name: 'PartError' });
  for (const call of [peek, put]) {
    const { send, requests, exchanges } = wired([missing]);
    const thrown = await send(call).catch((error: unknown) => error);
    expect(thrown).toBe(missing);
    expect(mayHaveSucceeded(thrown)).toBe(false);
    expect(requests).toHaveLength(1);
    expect(exchanges.at(-1)?.failure).toEqual({ message: missing.message });
  }
});

describe('an abort', () => {
  test('passes untouched and is never repeated', async () => {
    const controller = new AbortController();
    const { send, requests, exchanges } = wired([
      () => {
        controller.abort();
        throw controller.signal.reason;
      },
    ]);
    const thrown = await send({ ...peek, signal: controller.signal }).catch((error: unknown) => error);
    expect(thrown).toBe(controller.signal.reason);
    expect(requests).toHaveLength(1);
    expect(exchanges.at(-1)?.failure).toEqual({ message: 'Cancelled' });
  });

  test('before the call sends nothing', async () => {
    const { send, requests } = wired([]);
    const reason = new Error('changed my mind');
    await expect(send({ ...peek, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests).toEqual([]);
  });

  test('ends a wait between attempts', async () => {
    const controller = new AbortController();
    const send = createTransport(
      { account: 'contosoq', endpoint: 'https://contosoq.queue.core.windows.net', credential: KEY },
      {
        fetch: () => Promise.reject(lost()),
        observe: ({ willRetry }) => {
          if (willRetry) controller.abort();
        },
      },
    ).send;
    const thrown = await send({ ...peek, signal: controller.signal }).catch((error: unknown) => error);
    expect(thrown).toBe(controller.signal.reason);
  });
});

/** Resolves to whether a Put, which is not repeated, has failed after so many ms. */
async function hasFailedAfter(milliseconds: number) {
  vi.useFakeTimers();
  const connection: Connection = {
    account: 'contosoq',
    endpoint: 'https://contosoq.queue.core.windows.net',
    credential: KEY,
  };
  const asked = { count: 0 };
  const { send } = createTransport(connection, {
    fetch: (_, init) => {
      asked.count++;
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    },
  });
  let failed: unknown;
  void send(put).catch((error: unknown) => (failed = error));
  // Signing is not of fake time.
  await vi.waitFor(() => expect(asked.count).toBe(1));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return failed instanceof UnreachableError;
}

describe('a service that never answers', () => {
  afterEach(() => void vi.useRealTimers());

  // Twice the 30 s that the service itself takes at most for one request.
  test('is given up after a minute, and not before', async () => {
    expect(await hasFailedAfter(59_000)).toBe(false);
    expect(await hasFailedAfter(61_000)).toBe(true);
  });
});

describe('ids', () => {
  test('come from `nextId`: one for the call, one for each attempt', async () => {
    const ids = ['call', 'first', 'second'];
    const { send, exchanges, requests } = wired([lost()], { nextId: () => ids.shift() ?? 'no more' });
    await send(peek);
    expect(new Set(exchanges.map(({ callId, id }) => `${callId} ${id}`))).toEqual(
      new Set(['call first', 'call second']),
    );
    expect(requests.map(({ headers }) => headers.get('x-ms-client-request-id'))).toEqual(['first', 'second']);
  });

  test('of two accounts differ without `nextId`', async () => {
    const wires = [wired([]), wired([])];
    for (const { send } of wires) await send(peek);
    expect(new Set(wires.flatMap(({ exchanges }) => exchanges.map(({ id }) => id))).size).toBe(2);
  });
});

const explain = ({ code }: StorageError) => Promise.resolve(`Explained: ${code}`);

describe('an error', () => {
  test('of a refusal has its explanation before it is thrown', async () => {
    const { send } = wired([refusal(403, 'AuthorizationPermissionMismatch'), refusal(404, 'QueueNotFound')], {
      explain,
    });
    await expect(send(peek)).rejects.toHaveProperty('explanation', 'Explained: AuthorizationPermissionMismatch');
    await expect(send(peek)).rejects.toHaveProperty('explanation', undefined);
  });

  test('without body and code reads well by its status text', async () => {
    const { send } = wired([new Response(null, { status: 400, statusText: 'Value of numofmessages is out of range' })]);
    await expect(send(peek)).rejects.toMatchObject({
      name: 'StorageError',
      message: 'The service answered 400: Value of numofmessages is out of range',
      code: undefined,
      status: 400,
    });
  });

  test('without even a status text still says something', async () => {
    const { send } = wired([answer(400)]);
    await expect(send(peek)).rejects.toThrow('The service answered 400 without a reason.');
  });

  test('points to its exchange', async () => {
    const { send, exchanges } = wired([refusal(404, 'QueueNotFound', { 'x-ms-request-id': 'abc' })]);
    const error = await send(peek).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ exchangeId: exchanges[0]?.id, requestId: 'abc' });
  });
});

describe('a guard', () => {
  test('also stops a call that waited for a token', async () => {
    let isReadOnly = false;
    const credential: Credential = {
      kind: 'token',
      getToken: async () => {
        isReadOnly = true;
        return 'eyJ0eXAi.secret.token';
      },
    };
    const guard = () => {
      if (isReadOnly) throw new ReadOnlyError('Put Message');
    };
    const { send, requests, exchanges } = wired([answer(201)], { credential, guard });
    await expect(send(put)).rejects.toThrow(ReadOnlyError);
    expect(requests).toEqual([]);
    expect(exchanges).toEqual([]);
  });
});

describe('the clock', () => {
  test('of the service is measured from its Date header', async () => {
    const { send, clockSkew } = wired([answer(200, { date: new Date(NOW - 1_024_000).toUTCString() })]);
    expect(clockSkew()).toBeUndefined();
    await send(peek);
    expect(clockSkew()).toBeGreaterThanOrEqual(-1_024_000);
    expect(clockSkew()).toBeLessThan(-1_023_000);
  });

  test('stays unknown while the header is hidden', async () => {
    const { send, clockSkew } = wired([answer(200)]);
    await send(peek);
    expect(clockSkew()).toBeUndefined();
  });

  test('is not read from the text of a message', async () => {
    const { send, clockSkew } = wired([answer(200, {}, TEXT_WITH_TIME)]);
    await send(peek);
    expect(clockSkew()).toBeUndefined();
  });
});

/** What a call is told, and that it was told before the call ended. */
async function datesOf(replies: Reply[], call: Call, credential: Credential = KEY): Promise<Date[]> {
  const dates: Date[] = [];
  let ended = false;
  const onDate = (one: Date) => {
    expect(ended).toBe(false);
    dates.push(one);
  };
  await wired(replies, { credential })
    .send({ ...call, onDate })
    .catch(() => {});
  ended = true;
  return dates;
}

describe('the date of an answer', () => {
  const SERVED = new Date(NOW - 3000);
  const date = SERVED.toUTCString();
  const told = `<Error><Code>MessageNotFound</Code><Message>No.\nTime:${SERVED.toISOString()}</Message></Error>`;
  const earlier = new Date(NOW - 60_000).toUTCString();

  test.each<[what: string, replies: () => Reply[], call: Call]>([
    ['success', () => [answer(201, { date })], put],
    ['refusal', () => [refusal(404, 'MessageNotFound', { date })], removeMessage],
    ['refusal whose `Date` is hidden: its body tells', () => [answer(404, {}, told)], removeMessage],
    ['refusal that means that it is done', () => [lost(), refusal(404, 'QueueNotFound', { date })], remove],
    [
      'the last of several attempts, and of no other',
      () => [refusal(503, 'ServerBusy', { date: earlier }), answer(200, { date })],
      peek,
    ],
    ['x-ms-date, where `Date` is hidden', () => [answer(200, { 'x-ms-date': date })], peek],
  ])('is reported of a %s', async (_, replies, call) => {
    expect(await datesOf(replies(), call)).toEqual([SERVED]);
  });

  test('is reported of a refused token, when there is no other', async () => {
    expect(await datesOf([expired({ date })], peek, renewing([]))).toEqual([SERVED]);
    expect(await datesOf([expired({ date }), answer(200)], peek, renewing(['second']))).toEqual([]);
  });

  test.each<[what: string, replies: () => Reply[], call: Call]>([
    ['a rule hides it', () => [answer(200)], peek],
    ['a rule hides that of the last attempt', () => [refusal(503, 'ServerBusy', { date }), answer(200)], peek],
    ['no answer came', () => [lost()], put],
    ['it is none', () => [answer(200, { date: 'yesterday' })], peek],
    ['it would be that of a text', () => [answer(200, {}, TEXT_WITH_TIME)], peek],
  ])('is not reported when %s', async (_, replies, call) => {
    expect(await datesOf(replies(), call)).toEqual([]);
  });
});

describe('while the secondary endpoint is read', () => {
  const host = 'https://contosoq-secondary.queue.core.windows.net';

  test('reads go there, signed for the account itself', async () => {
    const { send, requests, exchanges } = wired([], { secondary: () => ({ reads: true, endpoint: host }) });
    await send(peek);
    expect(requests[0]?.url).toBe(`${host}/orders/messages?peekonly=true`);
    expect(exchanges[0]?.request.stringToSign).toMatch(/\n\/contosoq\/orders\/messages\npeekonly:true$/);
  });

  test('changes are refused with the reason, and nothing is sent', async () => {
    const { send, requests } = wired([], { secondary: () => ({ reads: true, endpoint: host }) });
    for (const call of [put, remove]) {
      await expect(send(call)).rejects.toThrow(/^Not sent\. This page reads .* read-only/);
    }
    await expect(send({ ...peek, operation: 'Get Messages' })).rejects.toThrow(/read-only/);
    expect(requests).toEqual([]);
  });

  test('and afterwards all calls go to the primary, except those for the secondary alone', async () => {
    let reads = true;
    const { send, requests } = wired([], { secondary: () => ({ reads, endpoint: host }) });
    await send(peek);
    reads = false;
    await send(put);
    await send({ ...peek, secondary: true });
    expect(requests.map(({ url }) => new URL(url).host)).toEqual([
      'contosoq-secondary.queue.core.windows.net',
      'contosoq.queue.core.windows.net',
      'contosoq-secondary.queue.core.windows.net',
    ]);
  });
});

/** A service that quotes in its refusal all that it was sent. */
const quoting = (request: Request) => {
  const { searchParams, search } = new URL(request.url);
  // Some servers write percent signs with small letters.
  const small = search.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
  const said = [request.headers.get('authorization'), searchParams.get('sig'), search, small].join(' ');
  return new Response(said, {
    status: 403,
    statusText: `Forbidden ${said}`,
    headers: { 'x-ms-error-code': 'AuthenticationFailed', 'x-said': said },
  });
};

describe('an exchange', () => {
  test('has the request and the response as sent', async () => {
    const { send, exchanges } = wired([answer(201, { 'x-ms-request-id': 'abc' }, '<QueueMessagesList/>')]);
    await send(put);
    expect(exchanges).toHaveLength(2);
    expect(exchanges[0]).toMatchObject({
      operation: 'Put Message',
      method: 'POST',
      attempt: 1,
      startedAt: new Date(NOW),
      request: { body: '<QueueMessage/>' },
    });
    expect(exchanges[0]?.request.stringToSign).toMatch(/^POST\n\n\n15\n\napplication\/xml\n/);
    expect(exchanges[0]?.response).toBeUndefined();
    expect(exchanges[1]).toMatchObject({ response: { status: 201, body: '<QueueMessagesList/>' } });
    expect(exchanges[1]?.duration).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['a key', KEY],
    ['a SAS', SAS],
    ['a token', TOKEN],
  ])('holds no secret of %s, not even when the service quotes it', async (_, credential) => {
    const { send, requests, exchanges } = wired([quoting], { credential });
    const error = await send(peek).catch((thrown: unknown) => thrown);
    const seen = JSON.stringify(exchanges) + JSON.stringify(error);
    const [, secret = SIGNATURE] =
      /^(?:SharedKey contosoq:|Bearer )(.+)$/.exec(requests[0]?.headers.get('authorization') ?? '') ?? [];
    expect(exchanges.at(-1)?.response?.body).toContain('••••••••');
    expect(seen).not.toContain(secret);
    expect(seen.toLowerCase()).not.toContain(encodeURIComponent(secret).toLowerCase());
    expect(seen).not.toContain(EMULATOR.key);
  });
});

describe('an access token that is refused', () => {
  test('is replaced once, and any call is repeated with the new one, both attempts in the log', async () => {
    const credential = renewing(['second.access.token']);
    const { send, requests, exchanges } = wired([expired(), answer(201)], { credential });

    expect((await send(put)).status).toBe(201);
    expect(credential.asked).toEqual(['first.access.token']);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer first.access.token',
      'Bearer second.access.token',
    ]);
    const ended = exchanges.filter(({ duration }) => duration !== undefined);
    expect(ended.map(({ attempt, response, willRetry }) => [attempt, response?.status, willRetry])).toEqual([
      [1, 401, undefined],
      [1, 401, true],
      [2, 201, undefined],
    ]);
    expect(JSON.stringify(exchanges)).not.toMatch(/(?:first|second)\.access/);
  });

  test('a second time ends the call, whatever other tokens there are', async () => {
    const credential = renewing(['second', 'third']);
    const { send, requests } = wired([expired(), expired(), answer(200)], { credential });

    await expect(send(peek)).rejects.toMatchObject({ status: 401 });
    expect(requests).toHaveLength(2);
  });

  test('without another token ends the call', async () => {
    for (const tokens of [[], ['first.access.token']]) {
      const { send, requests } = wired([expired(), answer(200)], { credential: renewing(tokens) });
      await expect(send(peek)).rejects.toMatchObject({ status: 401, code: 'InvalidAuthenticationInfo' });
      expect(requests).toHaveLength(1);
    }
  });

  test('is not replaced for a missing role, nor when nobody can renew it', async () => {
    const credential = renewing(['second']);
    const { send } = wired([refusal(403, 'AuthorizationPermissionMismatch')], { credential });
    await expect(send(peek)).rejects.toMatchObject({ status: 403 });
    expect(credential.asked).toEqual([]);
    const alone = wired([expired(), answer(200)], { credential: TOKEN });
    await expect(alone.send(peek)).rejects.toMatchObject({ status: 401 });
  });

  test('names the directory that the challenge asks for', async () => {
    const challenge = 'Bearer authorization_uri=https://login.microsoftonline.com/the-tenant/oauth2/authorize';
    const { send } = wired([refusal(401, 'InvalidAuthenticationInfo', { 'www-authenticate': challenge })], {
      credential: TOKEN,
    });
    await expect(send(peek)).rejects.toMatchObject({ details: { ChallengeTenant: 'the-tenant' } });
  });
});

const offline = (isOnline = false) =>
  createNetwork({
    isOnline: () => isOnline,
    isLocal: false,
    probe: () => Promise.reject(lost()),
    wait: () => new Promise(() => {}),
  });

describe('without a network', () => {
  test('nothing that changes something is sent, and the error says that it was not', async () => {
    const { send, requests } = wired([], { network: offline() });
    const error = await send(put).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      message: 'Put Message was not sent: there is no network.',
      ambiguous: false,
      notSent: true,
      loss: 'network',
    });
    expect([mayHaveSucceeded(error), isNotSent(error), requests.length]).toEqual([false, true, 0]);
  });

  test('what only reads is tried once, as an answer would show that the browser is wrong', async () => {
    const network = offline();
    const { send, requests } = wired([lost(), answer(200)], { network });
    await expect(send(peek)).rejects.toMatchObject({ loss: 'network', notSent: false });
    expect(requests).toHaveLength(1);
    await send(peek);
    expect(network.loss()).toBeUndefined();
  });

  test('a request under way when it goes may have been carried out, and is not repeated', async () => {
    let isOnline = true;
    const network = createNetwork({ isOnline: () => isOnline, isLocal: false, probe: () => Promise.reject(lost()) });
    const { send, requests } = wired(
      [
        () => {
          isOnline = false;
          throw lost();
        },
      ],
      { network },
    );
    const error = await send(removeMessage).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ loss: 'network', notSent: false });
    expect([mayHaveSucceeded(error), isNotSent(error), requests.length]).toEqual([true, false, 1]);
  });

  test('a repeat that is not sent leaves in doubt what came before it', async () => {
    const network = offline(true);
    const { send } = wired([failing()], {
      network,
      delay: async () => network.toldOffline(),
    });
    const error = await send(removeMessage).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ notSent: true, afterLostAnswer: true, ambiguous: true });
    expect([mayHaveSucceeded(error), isNotSent(error)]).toEqual([true, false]);
  });
});
