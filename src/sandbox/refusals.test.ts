import { beforeEach, describe, expect, test } from 'vitest';
import { importKey } from '../azure/credentials/shared-key';
import { StorageError } from '../azure/protocol/errors';
import type { Call } from '../azure/wire/signed-request';
import { createTransport } from '../azure/wire/transport';
import { elementsOf, type Opened, openSandbox, START } from './open-sandbox.fixture';
import { SANDBOX } from './sandbox-account';
import { accountSas } from './sas.fixture';

let opened: Opened;
let message: { id: string; receipt: string };

beforeEach(async () => {
  opened = openSandbox();
  await opened.account.createQueue('orders');
  message = await opened.account.sendMessage('orders', { text: 'hello', timeToLive: 600 });
});

const key = await importKey(SANDBOX.key);

type Rough = Partial<Omit<Call, 'path'>> & { path?: string | (() => string) };

/** Signs and sends what the client's own rules would not let through. */
async function send({ path = '/', ...call }: Rough, signingTime = opened.clock.now): Promise<unknown> {
  const transport = createTransport(
    { ...SANDBOX, credential: { kind: 'key', key } },
    { fetch: opened.sandbox.fetch, signingTime },
  );
  return transport
    .send({
      operation: 'List Queues',
      method: 'GET',
      repeatable: false,
      ...call,
      path: typeof path === 'string' ? path : path(),
    })
    .then(
      ({ status }) => ({ status }),
      (error: unknown) => {
        if (!(error instanceof StorageError)) throw error;
        return { status: error.status, code: error.code, ...error.details };
      },
    );
}

const PATH = { service: '/', queue: '/orders', messages: '/orders/messages' };
const peek = { path: PATH.messages, query: { peekonly: 'true' } };
const put = { method: 'POST', path: PATH.messages } as const;
const setAcl = { method: 'PUT', path: PATH.queue, query: { comp: 'acl' } } as const;
const setMetadata = { method: 'PUT', path: PATH.queue, query: { comp: 'metadata' } } as const;
const setProperties = { method: 'PUT', query: { restype: 'service', comp: 'properties' } } as const;
const list = (query: NonNullable<Call['query']>) => ({ query: { comp: 'list', ...query } });
const messageXml = (text: string) => `<QueueMessage><MessageText>${text}</MessageText></QueueMessage>`;
const aclXml = (...identifiers: string[]) => `<SignedIdentifiers>${identifiers.join('')}</SignedIdentifiers>`;
const policyXml = (id: string, policy = '') =>
  `<SignedIdentifier><Id>${id}</Id><AccessPolicy>${policy}</AccessPolicy></SignedIdentifier>`;
const ofMessage = (query: NonNullable<Call['query']>, id = () => message.id): Rough => ({
  method: 'PUT',
  path: () => `${PATH.messages}/${id()}`,
  query,
});
const propertiesXml = (content: string) => `<StorageServiceProperties>${content}</StorageServiceProperties>`;
const metricsXml = (content: string) => propertiesXml(`<HourMetrics><Version>1.0</Version>${content}</HourMetrics>`);
const RETENTION_OFF = '<RetentionPolicy><Enabled>false</Enabled></RetentionPolicy>';
const RULE =
  '<CorsRule><AllowedOrigins>*</AllowedOrigins><AllowedMethods>GET</AllowedMethods><AllowedHeaders></AllowedHeaders><ExposedHeaders></ExposedHeaders><MaxAgeInSeconds>0</MaxAgeInSeconds></CorsRule>';

const outOfRange = (name: string, value: string, least: number, most: number) => ({
  status: 400,
  code: 'OutOfRangeQueryParameterValue',
  QueryParameterName: name,
  QueryParameterValue: value,
  MinimumAllowed: String(least),
  MaximumAllowed: String(most),
});
const invalid = (name: string, value: string) => ({
  status: 400,
  code: 'InvalidQueryParameterValue',
  QueryParameterName: name,
  QueryParameterValue: value,
});
const badXml = { status: 400, code: 'InvalidXmlDocument' };
const nodeValue = (name: string, value: string) => ({
  status: 400,
  code: 'InvalidXmlNodeValue',
  XmlNodeName: name,
  XmlNodeValue: value,
});
const missingNode = (name: string) => ({ status: 400, code: 'MissingRequiredXmlNode', XmlNodeName: name });
const refusal = (status: number, code: string) => ({ status, code });

describe('is refused:', () => {
  test.each<[what: string, call: Rough, refusal: object]>([
    ['an operation that is none', { query: { comp: 'nothing' } }, invalid('comp', 'nothing')],
    ['the service without comp', {}, invalid('comp', '')],
    ['a queue without comp', { path: PATH.queue }, invalid('comp', '')],
    ['properties of no service', { query: { comp: 'properties' } }, invalid('restype', '')],
    ['a method that does not fit', { method: 'POST', path: PATH.queue }, refusal(405, 'UnsupportedHttpVerb')],
    ['a place that is none', { path: '/orders/letters' }, refusal(400, 'InvalidUri')],
    ['a place below a message', { path: '/orders/messages/a/b' }, refusal(400, 'InvalidUri')],
    ['stats at the primary endpoint', { query: { restype: 'service', comp: 'stats' } }, invalid('comp', 'stats')],
    [
      'a delegation key without a token',
      { method: 'POST', query: { restype: 'service', comp: 'userdelegationkey' }, body: '<KeyInfo />' },
      refusal(403, 'AuthenticationFailed'),
    ],
    [
      'a write at the secondary endpoint',
      { ...put, secondary: true, body: messageXml('a') },
      refusal(403, 'InsufficientAccountPermissions'),
    ],
    [
      'a receive at the secondary endpoint',
      { path: PATH.messages, secondary: true },
      refusal(403, 'InsufficientAccountPermissions'),
    ],
    ['a timeout that is none', { ...peek, query: { ...peek.query, timeout: 'soon' } }, invalid('timeout', 'soon')],

    ['a short queue name', { method: 'PUT', path: '/ab' }, refusal(400, 'OutOfRangeInput')],
    ['a long queue name', { method: 'PUT', path: `/${'a'.repeat(64)}` }, refusal(400, 'OutOfRangeInput')],
    ...['Orders', 'a--b', '-ab', 'ab-', 'a_b', 'a|b', 'caf%C3%A9'].map((name): [string, Rough, object] => [
      `the queue name ${name}`,
      { method: 'PUT', path: `/${name}` },
      refusal(400, 'InvalidResourceName'),
    ]),

    ['a queue that is not there', { path: '/nowhere/messages' }, refusal(404, 'QueueNotFound')],
    ['a page of none', list({ maxresults: 0 }), outOfRange('maxresults', '0', 1, 5000)],
    ['a page of too many', list({ maxresults: 5001 }), outOfRange('maxresults', '5001', 1, 5000)],
    ['a page of words', list({ maxresults: 'all' }), invalid('maxresults', 'all')],
    ['a page with more than metadata', list({ include: 'messages' }), invalid('include', 'messages')],
    ['a marker that was made up', list({ marker: '!24!' }), refusal(400, 'OutOfRangeInput')],
    ['a marker of another account', list({ marker: '/other/orders' }), refusal(400, 'OutOfRangeInput')],

    ['metadata without a name', { ...setMetadata, headers: { 'x-ms-meta-': 'a' } }, refusal(400, 'EmptyMetadataKey')],
    ['metadata named 1a', { ...setMetadata, headers: { 'x-ms-meta-1a': 'a' } }, refusal(400, 'InvalidMetadata')],
    ['metadata named a-b', { ...setMetadata, headers: { 'x-ms-meta-a-b': 'a' } }, refusal(400, 'InvalidMetadata')],
    [
      'metadata of more than 8 KiB',
      { ...setMetadata, headers: { 'x-ms-meta-a': 'a'.repeat(8192) } },
      refusal(400, 'MetadataTooLarge'),
    ],

    ['0 messages', { ...peek, query: { numofmessages: 0 } }, outOfRange('numofmessages', '0', 1, 32)],
    ['33 messages', { ...peek, query: { numofmessages: 33 } }, outOfRange('numofmessages', '33', 1, 32)],
    ['some messages', { ...peek, query: { numofmessages: 'some' } }, invalid('numofmessages', 'some')],
    ...['True', '1', 'yes'].map((value): [string, Rough, object] => [
      `peekonly=${value}, without a message being dequeued`,
      { path: PATH.messages, query: { peekonly: value } },
      invalid('peekonly', value),
    ]),
    [
      'a receive for no time',
      { path: PATH.messages, query: { visibilitytimeout: 0 } },
      outOfRange('visibilitytimeout', '0', 1, 604_800),
    ],
    [
      'a delay of more than 7 days',
      { ...put, query: { visibilitytimeout: 604_801 }, body: messageXml('a') },
      outOfRange('visibilitytimeout', '604801', 0, 604_800),
    ],
    [
      'a delay as long as the life',
      { ...put, query: { visibilitytimeout: 60, messagettl: 60 }, body: messageXml('a') },
      invalid('visibilitytimeout', '60'),
    ],
    [
      'a delay as long as the life that is usual',
      { ...put, query: { visibilitytimeout: 604_800 }, body: messageXml('a') },
      invalid('visibilitytimeout', '604800'),
    ],
    ...['0', '-2', 'long', '2147483648'].map((value): [string, Rough, object] => [
      `a life of ${value}`,
      { ...put, query: { messagettl: value }, body: messageXml('a') },
      invalid('messagettl', value),
    ]),

    ['a put of nothing', put, badXml],
    ['a put of another element', { ...put, body: '<Message />' }, badXml],
    ['a put without text', { ...put, body: '<QueueMessage />' }, badXml],
    ['a put in other case', { ...put, body: '<queuemessage><messagetext /></queuemessage>' }, badXml],
    ['a put of more than a text', { ...put, body: messageXml('</MessageText><More>') }, badXml],
    [
      'a put of something beside the text',
      { ...put, body: '<QueueMessage><MessageText>a</MessageText><More /></QueueMessage>' },
      { status: 400, code: 'UnsupportedXmlNode', XmlNodeName: 'More' },
    ],
    ['a put of broken XML', { ...put, body: '<QueueMessage><MessageText>a</QueueMessage>' }, badXml],
    ['a put of words', { ...put, body: 'hello' }, badXml],
    ['a put of an entity of HTML', { ...put, body: messageXml('a&nbsp;b') }, badXml],
    [
      'a put of a control character',
      { ...put, body: messageXml('ab\n\u0001') },
      { ...badXml, LineNumber: '2', LinePosition: '1', Reason: 'Error parsing Xml content' },
    ],
    ['a put of a control character as a reference', { ...put, body: messageXml('&#x1;') }, badXml],
    ['a put of U+FFFF', { ...put, body: messageXml('\uFFFF') }, badXml],
    [
      'a put of 65,537 bytes',
      { ...put, body: messageXml('é'.repeat(32_768) + 'a') },
      { status: 413, code: 'RequestBodyTooLarge', MaxLimit: '65536' },
    ],

    [
      'an update without a receipt',
      ofMessage({ visibilitytimeout: 1 }),
      { status: 400, code: 'MissingRequiredQueryParameter', QueryParameterName: 'popreceipt' },
    ],
    [
      'an update without a time',
      ofMessage({ popreceipt: 'AgAAAAMAAAAAAAAA' }),
      { status: 400, code: 'MissingRequiredQueryParameter', QueryParameterName: 'visibilitytimeout' },
    ],
    [
      'an update for more than 7 days',
      ofMessage({ popreceipt: 'AgAAAAMAAAAAAAAA', visibilitytimeout: 604_801 }),
      outOfRange('visibilitytimeout', '604801', 0, 604_800),
    ],
    [
      'a receipt that can be none',
      ofMessage({ popreceipt: 'no receipt', visibilitytimeout: 1 }),
      { ...invalid('popreceipt', 'no receipt'), Reason: 'Invalid pop receipt format' },
    ],
    [
      'a receipt that is not that of the message',
      ofMessage({ popreceipt: 'AgAAAAMAAAAAAAAA', visibilitytimeout: 1 }),
      refusal(404, 'MessageNotFound'),
    ],
    [
      'a message that is not there',
      ofMessage({ popreceipt: 'AgAAAAMAAAAAAAAA', visibilitytimeout: 1 }, () => 'nothing'),
      refusal(404, 'MessageNotFound'),
    ],

    ['an ACL that is none', { ...setAcl, body: '<Policies />' }, badXml],
    ['six policies', { ...setAcl, body: aclXml(...['1', '2', '3', '4', '5', '6'].map((id) => policyXml(id))) }, badXml],
    ['two policies of one id', { ...setAcl, body: aclXml(policyXml('a'), policyXml('a')) }, badXml],
    ['a policy without id', { ...setAcl, body: aclXml(policyXml('')) }, badXml],
    ['an id of 65 characters', { ...setAcl, body: aclXml(policyXml('a'.repeat(65))) }, badXml],
    ['a policy from some day on', { ...setAcl, body: aclXml(policyXml('a', '<Start>today</Start>')) }, badXml],
    [
      'letters in another order',
      { ...setAcl, body: `<SignedIdentifiers>\n${policyXml('a', '<Permission>pr</Permission>')}</SignedIdentifiers>` },
      { ...badXml, LineNumber: '0', LinePosition: '0', Reason: '' },
    ],

    ['properties of nothing', setProperties, badXml],
    ['properties that set nothing', { ...setProperties, body: propertiesXml('') }, badXml],
    [
      'metrics of another version',
      { ...setProperties, body: propertiesXml('<HourMetrics><Version>2.0</Version></HourMetrics>') },
      nodeValue('Version', '2.0'),
    ],
    ['metrics of no kind', { ...setProperties, body: metricsXml('') }, missingNode('Enabled')],
    [
      'metrics that are perhaps on',
      { ...setProperties, body: metricsXml(`<Enabled>perhaps</Enabled>${RETENTION_OFF}`) },
      nodeValue('Enabled', 'perhaps'),
    ],
    [
      'operations in metrics that are off',
      { ...setProperties, body: metricsXml(`<Enabled>false</Enabled><IncludeAPIs>true</IncludeAPIs>${RETENTION_OFF}`) },
      nodeValue('IncludeAPIs', 'true'),
    ],
    [
      'a retention of 366 days',
      {
        ...setProperties,
        body: metricsXml(
          '<Enabled>false</Enabled><RetentionPolicy><Enabled>true</Enabled><Days>366</Days></RetentionPolicy>',
        ),
      },
      {
        ...badXml,
        Reason: 'Retention days must be greater than 0 and less than or equal to 365 days.',
      },
    ],
    [
      'days of a retention that is off',
      {
        ...setProperties,
        body: metricsXml(
          '<Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled><Days>1</Days></RetentionPolicy>',
        ),
      },
      nodeValue('Days', '1'),
    ],
    ['six CORS rules', { ...setProperties, body: propertiesXml(`<Cors>${RULE.repeat(6)}</Cors>`) }, badXml],
    [
      'CORS rules of more than 2 KiB',
      {
        ...setProperties,
        body: propertiesXml(`<Cors>${RULE.replace('>*<', `>${`https://${'a'.repeat(200)},`.repeat(10)}<`)}</Cors>`),
      },
      badXml,
    ],
    [
      'a CORS rule for another method',
      { ...setProperties, body: propertiesXml(`<Cors>${RULE.replace('GET', 'FOO')}</Cors>`) },
      nodeValue('AllowedMethods', 'FOO'),
    ],
    [
      'a CORS rule without origins',
      { ...setProperties, body: propertiesXml(`<Cors>${RULE.replace('*', '')}</Cors>`) },
      nodeValue('AllowedOrigins', ''),
    ],
    [
      'a CORS rule without an age',
      {
        ...setProperties,
        body: propertiesXml(`<Cors>${RULE.replace('<MaxAgeInSeconds>0</MaxAgeInSeconds>', '')}</Cors>`),
      },
      missingNode('MaxAgeInSeconds'),
    ],
    [
      'a section that is none',
      { ...setProperties, body: propertiesXml('<StaticWebsite />') },
      { status: 400, code: 'UnsupportedXmlNode', XmlNodeName: 'StaticWebsite' },
    ],
  ])('%s', async (_, call, expected) => {
    expect(await send(call)).toMatchObject(expected);
    expect(await opened.account.peekMessages('orders')).toHaveLength(1);
  });
});

describe('is taken:', () => {
  test.each<[what: string, call: Rough, status: number]>([
    ['an empty list of policies', { ...setAcl, body: aclXml() }, 204],
    ['no list of policies', setAcl, 204],
    ['an id without a policy', { ...setAcl, body: aclXml('<SignedIdentifier><Id>a</Id></SignedIdentifier>') }, 204],
    ['a text of nothing', { ...put, body: messageXml('') }, 201],
    ['65,536 characters that XML escapes', { ...put, body: messageXml('&amp;'.repeat(65_536)) }, 201],
    [
      'what the official client writes',
      { ...put, body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${messageXml('a')}` },
      201,
    ],
    ['peekonly=false as a receive', { path: PATH.messages, query: { peekonly: 'false' } }, 200],
    ['a timeout', { ...peek, query: { peekonly: 'true', timeout: 30 } }, 200],
    ['a look at the secondary endpoint', { ...peek, secondary: true }, 200],
    ['a marker whose queue is gone', list({ marker: '/sandbox/gone' }), 200],
  ])('%s', async (_, call, status) => {
    expect(await send(call)).toEqual({ status });
  });
});

describe('the date of a request', () => {
  const MINUTES = 60_000;

  test.each([-15, 15])('may be off by %d minutes', async (minutes) => {
    expect(await send(peek, () => START + minutes * MINUTES)).toEqual({ status: 200 });
  });

  test.each([
    [-16, "Request date header too old: 'Fri, 02 Jan 2026 02:48:05 GMT'"],
    [16, "Request date header too new: 'Fri, 02 Jan 2026 03:20:05 GMT'"],
  ])('may not be off by %d minutes', async (minutes, detail) => {
    expect(await send(peek, () => START + minutes * MINUTES)).toEqual({
      status: 403,
      code: 'AuthenticationFailed',
      AuthenticationErrorDetail: detail,
    });
  });
});

const askWith = async (headers: Record<string, string>, path = '/?comp=list') => {
  const answer = await opened.sandbox.fetch(`${SANDBOX.endpoint}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, ...elementsOf(await answer.text()) };
};

describe('credentials', () => {
  const date = new Date(START).toUTCString();

  test('that are missing are asked for', async () => {
    const answer = await askWith({ 'x-ms-version': '2024-11-04' });
    expect(answer).toMatchObject({ status: 401, Code: 'NoAuthenticationInformation' });
    expect(answer.headers.get('www-authenticate')).toContain('resource_id=https://storage.azure.com');
  });

  test.each([{}, { 'x-ms-version': '2019-07-07' }])('that are missing hide all from who sends %j', async (headers) => {
    expect(await askWith(headers)).toMatchObject({ status: 404, Code: 'ResourceNotFound' });
  });

  test.each([
    [{ authorization: 'Bearer abc.def.ghi', 'x-ms-version': '2024-11-04' }, 401, 'InvalidAuthenticationInfo'],
    [{ authorization: 'Bearer abc', 'x-ms-version': '2017-07-29' }, 403, 'AuthenticationFailed'],
    [{ authorization: 'SharedKey sandbox', 'x-ms-version': '2024-11-04' }, 400, 'InvalidAuthenticationInfo'],
    [{ authorization: 'SharedKey sandbox:abc', 'x-ms-version': '2024-11-04' }, 403, 'AuthenticationFailed'],
    [{ authorization: 'SharedKey sandbox:abc', 'x-ms-version': 'newest' }, 400, 'InvalidHeaderValue'],
    [{ authorization: 'SharedKey sandbox:abc', 'x-ms-version': '2008-10-27' }, 400, 'InvalidHeaderValue'],
    [{ authorization: 'SharedKey sandbox:abc', 'x-ms-date': date }, 400, 'MissingRequiredHeader'],
  ])('%j: %d %s', async (headers, status, code) => {
    expect(await askWith({ 'x-ms-client-request-id': 'me', ...headers })).toMatchObject({ status, Code: code });
  });

  test('that do not hold are shown what they should have signed', async () => {
    const answer = await askWith({
      authorization: 'SharedKey sandbox:abc=',
      'x-ms-version': '2024-11-04',
      'x-ms-date': date,
    });
    expect(answer).toMatchObject({
      AuthenticationErrorDetail: `The MAC signature found in the HTTP request 'abc=' is not the same as any computed signature. Server used following string to sign: 'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:${date}\nx-ms-version:2024-11-04\n/sandbox/\ncomp:list'.`,
    });
  });

  test('of another account do not hold, even with the same key', async () => {
    const transport = createTransport(
      { ...SANDBOX, account: 'another', credential: { kind: 'key', key } },
      { fetch: opened.sandbox.fetch, signingTime: opened.clock.now },
    );
    const call = {
      operation: 'List Queues',
      method: 'GET',
      path: '/',
      query: { comp: 'list' },
      repeatable: true,
    } as const;
    await expect(transport.send(call)).rejects.toMatchObject({ status: 403, code: 'AuthenticationFailed' });
  });
});

const ask = async (path: string, init: RequestInit = {}) =>
  opened.sandbox.fetch(`${SANDBOX.endpoint}${path}&${await accountSas()}`, init);

describe('an answer', () => {
  test('has the headers of the service', async () => {
    const answer = await ask('/orders?comp=metadata', { headers: { 'x-ms-client-request-id': 'mine' } });
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-cache',
      date: 'Fri, 02 Jan 2026 03:04:05 GMT',
      server: 'Windows-Azure-Queue/1.0 Queuescope-Sandbox/1.0',
      'x-ms-approximate-messages-count': '1',
      'x-ms-client-request-id': 'mine',
      'x-ms-request-id': expect.stringMatching(/^[\da-f-]{36}$/) as string,
      'x-ms-version': '2024-11-04',
    });
  });

  test('that refuses has the same, the code, and a body that ends in id and time', async () => {
    const answer = await ask('/nowhere?comp=metadata', { headers: { 'x-ms-client-request-id': 'mine' } });
    const id = answer.headers.get('x-ms-request-id') ?? '';
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/xml',
      'x-ms-client-request-id': 'mine',
      'x-ms-error-code': 'QueueNotFound',
    });
    expect(answer.statusText).toBe('The specified queue does not exist.');
    expect(await answer.text()).toBe(
      `<?xml version="1.0" encoding="utf-8"?><Error><Code>QueueNotFound</Code><Message>The specified queue does not exist.\nRequestId:${id}\nTime:2026-01-02T03:04:05.0000000Z</Message></Error>`,
    );
  });

  test('begins with a byte order mark', async () => {
    const bytes = new Uint8Array(await (await ask('/?comp=list')).arrayBuffer());
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  });

  test.each(['metadata', 'acl'])('to HEAD is that to GET without a body: %s', async (comp) => {
    await opened.account.setAccessPolicies('orders', []);
    const answer = await ask(`/orders?comp=${comp}`, { method: 'HEAD' });
    // ACLs are never to be had by a signature, but the refusal has no body either.
    expect([answer.status, await answer.text()]).toEqual([comp === 'acl' ? 403 : 200, '']);
  });

  test.each([
    ['HEAD', '/orders/messages?peekonly=true'],
    ['PATCH', '/orders?comp=metadata'],
    ['OPTIONS', '/orders?comp=metadata'],
  ])('to %s %s is that there is no such thing', async (method, path) => {
    expect((await ask(path, { method })).status).toBe(405);
  });

  test('to broken percent-encoding is a refusal', async () => {
    const answer = await ask('/orders/messages/%E0%A4?popreceipt=a', { method: 'DELETE' });
    expect([answer.status, answer.headers.get('x-ms-error-code')]).toEqual([400, 'RequestUrlFailedToParse']);
  });

  test('to bytes that are not UTF-8 is a refusal', async () => {
    const body = Uint8Array.of(0x3c, 0xff, 0xfe);
    const answer = await ask('/orders/messages?timeout=30', { method: 'POST', body });
    expect(await answer.text()).toContain('InvalidXmlDocument');
  });

  test('lists queues page by page, with markers that can be sent back', async () => {
    for (const name of ['alpha', 'beta', 'gamma']) await opened.account.createQueue(name);
    const names: string[][] = [];
    for (let marker = ''; ; ) {
      const answer = await ask(`/?comp=list&maxresults=2${marker && `&marker=${encodeURIComponent(marker)}`}`);
      const xml = await answer.text();
      names.push([...xml.matchAll(/<Name>([^<]*)/g)].map(([, name = '']) => name));
      marker = elementsOf(xml)['NextMarker'] ?? '';
      if (marker === '') break;
      expect(marker).toMatch(/^\/sandbox\/[a-z]+$/);
      await opened.account.deleteQueue(marker.slice('/sandbox/'.length));
    }
    expect(names).toEqual([['alpha', 'beta'], ['orders']]);
  });
});
