import { connect } from '@/azure/account';
import { StorageError } from '@/azure/protocol/errors';
import { type Outcome, type Pair, type Party, raw } from './pair.fixture';
import { accountSas } from './signature.fixture';

/**
 * How it is known what Azure does: `recorded` where a recording of the real service shows it, the page of the documentation,
 * or `open` where neither says it and the sandbox only has to do something.
 */
type Known = 'recorded' | 'open' | `learn.microsoft.com/rest/api/storageservices/${string}`;

/** Something that Azurite does otherwise than Azure, or than the sandbox where it is open what Azure does. */
export type Difference = {
  /** `topic | Azure, or the sandbox | Azurite` */
  rule: string;
  known: Known;
  /** Cases of the facts of the real service that do not hold at Azurite because of it. */
  facts?: readonly string[];
} & (
  | {
      /** Shows it, on a queue that is new and empty. */
      show: (party: Party, scene: { queue: string; pair: Pair }) => Promise<unknown>;
      sandbox: unknown;
      azurite: unknown;
    }
  | { facts: readonly string[] }
);

const putText = (party: Party, queue: string, xml: string, query: Record<string, string | number> = {}) =>
  raw(party, 'POST', `/${queue}/messages`, { query, body: `<QueueMessage>${xml}</QueueMessage>` });

const setAcl = (party: Party, queue: string, identifiers: string) =>
  raw(party, 'PUT', `/${queue}`, {
    query: { comp: 'acl' },
    body: `<SignedIdentifiers>${identifiers}</SignedIdentifiers>`,
  });

const setCors = (party: Party, rules: string) =>
  raw(party, 'PUT', '/', {
    query: { restype: 'service', comp: 'properties' },
    body: `<StorageServiceProperties><Cors>${rules}</Cors></StorageServiceProperties>`,
  });

const policy = (terms: string) =>
  `<SignedIdentifier><Id>one</Id><AccessPolicy>${terms}</AccessPolicy></SignedIdentifier>`;

/** Lets this page in, once or six times. */
const OPEN =
  '<CorsRule><AllowedOrigins>*</AllowedOrigins><AllowedMethods>GET,HEAD,PUT,POST,DELETE,OPTIONS</AllowedMethods><AllowedHeaders>*</AllowedHeaders><ExposedHeaders>*</ExposedHeaders><MaxAgeInSeconds>7200</MaxAgeInSeconds></CorsRule>';

const differences = {
  'bare refusal': {
    rule: 'number of 0 messages, texts for numbers | 400 with code and XML | 400 without code or body',
    known: 'open',
    show: (party, { queue }) => raw(party, 'GET', `/${queue}/messages`, { query: { numofmessages: 0 } }),
    sandbox: '400 OutOfRangeQueryParameterValue',
    azurite: '400 without code',
  },
  'details of a refusal': {
    rule: 'stats of the primary | 400 with the parameter at fault | 400 without it',
    known: 'open',
    async show(party) {
      const error: unknown = await raw(party, 'GET', '/', { query: { restype: 'service', comp: 'stats' } }).catch(
        (thrown: unknown) => thrown,
      );
      return error instanceof StorageError && [error.code, error.details['QueryParameterName']];
    },
    sandbox: ['InvalidQueryParameterValue', 'comp'],
    azurite: ['InvalidQueryParameterValue', undefined],
  },
  'queue being deleted': {
    rule: 'queue delete | name locked ≥ 30–40 s | immediate',
    known: 'recorded',
    facts: ['create a queue right after its deletion (0–2 s)'],
  },
  'unswept count': {
    rule: 'approximate count; Azure gives the true one or more | without expired ones | exact count of stored rows, with invisible ones and expired ones until a sweep (any get/peek/delete/update)',
    known: 'open',
    async show({ account }, { queue, pair }) {
      await account.sendMessage(queue, { text: 'short-lived', timeToLive: 1 });
      await pair.advance(1000);
      const before = await account.getQueueProperties(queue);
      await account.peekMessages(queue);
      const after = await account.getQueueProperties(queue);
      return [before.approximateMessageCount, after.approximateMessageCount];
    },
    sandbox: [0, 0],
    azurite: [1, 0],
  },
  'void receipt': {
    rule: 'receipt no longer valid | 404 `MessageNotFound` | 400 `PopReceiptMismatch`',
    known: 'learn.microsoft.com/rest/api/storageservices/delete-message2',
    facts: [
      'update of a message that is there, with a receipt that is no longer valid',
      'delete of a message that is there, with a receipt that is no longer valid',
    ],
  },
  'malformed receipt': {
    rule: 'malformed receipt | 400 `InvalidQueryParameterValue` | 400 `PopReceiptMismatch`',
    known: 'recorded',
    facts: [
      'delete with a receipt that is none',
      'delete with a receipt with words behind it',
      'update with a receipt with words behind it',
    ],
  },
  'update past expiry': {
    rule: 'Update past expiry | refused, by a code that is open | accepted',
    known: 'learn.microsoft.com/rest/api/storageservices/update-message',
    async show({ account }, { queue }) {
      const sent = await account.sendMessage(queue, { text: 'x', timeToLive: 60 });
      await account.updateMessage(queue, sent, { visibilityTimeout: 120 });
      return 'accepted';
    },
    sandbox: '400 InvalidQueryParameterValue',
    azurite: 'accepted',
  },
  'delay of the whole life': {
    rule: 'Put `visibilitytimeout` = 604800 without TTL | refused (must be < TTL) | accepted',
    known: 'learn.microsoft.com/rest/api/storageservices/put-message',
    show: (party, { queue }) => putText(party, queue, '<MessageText>x</MessageText>', { visibilitytimeout: 604_800 }),
    sandbox: '400 InvalidQueryParameterValue',
    azurite: 'accepted',
  },
  'illegal character': {
    rule: 'message with control character | 400 | 201, then 500 on every read',
    known: 'recorded',
    facts: ['control character U+0001 in the text'],
    async show(party, { queue }) {
      await putText(party, queue, '<MessageText>\u0001</MessageText>');
      return raw(party, 'GET', `/${queue}/messages`);
    },
    sandbox: '400 InvalidXmlDocument',
    azurite: '500 without code',
  },
  'wrong document': {
    rule: 'other root, case of elements, entities of HTML in a document | refused | accepted',
    known: 'open',
    show: (party, { queue }) =>
      raw(party, 'POST', `/${queue}/messages`, { body: '<Wrong><MessageText>x</MessageText></Wrong>' }),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'policy without terms': {
    rule: 'policy without terms | accepted, and comes back as its id alone | 400 without code',
    known: 'recorded',
    facts: ['set a policy with nothing but an id', 'set a policy with an empty AccessPolicy'],
  },
  'policy twice': {
    rule: 'two policies of one id | refused | accepted',
    known: 'learn.microsoft.com/rest/api/storageservices/set-queue-acl',
    show: (party, { queue }) => setAcl(party, queue, policy('<Permission>r</Permission>').repeat(2)),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'letters of a policy': {
    rule: 'letters of a policy in another order than `raup` | refused | accepted',
    known: 'open',
    show: (party, { queue }) => setAcl(party, queue, policy('<Permission>pr</Permission>')),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'time of a policy': {
    rule: 'time of a policy that is none | refused | accepted',
    known: 'learn.microsoft.com/rest/api/storageservices/set-queue-acl',
    show: (party, { queue }) => setAcl(party, queue, policy('<Start>soon</Start>')),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'form of a time': {
    rule: 'times of a policy | come back in UTC with 7 decimals | as they were sent',
    known: 'recorded',
    facts: ['set policies'],
  },
  'size of metadata': {
    rule: 'size of metadata | 8 KiB at most | not checked',
    known: 'learn.microsoft.com/rest/api/storageservices/set-queue-metadata',
    show: (party, { queue }) =>
      raw(party, 'PUT', `/${queue}`, { query: { comp: 'metadata' }, headers: { 'x-ms-meta-big': 'x'.repeat(8192) } }),
    sandbox: '400 MetadataTooLarge',
    azurite: 'accepted',
  },
  'days of retention': {
    rule: 'days of retention | 1 to 365 | also 366',
    known: 'recorded',
    facts: ['retention of 366 days'],
  },
  'peek that is none': {
    rule: '`peekonly` other than `true` and `false` | refused | receives',
    known: 'open',
    async show(party, { queue }) {
      await party.account.sendMessage(queue, { text: 'x' });
      await raw(party, 'GET', `/${queue}/messages`, { query: { peekonly: '1' } });
      return (await party.account.peekMessages(queue)).length;
    },
    sandbox: '400 InvalidQueryParameterValue',
    azurite: 0,
  },
  'resource types of a signature': {
    rule: 'account SAS resource types | message-level update/delete/clear need `o` | need `c`',
    known: 'learn.microsoft.com/rest/api/storageservices/create-account-sas',
    async show({ connection, fetch }, { queue, pair }) {
      const terms = { services: 'q', types: 'o', letters: 'd', expiresAt: pair.now() + 60_000 };
      const token = await accountSas(connection, terms);
      await connect({ ...connection, credential: { kind: 'sas', token } }, { fetch }).clearMessages(queue);
      return 'accepted';
    },
    sandbox: 'accepted',
    azurite: '403 AuthorizationResourceTypeMismatch',
  },
  'metadata name': {
    rule: 'name of metadata | a C# identifier | not checked; `1a` makes a later list with metadata a 500',
    known: 'recorded',
    facts: ['metadata name invalid-meta', 'metadata name 12345', 'metadata without a name'],
  },
  'rules of CORS': {
    rule: 'CORS checks | number, methods, sizes, origin case | none, ignores origin case, tries later rules',
    known: 'recorded',
    facts: ['six CORS rules'],
    show: (party) => setCors(party, OPEN.repeat(6)),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'age of a request': {
    rule: '`x-ms-date` age | 15 min window | not checked',
    known: 'learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key',
    async show({ connection, fetch }, { queue, pair }) {
      const late = connect(connection, { fetch, signingTime: () => pair.now() - 16 * 60_000 });
      return (await late.getQueueProperties(queue)).approximateMessageCount;
    },
    sandbox: '403 AuthenticationFailed',
    azurite: 0,
  },
  'no credentials': {
    rule: 'no credentials | 401 `NoAuthenticationInformation` (≥ 2019-12-12) or 404 | 403 `AuthenticationFailed`',
    known: 'learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes',
    facts: ['no credentials, version 2018-11-09'],
    async show({ connection, fetch }, { queue }) {
      const headers = { 'x-ms-version': '2024-11-04' };
      const response = await fetch(`${connection.endpoint}/${queue}?comp=metadata`, { headers });
      return `${response.status} ${response.headers.get('x-ms-error-code')}`;
    },
    sandbox: '401 NoAuthenticationInformation',
    azurite: '403 AuthenticationFailed',
  },
  'detail of a bad signature': {
    rule: '`AuthenticationErrorDetail` for keys and signatures | there | absent, and the sentence has other words',
    known: 'recorded',
    facts: [
      'shared key that does not fit',
      'account SAS past its expiry, without a start',
      'account SAS past its expiry, with a start',
    ],
  },
  'id of a refused request': {
    rule: '`x-ms-client-request-id` of a refusal, from version 2019-02-02 on | comes back | absent',
    known: 'recorded',
    facts: ['x-ms-client-request-id on a refusal'],
  },
  'pages of a list': {
    rule: 'list paging | correct | marker is an internal id while the page is sorted by name → queues made out of name order are skipped or repeat for ever',
    known: 'learn.microsoft.com/rest/api/storageservices/list-queues1',
    async show(party, { queue }) {
      for (const letter of ['c', 'b', 'a']) await party.account.createQueue(`${queue}-${letter}`);
      const names: string[] = [];
      let marker: string | undefined;
      for (let page = 0; page < 3; page++) {
        const query = { comp: 'list', prefix: `${queue}-`, maxresults: 1, marker };
        const { body } = await raw(party, 'GET', '/', { query });
        const name = /<Name>(.*?)<\/Name>/.exec(body)?.[1] ?? '';
        names.push(name.slice(queue.length + 1));
        marker = /<NextMarker>(.+?)<\/NextMarker>/.exec(body)?.[1];
        if (marker === undefined) break;
      }
      for (const letter of ['c', 'b', 'a']) await party.account.deleteQueue(`${queue}-${letter}`);
      return names;
    },
    sandbox: ['a', 'b', 'c'],
    azurite: ['a', 'a', 'a'],
  },
  'marker made up': {
    rule: 'marker that was made up | 400 `OutOfRangeInput` | 200, from the start where it is no number',
    known: 'recorded',
    facts: ['list with a marker that was made up'],
  },
  'write at the secondary': {
    rule: 'secondary | read-only, RA accounts only | always there, accepts writes',
    known: 'learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes',
    show: ({ connection, fetch }, { queue, pair }) =>
      connect({ ...connection, endpoint: connection.secondaryEndpoint ?? '' }, { fetch, signingTime: pair.now })
        .clearMessages(queue)
        .then(() => 'accepted'),
    sandbox: '403 InsufficientAccountPermissions',
    azurite: 'accepted',
  },
  'spelling of a refused name': {
    rule: 'words of `InvalidResourceName` | "specifed", in all of 114 answers | "specified"',
    known: 'recorded',
    facts: [
      'queue name with characters that may not be there: Abc',
      'queue name with characters that may not be there: a--b',
      'queue name with characters that may not be there: -ab',
      'queue name with characters that may not be there: a_b',
      'queue name with characters that may not be there: {name}',
      'queue name with characters that may not be there: 啊齄丂',
    ],
  },
  'cache of an answer': {
    rule: '`cache-control` of a 200 | `no-cache` | none',
    known: 'recorded',
    facts: ['get metadata', 'list queues', 'get policies, none', 'receive'],
  },
  'byte order mark': {
    rule: 'begin of a body | a byte order mark | none',
    known: 'recorded',
    facts: ['list queues', 'put a message'],
  },
  'elements of a list': {
    rule: '`Prefix`, `Marker`, `MaxResults` | only those asked for | always',
    known: 'recorded',
    facts: ['list queues'],
  },
  'id of a policy': {
    rule: 'id of 65 characters or more | 400 | accepted',
    known: 'recorded',
    facts: ['policy id of 65 characters or more'],
  },
  'place in a document': {
    rule: '`LineNumber`, `LinePosition`, `Reason` of `InvalidXmlDocument` | always there | absent',
    known: 'recorded',
    facts: ['six policies', 'policy letters rwdl'],
  },
  'added message of old versions': {
    rule: 'Put before version 2016-05-31 | 201 without a body | 201 with the message',
    known: 'recorded',
    facts: ['put a message with a version before 2016-05-31'],
  },
  'reason of a delay': {
    rule: 'words of the reason | without a full stop | with one',
    known: 'recorded',
    facts: ['delay as long as the life'],
  },
  'queue signature beyond its kind': {
    rule: 'queue SAS for what none can do | `AuthorizationFailure` | `AuthorizationPermissionMismatch`',
    known: 'recorded',
    facts: ['queue SAS raup: delete the queue', 'queue SAS raup: create the queue'],
  },
  'version of a refusal': {
    rule: '`x-ms-version` of `AuthenticationFailed`, `InvalidAuthenticationInfo`, `AuthorizationServiceMismatch` | absent | there',
    known: 'recorded',
    facts: [
      'account SAS for other services: list',
      'a bearer token that is no JWT, version 2018-03-28',
      'shared key that does not fit',
    ],
  },
  'token that is none': {
    rule: 'bearer token that is no JWT, before version 2019-12-12 | 400 `InvalidAuthenticationInfo` | 403 `AuthenticationFailed`',
    known: 'recorded',
    facts: ['a bearer token that is no JWT, version 2018-03-28'],
  },
  'new account': {
    rule: 'properties that nobody has set | hour metrics for 7 days, no logging | logging of all, no metrics; `Delete` before `Read`',
    known: 'recorded',
    facts: ['properties of a new account'],
  },
  'capital of a truth value': {
    rule: '`True` and `False` | accepted | 400',
    known: 'recorded',
    facts: ['truth values with a capital'],
  },
  'properties of nothing': {
    rule: 'a document without sections | 400 | 500',
    known: 'recorded',
    facts: ['properties without any section'],
  },
  'code header of old versions': {
    rule: '`x-ms-error-code` | from version 2017-07-29 on | always',
    known: 'recorded',
    facts: ['x-ms-error-code, version 2017-04-17'],
  },
} satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof differences;

/** All of them, by name. */
export const ALL_DIFFERENCES: readonly [name: string, difference: Difference][] = Object.entries(differences);

/** An outcome in a word: its value, or status and code. */
export function inBrief({ value, refusal }: Outcome): unknown {
  if (refusal) return `${refusal.status} ${refusal.code ?? 'without code'}`;
  const isAnswer = typeof value === 'object' && value !== null && 'statusText' in value;
  return value === undefined || isAnswer ? 'accepted' : value;
}
