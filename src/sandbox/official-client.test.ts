// The official SDK as a witness from outside: it was written against Azure and knows nothing of us. It sends the newest
// version, and Shared Key and SAS signatures of its own.
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  AnonymousCredential,
  generateAccountSASQueryParameters,
  generateQueueSASQueryParameters,
  type IHttpClient,
  newPipeline,
  QueueClient,
  QueueSASPermissions,
  QueueServiceClient,
  RestError,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import { beforeEach, describe, expect, test } from 'vitest';
import { createClock } from './clock';
import { SANDBOX } from './sandbox-account';
import { createSandbox } from './service';

/** The SDK's own headers and body, carried by the sandbox. */
const through = (fetch: typeof globalThis.fetch): IHttpClient => ({
  async sendRequest(request) {
    const headers = request.headers.toJson({ preserveCase: true });
    const body = typeof request.body === 'string' ? request.body : null;
    const response = await fetch(request.url, { method: request.method, headers, body });
    const answered = request.headers.clone();
    for (const name of answered.headerNames()) answered.remove(name);
    for (const [name, value] of response.headers) answered.set(name, value);
    return { request, status: response.status, headers: answered, bodyAsText: await response.text() };
  },
});

const credential = new StorageSharedKeyCredential(SANDBOX.account, SANDBOX.key);
const once = { maxTries: 1 };

let clock: ReturnType<typeof createClock>;
let options: { httpClient: IHttpClient; retryOptions: typeof once };
let service: QueueServiceClient;
let queue: QueueClient;

beforeEach(async () => {
  clock = createClock();
  options = { httpClient: through(createSandbox({ clock }).fetch), retryOptions: once };
  service = new QueueServiceClient(SANDBOX.endpoint, newPipeline(credential, options));
  queue = service.getQueueClient('orders');
  await queue.create();
});

const refusal = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => 'no refusal',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RestError);
  const { statusCode, code, details } = error as RestError;
  return { statusCode, code, details: details as Record<string, unknown> };
};
const brief = async (promise: Promise<unknown>) => {
  const { statusCode, code } = await refusal(promise);
  return `${statusCode} ${code}`;
};
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('the service', () => {
  test('keeps its properties, and those that are left out', async () => {
    const retentionPolicy = { enabled: true, days: 7 };
    const logging = { version: '1.0', deleteProperty: true, read: false, write: true, retentionPolicy };
    const hourMetrics = { version: '1.0', enabled: true, includeAPIs: true, retentionPolicy };
    const cors = [
      {
        allowedOrigins: 'https://a.example,https://b.example',
        allowedMethods: 'GET,PUT',
        allowedHeaders: 'x-ms-meta-*',
        exposedHeaders: '*',
        maxAgeInSeconds: 60,
      },
    ];
    await service.setProperties({ queueAnalyticsLogging: logging, hourMetrics, cors });
    await service.setProperties({
      minuteMetrics: { version: '1.0', enabled: false, retentionPolicy: { enabled: false } },
    });
    const properties = await service.getProperties();
    expect(properties).toMatchObject({ queueAnalyticsLogging: logging, hourMetrics, cors });
    expect(properties.minuteMetrics).toMatchObject({ enabled: false });
    await service.setProperties({ cors: [] });
    expect((await service.getProperties()).cors ?? []).toEqual([]);
  });

  test('tells of its replication at the secondary, and only there', async () => {
    const secondary = new QueueServiceClient(SANDBOX.secondaryEndpoint, newPipeline(credential, options));
    const { geoReplication } = await secondary.getStatistics();
    expect(geoReplication).toMatchObject({ status: 'live', lastSyncOn: expect.any(Date) as Date });
    expect(await refusal(service.getStatistics())).toMatchObject({ statusCode: 400 });
  });

  test('lists queues page by page, with metadata', async () => {
    for (const name of ['c', 'a', 'e', 'b', 'd'])
      await service.createQueue(`list-${name}`, { metadata: { Name: name } });
    const pages = [];
    for await (const { queueItems } of service
      .listQueues({ prefix: 'list-', includeMetadata: true })
      .byPage({ maxPageSize: 2 })) {
      pages.push((queueItems ?? []).map(({ name, metadata }) => [name, metadata]));
    }
    const items = ['a', 'b', 'c', 'd', 'e'].map((name) => [`list-${name}`, { Name: name }]);
    expect(pages).toEqual([items.slice(0, 2), items.slice(2, 4), items.slice(4)]);
  });

  test('goes on with a list where a marker says', async () => {
    for (const name of ['a', 'b', 'c']) await service.createQueue(`list-${name}`);
    const first = await service.listQueues({ prefix: 'list-' }).byPage({ maxPageSize: 2 }).next();
    const { continuationToken = '' } = first.value as { continuationToken?: string };
    expect(continuationToken).not.toBe('');
    const rest = await service.listQueues({ prefix: 'list-' }).byPage({ continuationToken, maxPageSize: 2 }).next();
    expect((rest.value as { queueItems: { name: string }[] }).queueItems.map(({ name }) => name)).toEqual(['list-c']);
  });
});

describe('a queue', () => {
  test('is created once, and deleted once', async () => {
    expect((await queue.createIfNotExists()).succeeded).toBe(false);
    expect(await brief(queue.create({ metadata: { other: 'x' } }))).toBe('409 QueueAlreadyExists');
    expect(await queue.exists()).toBe(true);
    await queue.delete();
    expect(await queue.exists()).toBe(false);
    expect((await queue.deleteIfExists()).succeeded).toBe(false);
    expect(await brief(queue.create())).toBe('409 QueueBeingDeleted');
    clock.advance(60_000);
    // The SDK dates what it signs by the device, which the sandbox is now a minute ahead of.
    expect((await queue.createIfNotExists()).succeeded).toBe(true);
  });

  test('has metadata and a count', async () => {
    await queue.setMetadata({ ab: '3', a1: '2', a_b: '1' });
    await queue.sendMessage('x');
    const { metadata, approximateMessagesCount } = await queue.getProperties();
    expect(metadata).toEqual({ ab: '3', a1: '2', a_b: '1' });
    expect(approximateMessagesCount).toBe(1);
    await queue.setMetadata();
    expect((await queue.getProperties()).metadata).toEqual({});
  });

  test('keeps access policies', async () => {
    const accessPolicy = {
      startsOn: new Date('2026-01-01T00:00:00Z'),
      expiresOn: new Date('2099-12-31T00:00:00Z'),
      permissions: 'raup',
    };
    await queue.setAccessPolicy([{ id: 'one', accessPolicy }]);
    const { signedIdentifiers } = await queue.getAccessPolicy();
    expect(signedIdentifiers).toEqual([{ id: 'one', accessPolicy }]);
    await queue.setAccessPolicy([]);
    expect((await queue.getAccessPolicy()).signedIdentifiers).toEqual([]);
  });
});

describe('a message', () => {
  test('goes its whole way', async () => {
    const sent = await queue.sendMessage('hello', { messageTimeToLive: 3600 });
    expect(sent.expiresOn.getTime() - sent.insertedOn.getTime()).toBe(3_600_000);
    const { peekedMessageItems: peeked } = await queue.peekMessages({ numberOfMessages: 32 });
    expect(peeked).toMatchObject([{ messageId: sent.messageId, messageText: 'hello', dequeueCount: 0 }]);
    const { receivedMessageItems: received } = await queue.receiveMessages({ visibilityTimeout: 30 });
    const [leased] = received;
    expect(leased).toMatchObject({ messageId: sent.messageId, messageText: 'hello', dequeueCount: 1 });
    const { messageId = '', popReceipt = '' } = leased ?? {};
    const updated = await queue.updateMessage(messageId, popReceipt, 'changed', 0);
    expect(updated.popReceipt).not.toBe(popReceipt);
    expect((await queue.peekMessages()).peekedMessageItems[0]?.messageText).toBe('changed');
    expect(await brief(queue.deleteMessage(messageId, popReceipt))).toBe('404 MessageNotFound');
    await queue.deleteMessage(messageId, updated.popReceipt ?? '');
    expect(await brief(queue.deleteMessage(messageId, updated.popReceipt ?? ''))).toBe('404 MessageNotFound');
  });

  test('comes back when its time is up, and goes when its life is over', async () => {
    await queue.sendMessage('x', { messageTimeToLive: 300 });
    await queue.receiveMessages();
    expect((await queue.receiveMessages()).receivedMessageItems).toEqual([]);
    // 30 s, when nothing else is said.
    clock.advance(30_000);
    expect((await queue.receiveMessages()).receivedMessageItems).toMatchObject([{ dequeueCount: 2 }]);
    clock.advance(270_000);
    expect((await queue.receiveMessages()).receivedMessageItems).toEqual([]);
  });

  test('waits for its delay, and may live for ever', async () => {
    const { expiresOn } = await queue.sendMessage('later', { visibilityTimeout: 60, messageTimeToLive: -1 });
    expect(expiresOn.getUTCFullYear()).toBe(9999);
    expect((await queue.peekMessages()).peekedMessageItems).toEqual([]);
    clock.advance(60_000);
    expect((await queue.peekMessages()).peekedMessageItems).toHaveLength(1);
  });

  // No line ends: the SDK's writer drops \n, and its reader does not decode what it gets for \r.
  test.each([
    ' both ends ',
    'a\tb',
    '<b>"\'&</b> ]]> &amp;&#13;',
    '{"n":12345678901234567890}',
    'Grüße, 日本語, 😀👩‍👩‍👧‍👦',
    '\u0085\u2028\u00A0\uFEFF\uFFFD',
    'x'.repeat(65_536),
    '&'.repeat(65_536),
  ])('comes back character for character: %.20j', async (text) => {
    await queue.sendMessage(text);
    expect((await queue.receiveMessages()).receivedMessageItems[0]?.messageText).toBe(text);
  });

  test('goes with all others', async () => {
    for (let n = 0; n < 40; n++) await queue.sendMessage(String(n));
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    expect(receivedMessageItems.map(({ messageText }) => messageText)).toEqual(
      Array.from({ length: 32 }, (_, n) => String(n)),
    );
    await queue.clearMessages();
    expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
  });
});

describe('a refusal', () => {
  test('has code and details where the SDK looks for them', async () => {
    const { statusCode, code, details } = await refusal(queue.peekMessages({ numberOfMessages: 33 }));
    expect({ statusCode, code }).toEqual({ statusCode: 400, code: 'OutOfRangeQueryParameterValue' });
    expect(details).toMatchObject({
      errorCode: 'OutOfRangeQueryParameterValue',
      'x-ms-request-id': expect.stringMatching(/^[\da-f-]{36}$/) as string,
      QueryParameterName: 'numofmessages',
      QueryParameterValue: '33',
      MinimumAllowed: '1',
      MaximumAllowed: '32',
    });
  });

  test.each<[string, (client: QueueClient) => Promise<unknown>]>([
    ['404 QueueNotFound', () => service.getQueueClient('missing').sendMessage('x')],
    ['413 RequestBodyTooLarge', (client) => client.sendMessage('x'.repeat(65_537))],
    ['400 OutOfRangeQueryParameterValue', (client) => client.sendMessage('x', { visibilityTimeout: 604_801 })],
    ['400 InvalidQueryParameterValue', (client) => client.sendMessage('x', { messageTimeToLive: 0 })],
    ['400 InvalidXmlDocument', (client) => client.sendMessage('\u0001')],
    ['400 InvalidResourceName', () => service.createQueue('Capitals')],
    ['400 OutOfRangeInput', () => service.createQueue('ab')],
  ])('%s', async (expected, act) => {
    expect(await brief(act(queue))).toBe(expected);
  });

  test('meets a wrong key', async () => {
    const wrong = new StorageSharedKeyCredential(SANDBOX.account, btoa('x'.repeat(64)));
    const client = new QueueServiceClient(SANDBOX.endpoint, newPipeline(wrong, options));
    expect(await brief(client.getProperties())).toBe('403 AuthenticationFailed');
  });

  test('meets a request without credentials', async () => {
    const client = new QueueServiceClient(SANDBOX.endpoint, newPipeline(new AnonymousCredential(), options));
    expect(await brief(client.getProperties())).toBe('401 NoAuthenticationInformation');
  });
});

const withToken = (path: string, token: string) =>
  new QueueClient(`${SANDBOX.endpoint}/${path}?${token}`, newPipeline(new AnonymousCredential(), options));
const accountToken = (permissions: string, resourceTypes: string, expiresOn = inHours(1)) =>
  generateAccountSASQueryParameters(
    {
      services: AccountSASServices.parse('q').toString(),
      resourceTypes: AccountSASResourceTypes.parse(resourceTypes).toString(),
      permissions: AccountSASPermissions.parse(permissions),
      startsOn: inHours(-1),
      expiresOn,
    },
    credential,
  ).toString();

describe('a shared access signature', () => {
  test('of the account opens what it names', async () => {
    const client = withToken('orders', accountToken('rwdlacup', 'sco'));
    await client.sendMessage('x');
    const [leased] = (await client.receiveMessages()).receivedMessageItems;
    await client.updateMessage(leased?.messageId ?? '', leased?.popReceipt ?? '', 'y');
    expect((await client.peekMessages()).peekedMessageItems).toMatchObject([{ messageText: 'y' }]);
    await client.clearMessages();
    await client.setMetadata({ a: 'b' });
    expect((await client.getProperties()).metadata).toEqual({ a: 'b' });
  });

  test.each<[expected: string, permissions: string, types: string, act: (client: QueueClient) => Promise<unknown>]>([
    ['403 AuthorizationPermissionMismatch', 'r', 'sco', (client) => client.sendMessage('x')],
    ['403 AuthorizationResourceTypeMismatch', 'rwdlacup', 'sc', (client) => client.peekMessages()],
    ['403 AuthorizationResourceTypeMismatch', 'rwdlacup', 'so', (client) => client.getProperties()],
    ['403 AuthorizationPermissionMismatch', 'rwdlacup', 'sco', (client) => client.getAccessPolicy()],
  ])('of the account: %s', async (expected, permissions, types, act) => {
    expect(await brief(act(withToken('orders', accountToken(permissions, types))))).toBe(expected);
  });

  test('that has run out is refused', async () => {
    const client = withToken('orders', accountToken('r', 'sco', inHours(-0.5)));
    expect(await brief(client.peekMessages())).toBe('403 AuthenticationFailed');
  });

  test('that was changed is refused', async () => {
    const token = accountToken('r', 'sco').replace('sp=r', 'sp=rwdlacup');
    expect(await brief(withToken('orders', token).peekMessages())).toBe('403 AuthenticationFailed');
  });

  test('of a queue opens its messages, and no other queue', async () => {
    const token = generateQueueSASQueryParameters(
      { queueName: 'orders', permissions: QueueSASPermissions.parse('raup'), expiresOn: inHours(1) },
      credential,
    ).toString();
    const client = withToken('orders', token);
    await client.sendMessage('x');
    expect((await client.receiveMessages()).receivedMessageItems).toMatchObject([{ messageText: 'x' }]);
    await service.createQueue('other');
    expect(await brief(withToken('other', token).peekMessages())).toBe('403 AuthenticationFailed');
    expect((await refusal(client.clearMessages())).statusCode).toBe(403);
  });

  test('of a queue may leave its terms to a stored policy, and ends with it', async () => {
    await queue.setAccessPolicy([{ id: 'add only', accessPolicy: { expiresOn: inHours(1), permissions: 'a' } }]);
    const token = generateQueueSASQueryParameters(
      { queueName: 'orders', identifier: 'add only' },
      credential,
    ).toString();
    const client = withToken('orders', token);
    await client.sendMessage('x');
    expect(await brief(client.peekMessages())).toBe('403 AuthorizationPermissionMismatch');
    await queue.setAccessPolicy([]);
    expect(await brief(client.sendMessage('y'))).toBe('403 AuthenticationFailed');
  });
});
