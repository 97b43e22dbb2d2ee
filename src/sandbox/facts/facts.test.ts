import { describe, expect, test } from 'vitest';
import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';
import { StorageError } from '@/azure/protocol/errors';
import { mayHaveSucceeded } from '@/azure/wire/retry';
import { SERVICE_VERSION } from '@/azure/wire/signed-request';
import { readPlainXml } from '@/azure/wire/xml';
import { CALLS } from '../calls.fixture';
import { createClock } from '../clock';
import { ALL_DIFFERENCES, type Difference } from '../histories/differences.fixture';
import type { Operation } from '../operation';
import { SANDBOX } from '../sandbox-account';
import { createSandbox } from '../service';
import { type Asked, askFact } from './ask-fact.fixture';
import { unlike } from './compare-fact.fixture';
import { FACTS, type Fact, factOf, isDocumentedOnly, isOfCors } from './fact.fixture';
import { recordedAnswer, recordedNext, VALUES } from './recorded-answer.fixture';

/** Facts that cannot hold in the sandbox, with the reason. */
const CANNOT_HOLD: Readonly<Record<string, string>> = {
  'a rule with origin *: CORS headers on refusals, too':
    'The sandbox answers inside the page, where no rule is asked. It keeps CORS rules and applies none.',
};

/** Of the recordings, and the one that the app sends, for facts that name no version. */
const VERSIONS = ['2019-12-12', SERVICE_VERSION];

const connection: Connection = {
  account: SANDBOX.account,
  endpoint: SANDBOX.endpoint,
  secondaryEndpoint: SANDBOX.secondaryEndpoint,
  credential: { kind: 'key', key: await importKey(SANDBOX.key) },
};

type Change = (answer: { status: number; headers: Headers; body: string; version: string | null }) => string | void;

/** A new sandbox for a fact; `plant` changes its answers, or gives them another body. */
function newSandbox(plant?: Change): Asked {
  const clock = createClock({ startsAt: Date.UTC(2026, 0, 2, 3, 4, 5), paused: true });
  const { fetch } = createSandbox({ clock, seed: 1 });
  if (!plant) return { connection, now: clock.now, fetch };
  return {
    connection,
    now: clock.now,
    async fetch(input, init) {
      const answer = await fetch(input, init);
      const headers = new Headers(answer.headers);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
      const version = new Headers(init?.headers).get('x-ms-version');
      const body = plant({ status: answer.status, headers, body: text, version }) ?? text;
      return new Response(body === '' ? null : body, { status: answer.status, headers });
    },
  };
}

/** Where the sandbox is not as the fact says, by version. */
async function foundIn(fact: Fact, plant?: Change): Promise<string[]> {
  const found: string[] = [];
  for (const version of VERSIONS) {
    const { answered, next } = await askFact(newSandbox(plant), fact, { name: 'fact', version });
    found.push(...unlike(fact, answered, next).map((line) => `${version}: ${line}`));
  }
  return found;
}

const titled = (all: readonly Fact[]): [title: string, fact: Fact][] =>
  all.map((fact) => [isDocumentedOnly(fact) ? `${fact.case} (documented, not recorded)` : fact.case, fact]);

describe('the sandbox does as the real service:', () => {
  test.each(titled(FACTS.filter((fact) => CANNOT_HOLD[fact.case] === undefined)))('%s', async (_, fact) => {
    expect(await foundIn(fact)).toEqual([]);
  });

  test('in all facts but one, which is of CORS', () => {
    expect(FACTS).toHaveLength(88);
    expect(FACTS.filter(({ case: name }) => CANNOT_HOLD[name] !== undefined)).toEqual(FACTS.filter(isOfCors));
    expect(Object.keys(CANNOT_HOLD)).toHaveLength(1);
    expect(FACTS.filter(isDocumentedOnly)).toHaveLength(4);
  });
});

/** The fact with another request or answer, as its note or its source says. */
const variant = (
  name: string,
  { response, ...request }: Partial<Fact['request']> & { response?: Partial<Fact['response']> },
): Fact => {
  const fact = factOf(name);
  return { ...fact, request: { ...fact.request, ...request }, response: { ...fact.response, ...response } };
};

const ofVersion = (version: string) => ({ headersThatMatter: { 'x-ms-version': version } });
const MINE = { 'x-ms-client-request-id': 'mine' };
const OLD_RECEIVE =
  'QueueMessagesList(QueueMessage(MessageId InsertionTime ExpirationTime DequeueCount PopReceipt TimeNextVisible MessageText))';

describe('the sandbox does as the notes of the facts say:', () => {
  test.each<[what: string, fact: Fact]>([
    [
      'a body of policies is read before the permissions of an account SAS',
      variant('policy letters rwdl', { auth: { sas: 'account', sp: 'rwdlacup' } }),
    ],
    ['and before those of a queue SAS', variant('policy letters rwdl', { auth: { sas: 'queue', sp: 'raup' } })],
    [
      'the id of a request does not come back with version 2018-03-28',
      variant('x-ms-client-request-id on a refusal', {
        headersThatMatter: { ...MINE, 'x-ms-version': '2018-03-28' },
        response: { headers: { absent: ['x-ms-client-request-id'] } },
      }),
    ],
    [
      'it does with version 2019-02-02',
      variant('x-ms-client-request-id on a refusal', { headersThatMatter: { ...MINE, 'x-ms-version': '2019-02-02' } }),
    ],
    [
      'the code is in a header with version 2017-07-29',
      variant('x-ms-error-code, version 2017-04-17', {
        ...ofVersion('2017-07-29'),
        response: { headers: { present: ['x-ms-error-code'] } },
      }),
    ],
    [
      'a receive with a version before 2016-05-31 has the count before the receipt',
      variant('receive', { ...ofVersion('2015-12-11'), response: { bodyShape: OLD_RECEIVE } }),
    ],
    [
      'a signature of an old version makes it the version of the call',
      variant('put a message with a version before 2016-05-31', { auth: { sas: 'queue', sp: 'a' } }),
    ],
    ['a message of version 2016-05-31 is described', variant('put a message', ofVersion('2016-05-31'))],
    [
      'a list with a marker names it between prefix and number',
      variant('list queues with prefix, maxresults and metadata', {
        query: { comp: 'list', prefix: '{queue}', marker: '/sandbox/{queue}', maxresults: '1', include: 'metadata' },
        response: {
          bodyShape: 'EnumerationResults(Prefix Marker MaxResults Queues(Queue(Name Metadata(a))) NextMarker)',
        },
      }),
    ],
  ])('%s', async (_, fact) => {
    expect(await foundIn(fact)).toEqual([]);
  });
});

describe('a fault in the sandbox is found:', () => {
  test.each<[what: string, plant: Change, fact: string]>([
    [
      'a sentence spelt right',
      ({ body }) => body.replace('specifed', 'specified'),
      'queue name with characters that may not be there: Abc',
    ],
    [
      'another code',
      ({ body }) => body.replace('>AuthorizationFailure<', '>AuthorizationPermissionMismatch<'),
      'queue SAS raup: delete the queue',
    ],
    [
      'another detail',
      ({ body }) => body.replace('cannot be empty or over', 'is over'),
      'policy id of 65 characters or more',
    ],
    ['no byte order mark', ({ body }) => body.replace('\uFEFF', ''), 'put a message'],
    [
      'elements in another order',
      ({ body }) => body.replace(/(<Read>.*?)(<Delete>.*?<\/Delete>)/, '$2$1'),
      'properties of a new account',
    ],
    ['an element too many', ({ body }) => body.replace('<Queues>', '<Prefix></Prefix><Queues>'), 'list queues'],
    ['a refusal with cache-control', ({ headers }) => headers.set('cache-control', 'no-cache'), 'peek 33'],
    ['an answer without it', ({ headers }) => headers.delete('cache-control'), 'receive'],
    [
      'an id of a request that does not come back',
      ({ headers }) => headers.delete('x-ms-client-request-id'),
      'x-ms-client-request-id on a refusal',
    ],
    [
      'a code in the header of an old version',
      ({ headers, version }) => {
        if (version === '2017-04-17') headers.set('x-ms-error-code', 'QueueNotFound');
      },
      'x-ms-error-code, version 2017-04-17',
    ],
    [
      'receipts that differ',
      ({ body }) => body.replace('<PopReceipt>', '<PopReceipt>A'),
      'receive two messages in one call: their receipts are equal',
    ],
    [
      'a policy with empty terms',
      ({ body }) => body.replace('</Id></Sig', '</Id><AccessPolicy /></Sig'),
      'set a policy with nothing but an id',
    ],
  ])('%s', async (_, plant, name) => {
    expect(await foundIn(factOf(name), plant)).not.toEqual([]);
  });
});

/** The operation that a fact's request is of, as a client calls it. */
function operationOf({ request: { method, path, query } }: Fact): Operation {
  const [, , messages, id] = path.split('/');
  const read = method === 'GET' || method === 'HEAD';
  if (messages !== undefined) {
    if (id !== undefined) return method === 'PUT' ? 'Update Message' : 'Delete Message';
    if (!read) return method === 'POST' ? 'Put Message' : 'Clear Messages';
    return query['peekonly'] === 'true' ? 'Peek Messages' : 'Get Messages';
  }
  if (query['comp'] === undefined) return method === 'PUT' ? 'Create Queue' : 'Delete Queue';
  switch (query['comp']) {
    case 'metadata':
      return read ? 'Get Queue Metadata' : 'Set Queue Metadata';
    case 'acl':
      return read ? 'Get Queue ACL' : 'Set Queue ACL';
    case 'list':
      return 'List Queues';
    case 'stats':
      return 'Get Queue Service Stats';
    default:
      return read ? 'Get Queue Service Properties' : 'Set Queue Service Properties';
  }
}

const at = (name: string) => new Date(VALUES[name] ?? '');
const peeked = {
  id: VALUES['MessageId'],
  insertedAt: at('InsertionTime'),
  expiresAt: at('ExpirationTime'),
  dequeueCount: 2,
  text: 'hello',
};
const received = { ...peeked, receipt: VALUES['PopReceipt'], visibleAt: at('TimeNextVisible') };
const sent = {
  id: VALUES['MessageId'],
  receipt: VALUES['PopReceipt'],
  insertedAt: at('InsertionTime'),
  expiresAt: at('ExpirationTime'),
  visibleAt: at('TimeNextVisible'),
};
const anyDate: unknown = expect.any(Date);
const undescribed = { id: '', receipt: '', insertedAt: anyDate, expiresAt: anyDate, visibleAt: anyDate };

/** What the client makes of each success, by case, and by operation where all cases are alike. */
const READINGS: Readonly<Record<string, unknown>> = {
  'create a new queue': { created: true },
  'create the same queue again, same metadata': { created: false },
  'account SAS rdc: create a queue': { created: true },
  'get metadata': { approximateMessageCount: 3, metadata: { a: '1' } },
  // Neither count nor metadata are said: the fact is of the status alone.
  'queue SAS: get metadata needs r': { approximateMessageCount: undefined, metadata: undefined },
  'list queues': { value: [{ name: 'orders', metadata: {} }], done: false },
  'list queues with prefix, maxresults and metadata': {
    value: [{ name: 'orders', metadata: { a: '1' } }],
    done: false,
  },
  'get policies, none': [],
  'put a message with a version before 2016-05-31': undescribed,
  'put a message that never expires': { ...sent, expiresAt: null },
  'receive from an empty queue': [],
  'receive two messages in one call: their receipts are equal': [received, received],
  'properties of a new account': {
    logging: { version: '1.0', read: false, write: false, delete: false, retention: { enabled: false } },
    hourMetrics: { version: '1.0', enabled: true, includeApis: true, retention: { enabled: true, days: 7 } },
    minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: false } },
    cors: [],
  },
  'stats at the secondary': { status: 'unavailable', lastSyncTime: undefined },
  'Put Message': sent,
  'Get Messages': [received],
  'Peek Messages': [peeked],
  'Update Message': { receipt: VALUES['x-ms-popreceipt'], visibleAt: at('x-ms-time-next-visible') },
};

const policies: Readonly<Record<string, unknown>> = {
  'set policies': [
    {
      id: 'one',
      startsAt: '2026-01-01T00:00:00.0000000Z',
      expiresAt: '2031-01-01T00:00:00.0000000Z',
      permissions: 'raup',
    },
  ],
  'set a policy with nothing but an id': [{ id: 'empty' }],
  'set a policy with an empty AccessPolicy': [{ id: 'empty' }],
};

/** The client with a service that gives this answer. */
const given = (answer: Response) =>
  connect(connection, { readXml: readPlainXml, fetch: () => Promise.resolve(answer), delay: () => Promise.resolve() });

const resultOf = (fact: Fact): Promise<unknown> =>
  CALLS[operationOf(fact)](given(recordedAnswer(fact)), { id: 'a', receipt: 'b' });

const isRefusal = ({ response }: Fact): boolean => response.status >= 400;

describe('the client reads as it was meant:', () => {
  test.each(titled(FACTS.filter((fact) => !isRefusal(fact))))('%s', async (_, fact) => {
    expect(await resultOf(fact)).toEqual(READINGS[fact.case] ?? READINGS[operationOf(fact)]);
  });

  test.each(titled(FACTS.filter(isRefusal)))('%s', async (_, fact) => {
    const { status, code, message, details = {}, detailsStartWith = {} } = fact.response;
    const error = await resultOf(fact).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      status,
      // A HEAD of old versions has no code at all.
      code: fact.request.method === 'HEAD' ? undefined : code,
      ...(message !== undefined && { message }),
      details: { ...details, ...detailsStartWith },
    });
    expect(mayHaveSucceeded(error)).toBe(false);
  });

  test.each(FACTS.filter(({ then }) => then !== undefined).map(({ case: name, then }) => [name, then?.expect ?? '']))(
    'the policies after: %s',
    async (name, xml) => {
      const document = xml.startsWith('<SignedIdentifiers>') ? xml : `<SignedIdentifiers>${xml}</SignedIdentifiers>`;
      expect(await given(recordedNext(document)).getAccessPolicies('orders')).toEqual(policies[name]);
    },
  );
});

/** The differences that are meant, with the facts that they name. */
const casesOf = (isMeant: (one: Difference) => boolean) =>
  ALL_DIFFERENCES.filter(([, one]) => isMeant(one)).map(([name, { facts = [] }]) => [name, facts] as const);

describe('what is said of Azure where Azurite differs', () => {
  test.each(casesOf(({ known }) => known === 'recorded'))('is recorded: %s', (_, cases) => {
    expect(cases.map(factOf).filter((fact) => !isDocumentedOnly(fact))).not.toEqual([]);
  });

  test('is marked as open where no fact shows it and no page says it', () => {
    expect(casesOf(({ known }) => known === 'open')).toEqual([
      ['bare refusal', []],
      ['details of a refusal', []],
      ['unswept count', []],
      ['wrong document', []],
      ['letters of a policy', []],
      ['peek that is none', []],
    ]);
  });
});
