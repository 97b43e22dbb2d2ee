import { beforeEach, describe, expect, test } from 'vitest';
import vectors from '../azure/credentials/sas-vectors.json';
import { CALLS } from './calls.fixture';
import { createClock } from './clock';
import { connectBySas, elementsOf, type Opened, openSandbox, START } from './open-sandbox.fixture';
import { OPERATIONS, type Operation } from './operation';
import { SANDBOX } from './sandbox-account';
import { accountSas, queueSas } from './sas.fixture';
import { createSandbox } from './service';

describe.each(vectors)('$name', ({ kind, account, sample, stringToSign, ...vector }) => {
  const queue = 'queue' in vector ? vector.queue : 'vector-queue';
  const ask = async (url: string) => {
    const key = 'key' in vector && vector.key ? vector.key : SANDBOX.key;
    const endpoint = url.includes('127.0.0.1')
      ? `http://127.0.0.1:10001/${account}`
      : `https://${account}.queue.core.windows.net`;
    const sandbox = createSandbox({
      clock: createClock({ startsAt: START }),
      account: { name: account, key, endpoint },
    });
    sandbox.restore(withPolicy(sandbox.snapshot(), queue));
    const answer = await sandbox.fetch(url, { method: sample.method });
    return { status: answer.status, ...elementsOf(await answer.text()) };
  };
  /** A signature made with a delegated key: there is no directory here that could have given one. */
  const refused = kind === 'queue-user-delegation';

  test('opens what it names, unless nobody here can have given it', async () => {
    expect((await ask(sample.url)).status).toBe(refused ? 403 : 200);
  });

  test('opens nothing once its signature is changed', async () => {
    const answer = await ask(sample.url.replace(/sig=../, 'sig=xx'));
    expect(answer).toMatchObject({ status: 403, Code: 'AuthenticationFailed' });
  });

  test('shows the string to sign, or that the key is unknown', async () => {
    expect(await ask(sample.url.replace(/sig=../, 'sig=xx'))).toMatchObject({
      AuthenticationErrorDetail: refused
        ? 'The user delegation key of this signature is not known.'
        : `Signature did not match. String to sign used was ${stringToSign}`,
    });
  });
});

const withPolicy = (snapshot: ReturnType<Opened['sandbox']['snapshot']>, queue: string) => ({
  head: { ...snapshot.head, queueNames: [queue] },
  queues: [
    {
      name: queue,
      metadata: {},
      policies: [{ id: 'policy1', permissions: 'raup', expiresAt: '2099-12-31T00:00:00.0000000Z' }],
      nextSequence: 1,
      messages: [],
    },
  ],
});

/** Section 3.5 of the fact sheet, the documented column: what each operation needs of a signature. */
const NEEDS: Record<Operation, { account?: [type: string, letters: string]; queue?: string }> = {
  'List Queues': { account: ['s', 'l'] },
  'Get Queue Service Properties': { account: ['s', 'r'] },
  'Set Queue Service Properties': { account: ['s', 'w'] },
  'Get Queue Service Stats': { account: ['s', 'r'] },
  'Get User Delegation Key': {},
  'Create Queue': { account: ['c', 'wc'] },
  'Delete Queue': { account: ['c', 'd'] },
  'Get Queue Metadata': { account: ['c', 'r'], queue: 'r' },
  'Set Queue Metadata': { account: ['c', 'w'] },
  'Get Queue ACL': {},
  'Set Queue ACL': {},
  'Put Message': { account: ['o', 'a'], queue: 'a' },
  'Get Messages': { account: ['o', 'p'], queue: 'p' },
  'Peek Messages': { account: ['o', 'r'], queue: 'r' },
  'Update Message': { account: ['o', 'u'], queue: 'u' },
  'Delete Message': { account: ['o', 'p'], queue: 'p' },
  'Clear Messages': { account: ['o', 'd'] },
};

const without = (all: string, some: string) =>
  all
    .split('')
    .filter((letter) => !some.includes(letter))
    .join('');

describe('a shared access signature', () => {
  let opened: Opened;
  let message: { id: string; receipt: string };

  beforeEach(async () => {
    opened = openSandbox();
    await opened.account.createQueue('orders');
    message = await opened.account.sendMessage('orders', { text: 'hello' });
  });

  const codeOf = async (operation: Operation, token: string): Promise<unknown> =>
    CALLS[operation](connectBySas(opened.sandbox, token), message).then(
      () => 'done',
      (error: unknown) => (error as { code: unknown }).code,
    );

  const operations = (Object.keys(OPERATIONS) as Operation[]).filter((name) => name !== 'Get User Delegation Key');

  test.each(operations)('of the account opens %s with its letter and type, and with no other', async (operation) => {
    const [type = '', letters = ''] = NEEDS[operation].account ?? [];
    expect(await codeOf(operation, await accountSas({ sp: without('rwdlacup', letters) }))).toBe(
      'AuthorizationPermissionMismatch',
    );
    if (type === '') return;
    expect(await codeOf(operation, await accountSas({ srt: without('sco', type) }))).toBe(
      'AuthorizationResourceTypeMismatch',
    );
    for (const sp of letters) {
      opened.sandbox.restore(opened.sandbox.snapshot());
      expect(await codeOf(operation, await accountSas({ srt: type, sp }))).toBe('done');
      if (operation === 'Create Queue') opened.sandbox.reset();
    }
  });

  test.each(operations)('of a queue: %s', async (operation) => {
    const { queue: letter } = NEEDS[operation];
    const others = 'raup'.replace(letter ?? '', '');
    const isOfTheService = ['List Queues', 'Create Queue'].includes(operation) || NEEDS[operation].account?.[0] === 's';
    const isOfOthers = isOfTheService ? 'AuthenticationFailed' : 'AuthorizationFailure';
    expect(await codeOf(operation, await queueSas('orders', { sp: others }))).toBe(
      letter ? 'AuthorizationPermissionMismatch' : isOfOthers,
    );
    if (!letter) return;
    const alone = await codeOf(operation, await queueSas('orders', { sp: letter }));
    expect(alone).toBe('done');
  });

  test.each([
    ['AuthenticationFailed', { se: '2026-01-02T03:04:05Z' }],
    ['AuthenticationFailed', { st: '2026-01-02T03:04:06Z' }],
    ['AuthenticationFailed', { se: 'soon' }],
    ['AuthenticationFailed', { se: '' }],
    ['AuthenticationFailed', { sp: '' }],
    ['AuthenticationFailed', { sp: 'pr' }],
    ['AuthenticationFailed', { sv: 'new' }],
    ['AuthenticationFailed', { spr: 'http' }],
    ['AuthorizationServiceMismatch', { ss: 'bf' }],
    ['AuthorizationSourceIPMismatch', { sip: '203.0.113.7' }],
    ['AuthorizationSourceIPMismatch', { sip: '127.0.0.2-127.0.0.9' }],
    ['done', { sip: '127.0.0.0-127.0.0.9' }],
    ['done', { st: '2026-01-02T03:04:05Z', spr: 'https' }],
    ['done', { sv: '2019-02-02' }],
  ])('of the account: %s with %j', async (code, change) => {
    expect(await codeOf('Peek Messages', await accountSas(change))).toBe(code);
  });

  test('for https alone does not go over http', async () => {
    const token = await accountSas({ spr: 'https' });
    const url = `${SANDBOX.endpoint}/orders/messages?peekonly=true&${token}`;
    expect((await opened.sandbox.fetch(url)).status).toBe(200);
    const answer = await opened.sandbox.fetch(url.replace('https:', 'http:'));
    expect(elementsOf(await answer.text())).toMatchObject({ Code: 'AuthorizationProtocolMismatch' });
  });

  test.each([
    [
      { se: '2026-01-01' },
      'Signed expiry time [Thu, 01 Jan 2026 00:00:00 GMT] must be after signed start time [Fri, 02 Jan 2026 03:04:05 GMT]',
    ],
    [
      { st: '2025-12-31', se: '2026-01-01' },
      'Signature not valid in the specified time frame: Start [Wed, 31 Dec 2025 00:00:00 GMT] - Expiry [Thu, 01 Jan 2026 00:00:00 GMT] - Current [Fri, 02 Jan 2026 03:04:05 GMT]',
    ],
    [
      { st: '2026-01-02T03:05Z' },
      'Signature not valid in the specified time frame: Start [Fri, 02 Jan 2026 03:05:00 GMT] - Expiry [Sat, 03 Jan 2026 00:00:00 GMT] - Current [Fri, 02 Jan 2026 03:04:05 GMT]',
    ],
  ])('says within which times it would have been good: %j', async (times, detail) => {
    const error: unknown = await connectBySas(opened.sandbox, await accountSas(times))
      .peekMessages('orders')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ details: { AuthenticationErrorDetail: detail } });
  });

  test('gives the version of the call, whatever the header says', async () => {
    const url = `${SANDBOX.endpoint}/orders/messages?peekonly=true&${await accountSas({ sv: '2015-04-05' })}`;
    const answer = await opened.sandbox.fetch(url.replace('peekonly=true', 'numofmessages=99'), {
      headers: { 'x-ms-version': '2024-11-04' },
    });
    expect([answer.headers.get('x-ms-version'), answer.headers.get('x-ms-error-code')]).toEqual(['2015-04-05', null]);
  });

  describe('with a stored policy', () => {
    const byPolicy = { si: 'readers', sp: '', se: '' };

    test('takes its terms from there, and ends with it', async () => {
      const { account } = opened;
      const token = await queueSas('orders', byPolicy);
      expect(await codeOf('Peek Messages', token)).toBe('AuthenticationFailed');
      await account.setAccessPolicies('orders', [{ id: 'readers', permissions: 'r', expiresAt: '2026-01-03' }]);
      expect(await codeOf('Peek Messages', token)).toBe('done');
      expect(await codeOf('Put Message', token)).toBe('AuthorizationPermissionMismatch');
      opened.clock.advance(86_400_000);
      expect(await codeOf('Peek Messages', token)).toBe('AuthenticationFailed');
    });

    test('brings what the policy leaves out, and nothing that it holds', async () => {
      await opened.account.setAccessPolicies('orders', [{ id: 'readers', permissions: 'r' }]);
      expect(await codeOf('Peek Messages', await queueSas('orders', byPolicy))).toBe('AuthenticationFailed');
      const dated = { ...byPolicy, se: '2026-01-03' };
      expect(await codeOf('Peek Messages', await queueSas('orders', dated))).toBe('done');
      expect(await codeOf('Peek Messages', await queueSas('orders', { ...dated, sp: 'r' }))).toBe(
        'AuthenticationFailed',
      );
    });
  });
});
