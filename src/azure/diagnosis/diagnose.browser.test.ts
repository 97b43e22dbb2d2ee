import { describe, expect, test } from 'vitest';
import { importKey } from '../credentials/shared-key';
import type { Connection, Credential } from '../protocol/connection';
import { EMULATOR } from '../protocol/emulator';
import { PageBlockedError, StorageError, TokenNeededError, UnreachableError } from '../protocol/errors';
import { RelayError } from '../relay/relay-fetch';
import type { DiagnosisEnvironment } from './browser-environment';
import { diagnose } from './diagnose';
import type { Reach } from './reach';
import type { VerdictKind } from './verdict-text';

const credential: Credential = { kind: 'key', key: await importKey(EMULATOR.key) };
const cloud: Connection = { account: 'harborlane', endpoint: 'https://harborlane.queue.core.windows.net', credential };
const local: Connection = { account: EMULATOR.account, endpoint: EMULATOR.endpoint, credential };
const lost = new UnreachableError('List Queues got no answer.', { ambiguous: false });

/** A browser where everything is in order and nothing answers. */
const browser: DiagnosisEnvironment = {
  origin: 'https://queuescope.dev',
  canSign: true,
  onLine: true,
  fetch: () => Promise.reject(new TypeError('Failed to fetch')),
  permission: () => Promise.resolve(undefined),
};

async function verdictOf(connection: Connection, error: unknown, environment: Partial<DiagnosisEnvironment> = {}) {
  let verdict;
  for await (const diagnosis of diagnose(connection, error, { ...browser, ...environment }))
    verdict = diagnosis.verdict;
  return verdict;
}

const refusal = (status: number, code?: string, details: Record<string, string> = {}) =>
  new StorageError('The service said no.', { status, code, details, requestId: 'abc' });

describe('without asking the network, a diagnosis finds', () => {
  const silent: Partial<DiagnosisEnvironment> = {
    fetch: () => {
      throw new Error('A request was sent.');
    },
  };
  test.each([
    ['a page that cannot sign', cloud, { canSign: false }, 'insecurePage'],
    [
      'http called from an https page',
      { ...local, endpoint: 'http://192.168.1.5:10001/devstoreaccount1' },
      {},
      'mixedContent',
    ],
    ['a device that is offline', cloud, { onLine: false }, 'offline'],
    [
      'local network access that was refused',
      local,
      { permission: (name: string) => Promise.resolve(name === 'loopback-network' ? ('denied' as const) : undefined) },
      'localNetworkDenied',
    ],
  ])('%s', async (_, connection, environment, kind) => {
    expect((await verdictOf(connection, lost, { ...silent, ...environment }))?.kind).toBe(kind);
  });

  test.each([
    [403, 'AuthenticationFailed', {}, undefined, 'wrongKey'],
    [
      403,
      'AuthenticationFailed',
      { AuthenticationErrorDetail: 'Request date header too old: Fri, 02 Jan 2026 03:04:05 GMT' },
      undefined,
      'clockSkew',
    ],
    [403, 'AuthenticationFailed', {}, -1_024_000, 'clockSkew'],
    [403, 'AuthenticationFailed', {}, 30_000, 'wrongKey'],
    [400, 'InvalidAuthenticationInfo', {}, undefined, 'wrongKey'],
    [403, 'KeyBasedAuthenticationNotPermitted', {}, undefined, 'keyDisabled'],
    [403, 'AuthorizationPermissionMismatch', {}, undefined, 'permission'],
    [403, 'AuthorizationFailure', {}, undefined, 'networkRules'],
    [400, 'AccountRequiresHttps', {}, undefined, 'httpsOnly'],
    [400, 'FeatureNotSupportedForAccount', {}, undefined, 'noQueues'],
    [404, 'ResourceNotFound', {}, undefined, 'wrongAccount'],
    [400, 'InvalidHeaderValue', { HeaderName: 'x-ms-version' }, undefined, 'versionRefused'],
    [404, 'QueueNotFound', {}, undefined, 'unknown'],
    [200, undefined, {}, undefined, 'notAzure'],
    [400, undefined, {}, undefined, 'unknown'],
  ])('from a refusal %i %s %j, clock off by %s ms: %s', async (status, code, details, clockSkew, kind) => {
    const verdict = await verdictOf(cloud, refusal(status, code, details), { ...silent, clockSkew });
    expect(verdict?.kind).toBe(kind);
  });
});

test('says that this page may not reach a host, and asks nobody', async () => {
  const blocked = new PageBlockedError('https://queues.example/orders');
  const verdict = await verdictOf({ ...cloud, endpoint: 'https://queues.example' }, blocked, {
    fetch: () => {
      throw new Error('A request was sent.');
    },
  });
  expect(verdict).toMatchObject({ kind: 'pageBlocked', title: 'This page may not reach queues.example' });
});

test('says how far the clock is off, and which way', async () => {
  const failed = refusal(403, 'AuthenticationFailed');
  expect((await verdictOf(cloud, failed, { clockSkew: -1_024_000 }))?.explanation).toBe(
    'Your clock is 17 min 4 s ahead. Azure accepts up to 15 minutes.',
  );
  expect((await verdictOf(cloud, failed, { clockSkew: 7_500_000 }))?.explanation).toBe(
    'Your clock is 2 h 5 min behind. Azure accepts up to 15 minutes.',
  );
});

test('says of a cloud account that does not answer that its name may be wrong', async () => {
  const verdict = await verdictOf(cloud, lost);
  expect(verdict).toMatchObject({
    kind: 'unreachable',
    title: 'harborlane.queue.core.windows.net does not answer',
    needsCorsRule: false,
  });
  expect(verdict?.explanation).toContain('there may be no account harborlane');
});

test.each([
  ['https://127.0.0.1:10001/devstoreaccount1', 'http:', 'otherScheme'],
  ['http://127.0.0.1:10001/devstoreaccount1', 'https:', 'otherScheme'],
  ['https://127.0.0.1:10001/devstoreaccount1', 'none', 'unreachable'],
  // Azure's hosts take both, and the page does not ask them in plain text.
  ['https://harborlane.queue.core.windows.net', 'http:', 'unreachable'],
])(
  'tries the other scheme of %s before it says that nothing listens: %s answers, so %s',
  async (endpoint, scheme, kind) => {
    const fetch: typeof globalThis.fetch = (input) =>
      new Request(input).url.startsWith(scheme)
        ? Promise.resolve(new Response(null, { status: 400 }))
        : Promise.reject(new TypeError('Failed to fetch'));
    const origin = 'http://localhost:5190';
    expect((await verdictOf({ ...local, endpoint }, lost, { fetch, origin }))?.kind).toBe(kind);
  },
);

/** A local server that finds this. */
const finding = (found: Reach | undefined) => () => Promise.resolve(found);

describe('with a local server behind the page, an address without an answer is told with its one cause:', () => {
  const at = (endpoint: string): Connection => ({ ...cloud, endpoint });
  test.each<[found: Reach, endpoint: string, kind: VerdictKind, title: string, nextStep: string]>([
    [
      { cause: 'refused' },
      'http://127.0.0.1:10001/a',
      'refused',
      '127.0.0.1:10001 does not answer',
      'Nothing listens at that address. Start the emulator',
    ],
    [{ cause: 'refused' }, 'http://127.0.0.1:10000/a', 'refused', 'does not answer', 'queues are at 10001'],
    [{ cause: 'refused' }, 'https://queues.example', 'refused', 'queues.example does not answer', 'Check the port'],
    [{ cause: 'timedOut' }, 'https://queues.example', 'timedOut', 'does not answer in time', 'firewall'],
    [
      { cause: 'noName' },
      'https://queues.example',
      'noName',
      'queues.example does not answer',
      'There is no address for queues.example. This machine does not know the name',
    ],
    [
      { cause: 'noName' },
      'http://azurite:10001/a',
      'noName',
      'azurite:10001 does not answer',
      'Use 127.0.0.1 with the port',
    ],
    [{ cause: 'noName' }, cloud.endpoint, 'noName', 'does not answer', 'a kind without queues'],
    [{ cause: 'noRoute' }, 'http://10.1.2.3:10001/a', 'noRoute', '10.1.2.3:10001 does not answer', 'VPN'],
    [{ cause: 'privateAddress' }, cloud.endpoint, 'privateAddress', 'leads into a private network', 'one for queue'],
    [
      { cause: 'certificate', detail: 'selfSigned' },
      'https://127.0.0.1:10001/a',
      'certificate',
      'is not trusted',
      'open https://127.0.0.1:10001 in a tab',
    ],
    [
      { cause: 'certificate', detail: 'expired' },
      'https://queues.example',
      'certificate',
      'is not trusted',
      'It has expired. Open https://queues.example',
    ],
    [
      { cause: 'certificate', detail: 'notYetValid' },
      'https://queues.example',
      'certificate',
      'is not trusted',
      'not valid yet',
    ],
    [
      { cause: 'certificate', detail: 'wrongName a.test, b.test' },
      'https://queues.example',
      'certificate',
      'is not trusted',
      'It is for a.test, b.test, and not for queues.example.',
    ],
    [
      { cause: 'certificate', detail: 'unknownAuthority' },
      'https://queues.example',
      'certificate',
      'is not trusted',
      'an authority that this machine does not know',
    ],
    [
      { cause: 'certificate', detail: 'constructor' },
      'https://queues.example',
      'certificate',
      'is not trusted',
      'This machine does not trust it.',
    ],
    [
      { cause: 'otherScheme' },
      'https://queues.example:10001/a',
      'otherScheme',
      'takes http, not https',
      'Change the beginning',
    ],
    [{ cause: 'closed' }, 'http://127.0.0.1:10001/a', 'closed', 'closes the connection', 'Check the port'],
    [{ cause: 'notHttp' }, 'http://127.0.0.1:22/a', 'notHttp', 'speaks another protocol', 'another program'],
    [
      { cause: 'otherService', detail: 'blob' },
      'http://127.0.0.1:10000/a',
      'otherService',
      'is the blob service',
      'port 10001',
    ],
    [
      { cause: 'notQueueService', detail: '200' },
      'http://127.0.0.1:8080/a',
      'notAzure',
      'is not a queue service',
      'Check the endpoint',
    ],
    [
      { cause: 'proxy', detail: '407' },
      'https://queues.example',
      'proxy',
      'A proxy answers in place of queues.example',
      'Sign in to it',
    ],
    [
      { cause: 'redirected', detail: 'login.example' },
      'https://queues.example',
      'redirected',
      'answers with a redirect',
      'Check the endpoint',
    ],
    [
      { cause: 'queueService' },
      'https://queues.example',
      'browserAlone',
      'The browser does not reach queues.example',
      'certificate',
    ],
  ])('%j at %s', async (found, endpoint, kind, title, nextStep) => {
    const asked: string[] = [];
    const reach = (address: string) => {
      asked.push(address);
      return Promise.resolve(found);
    };
    const verdict = await verdictOf(at(endpoint), lost, { reach, origin: 'http://localhost:5190' });
    expect(verdict?.kind).toBe(kind);
    expect(verdict?.title).toContain(title);
    expect(verdict?.explanation).toContain(nextStep);
    expect(asked).toEqual([endpoint]);
  });

  test('where the server does not say, all causes that are left are told', async () => {
    expect((await verdictOf(at('https://queues.example'), lost, { reach: finding(undefined) }))?.kind).toBe(
      'unreachable',
    );
  });

  test('an answer that is hidden may be of another service, which the page alone takes for a missing rule', async () => {
    const endpoint = 'http://127.0.0.1:10000/harborlane';
    const fetch = ruled();
    const facts = { fetch, origin: 'http://localhost:5190' };
    const hidden = await verdictOf(at(endpoint), lost, facts);
    expect(hidden).toMatchObject({
      kind: 'corsNoRule',
      explanation: expect.stringContaining('usually that of the blob') as string,
    });
    const blob = finding({ cause: 'otherService', detail: 'blob' });
    expect((await verdictOf(at(endpoint), lost, { ...facts, reach: blob }))?.kind).toBe('otherService');
    const queues = finding({ cause: 'queueService' });
    expect((await verdictOf(at(endpoint), lost, { ...facts, reach: queues }))?.kind).toBe('corsNoRule');
    // Azure's own hosts are what they are.
    expect((await verdictOf(cloud, lost, { fetch, reach: blob }))?.kind).toBe('corsNoRule');
  });
});

/** Refuses new versions as Azurite does, without CORS headers. */
const oldService: typeof globalThis.fetch = (_, init) => {
  const version = new Headers(init?.headers).get('x-ms-version');
  if (version !== null && version > '2020') return Promise.reject(new TypeError('Failed to fetch'));
  return Promise.resolve(new Response(null, { status: 403, headers: { 'x-ms-request-id': 'abc' } }));
};

test('finds a service that refuses our version without CORS headers', async () => {
  expect((await verdictOf(cloud, lost, { fetch: oldService }))?.kind).toBe('versionRefused');
});

test('sends no credential when it asks', async () => {
  const asked: Request[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    asked.push(request);
    return Promise.resolve(new Response(null, { status: 403, headers: { 'x-ms-request-id': 'abc' } }));
  };
  await verdictOf(cloud, lost, { fetch });
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'PUT', 'POST', 'DELETE']);
  expect(asked.map(({ headers }) => headers.get('authorization')).filter(Boolean)).toEqual([
    'SharedKey nobody:bm90aGluZw==',
  ]);
});

test('tells each step as it is taken', async () => {
  const told: string[] = [];
  for await (const { steps } of diagnose(cloud, lost, browser))
    told.push(steps.map(({ step, state }) => `${step} ${state}`).join(', '));
  expect(told).toEqual([
    'page ok',
    'page ok, network ok',
    'page ok, network ok, host running',
    'page ok, network ok, host failed',
  ]);
});

type Rule = { methods: string; headers?: RegExp; exposes?: boolean };

/** A browser in front of an account with one CORS rule, or none. */
const ruled = (rule?: Rule): typeof globalThis.fetch =>
  async function fetch(input, init) {
    const { mode, method, headers } = new Request(input, init);
    if (mode === 'no-cors') return new Response(null);
    const { methods = '', headers: allowed = /^/, exposes = true } = rule ?? {};
    if (!methods.includes(method) || ![...headers.keys()].every((name) => allowed.test(name))) {
      throw new TypeError('Failed to fetch');
    }
    const readable = { 'x-ms-request-id': 'abc', date: new Date().toUTCString() };
    return new Response('<Error><Code>NoAuthenticationInformation</Code></Error>', {
      status: 403,
      headers: exposes ? readable : {},
    });
  };

describe('of the CORS rules it finds that', () => {
  test.each<[string, Rule | undefined, string, string]>([
    [
      'there is none',
      undefined,
      'corsNoRule',
      'Most likely the CORS rules of harborlane leave out https://queuescope.dev',
    ],
    ['a method is left out', { methods: 'GET PUT POST' }, 'corsMethodOrHeaders', 'leave out DELETE'],
    ['several are', { methods: 'GET' }, 'corsMethodOrHeaders', 'leave out PUT, POST, DELETE'],
    [
      'headers are',
      { methods: 'GET PUT POST DELETE', headers: /^content-type$/ },
      'corsMethodOrHeaders',
      'leave out the headers',
    ],
  ])('%s', async (_, rule, kind, words) => {
    const verdict = await verdictOf(cloud, lost, { fetch: ruled(rule) });
    expect(verdict).toMatchObject({ kind, needsCorsRule: true });
    expect(verdict?.explanation).toContain(words);
  });

  test('a connection that works has its headers hidden, which is no cause of a failure', async () => {
    const fetch = ruled({ methods: 'GET PUT POST DELETE', exposes: false });
    expect(await verdictOf(cloud, undefined, { fetch })).toMatchObject({
      kind: 'corsHidesHeaders',
      needsCorsRule: true,
    });
    expect((await verdictOf(cloud, lost, { fetch }))?.kind).toBe('unknown');
  });

  test('nothing is missing, after each step was shown as it ran', async () => {
    const told: string[] = [];
    for await (const { steps, verdict } of diagnose(cloud, undefined, {
      ...browser,
      fetch: ruled({ methods: 'GET PUT POST DELETE' }),
    })) {
      expect(verdict).toBeUndefined();
      told.push(steps.at(-1)?.detail ?? '');
    }
    expect(told).toEqual([
      'May send requests',
      'Online',
      'Asking',
      expect.stringMatching(/^Host answers in \d+ ms$/),
      'Asking',
      'Replies can be read',
      'Asking with the headers of a signed request',
      'Asking for PUT',
      'Asking for POST',
      'Asking for DELETE',
      'All methods and headers allowed',
      'Reading the headers of a reply',
      'Headers can be read',
    ]);
  });
});

const asksForLocalNetwork = (name: string) =>
  Promise.resolve(name === 'local-network-access' ? ('prompt' as const) : undefined);

test('where the browser asks before local addresses are reached, a silent emulator may be one that was not allowed', async () => {
  expect((await verdictOf(local, lost, { permission: asksForLocalNetwork }))?.explanation).toContain(
    'was not answered with yes',
  );
  expect((await verdictOf(local, lost))?.explanation).not.toContain('question');
});

describe('by a relay it finds that', () => {
  const relayed: Connection = { ...cloud, relay: true };
  test('the server of the page is gone', async () => {
    expect(
      (await verdictOf(relayed, lost, { fetch: () => Promise.reject(new RelayError('gone', { reached: false })) }))
        ?.kind,
    ).toBe('relayGone');
  });

  test('the server is there and does not reach the account, in its words', async () => {
    const words = 'harborlane.queue.core.windows.net leads to 10.0.0.4, which is not on the internet.';
    const fetch = () => Promise.reject(new RelayError(words, { reached: true }));
    expect(await verdictOf(relayed, lost, { fetch })).toMatchObject({ kind: 'relayRefused', explanation: words });
  });

  test('the account has a certificate that is not trusted, in the words for that', async () => {
    const facts = { fetch: () => Promise.reject(new RelayError('No.', { reached: true })) };
    const reach = finding({ cause: 'certificate', detail: 'expired' });
    expect(await verdictOf(relayed, lost, { ...facts, reach })).toMatchObject({
      kind: 'certificate',
      explanation: expect.stringContaining('It has expired.') as string,
    });
    // The relay names the flag that allows a private address.
    const inside = finding({ cause: 'privateAddress' });
    expect((await verdictOf(relayed, lost, { ...facts, reach: inside }))?.kind).toBe('relayRefused');
  });

  test('nothing is wrong', async () => {
    expect(await verdictOf(relayed, undefined, { fetch: ruled({ methods: 'GET' }) })).toBeUndefined();
  });
});

test('stops when it is aborted', async () => {
  const reason = new Error('enough');
  const fetch = () => Promise.reject(reason);
  await expect(verdictOf(cloud, lost, { fetch, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

describe('of an access token it says', () => {
  const token: Connection = { ...cloud, credential: { kind: 'token', getToken: async () => 'token' } };

  test('which role is missing', async () => {
    const facts = { operation: 'List Queues', credential: 'token' } as const;
    const error = new StorageError('No.', { status: 403, code: 'AuthorizationPermissionMismatch', ...facts });
    expect(await verdictOf(token, error)).toMatchObject({
      kind: 'permission',
      explanation: expect.stringMatching(/needs the role Storage Queue Data Reader.*up to 30 minutes/) as string,
    });
  });

  test('that it is the token, and not the key or the clock', async () => {
    const details = { AuthenticationErrorDetail: 'Lifetime validation failed. The token is expired.' };
    for (const error of [
      refusal(401, 'InvalidAuthenticationInfo', details),
      refusal(403, 'AuthenticationFailed', details),
    ])
      expect(await verdictOf(token, error, { clockSkew: 3_600_000 })).toMatchObject({ title: 'The token has expired' });
    expect((await verdictOf(token, new TokenNeededError('Sign in first.')))?.explanation).toBe('Sign in first.');
  });
});
