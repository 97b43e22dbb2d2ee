import { connect } from '@/azure/account';
import { importKey } from '@/azure/credentials/shared-key';
import { StorageError } from '@/azure/protocol/errors';
import { type Outcome, type Pair, type Party, raw } from './pair.fixture';
import { accountSas } from './signature.fixture';

/** What Azurite is known to do otherwise than Azure, which the sandbox follows. */
export type Difference = {
  /** The row of section 6 of the fact sheet on the REST API, `topic | real | Azurite`, or the section that has it. */
  rule: string;
  /** Shows it, on a queue that is new and empty. */
  show: (party: Party, scene: { queue: string; pair: Pair }) => Promise<unknown>;
  sandbox: unknown;
  azurite: unknown;
};

const never = new Date(0).toUTCString();

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

export const differences = {
  'bare refusal': {
    rule: 'parameter parse errors | 400 with code and XML | 400 without code or body',
    show: (party, { queue }) => raw(party, 'GET', `/${queue}/messages`, { query: { numofmessages: 0 } }),
    sandbox: '400 OutOfRangeQueryParameterValue',
    azurite: '400 without code',
  },
  'details of a refusal': {
    rule: '1.5: On the primary endpoint Azurite answers 400 `InvalidQueryParameterValue`; the real service also refuses, most likely with the same code',
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
    async show({ account }, { queue }) {
      await account.deleteQueue(queue);
      return account.createQueue(queue);
    },
    sandbox: '409 QueueBeingDeleted',
    azurite: { created: true },
  },
  'unswept count': {
    rule: 'approximate count | ≥ true count, lags | exact count of stored rows, with invisible ones and expired ones until a sweep (any get/peek/delete/update)',
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
    async show({ account }, { queue }) {
      const sent = await account.sendMessage(queue, { text: 'x' });
      await account.updateMessage(queue, sent, { visibilityTimeout: 0 });
      return account.deleteMessage(queue, sent);
    },
    sandbox: '404 MessageNotFound',
    azurite: '400 PopReceiptMismatch',
  },
  'malformed receipt': {
    rule: 'malformed receipt | 400 `InvalidQueryParameterValue` | 400 `PopReceiptMismatch`',
    async show({ account }, { queue }) {
      const { id } = await account.sendMessage(queue, { text: 'x' });
      return account.deleteMessage(queue, { id, receipt: 'no receipt' });
    },
    sandbox: '400 InvalidQueryParameterValue',
    azurite: '400 PopReceiptMismatch',
  },
  'update past expiry': {
    rule: 'Update past expiry | refused | accepted',
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
    show: (party, { queue }) => putText(party, queue, '<MessageText>x</MessageText>', { visibilitytimeout: 604_800 }),
    sandbox: '400 InvalidQueryParameterValue',
    azurite: 'accepted',
  },
  'illegal character': {
    rule: 'message with control character | 400 | 201, then 500 on every read',
    async show(party, { queue }) {
      await putText(party, queue, '<MessageText>\u0001</MessageText>');
      return raw(party, 'GET', `/${queue}/messages`);
    },
    sandbox: '400 InvalidXmlDocument',
    azurite: '500 without code',
  },
  'place of an illegal character': {
    rule: '5.1: 400 `InvalidXmlDocument` with `LineNumber`, `LinePosition`, `Reason` naming the hex value',
    async show(party, { queue }) {
      const error: unknown = await putText(party, queue, '<MessageText>ab\u0001</MessageText>').catch(
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof StorageError)) return 'accepted';
      const { LineNumber, Reason } = error.details;
      return [LineNumber, Reason?.includes('01')];
    },
    sandbox: ['1', true],
    azurite: 'accepted',
  },
  'wrong document': {
    rule: 'wrong XML root / element case / CDATA / HTML entities (`&nbsp;`) | mostly 400 | accepted',
    show: (party, { queue }) =>
      raw(party, 'POST', `/${queue}/messages`, { body: '<Wrong><MessageText>x</MessageText></Wrong>' }),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'policy without terms': {
    rule: 'ACL checks | ids, dates, letters | only "at most 5"; needs a non-empty `<AccessPolicy>`',
    show: (party, { queue }) => setAcl(party, queue, policy('')),
    sandbox: 'accepted',
    azurite: '400 without code',
  },
  'policy twice': {
    rule: 'ACL checks | ids, dates, letters | only "at most 5"; needs a non-empty `<AccessPolicy>`',
    show: (party, { queue }) => setAcl(party, queue, policy('<Permission>r</Permission>').repeat(2)),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'letters of a policy': {
    rule: '1.7: permission letters in the order `raup`; others → real 400 `InvalidXmlDocument`; Azurite accepts any letter order',
    show: (party, { queue }) => setAcl(party, queue, policy('<Permission>pr</Permission>')),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'time of a policy': {
    rule: 'ACL checks | ids, dates, letters | only "at most 5"; needs a non-empty `<AccessPolicy>`',
    show: (party, { queue }) => setAcl(party, queue, policy('<Start>soon</Start>')),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'form of a time': {
    rule: '1.7: UTC is what the service gives back, with 7 decimals',
    async show({ account }, { queue }) {
      await account.setAccessPolicies(queue, [{ id: 'one', startsAt: '2026-01-02', permissions: 'r' }]);
      return (await account.getAccessPolicies(queue))[0]?.startsAt;
    },
    sandbox: '2026-01-02T00:00:00.0000000Z',
    azurite: '2026-01-02',
  },
  'size of metadata': {
    rule: 'metadata checks | C# identifier, duplicates, 8 KiB | none; `1a` makes later list with metadata a 500',
    show: (party, { queue }) =>
      raw(party, 'PUT', `/${queue}`, { query: { comp: 'metadata' }, headers: { 'x-ms-meta-big': 'x'.repeat(8192) } }),
    sandbox: '400 MetadataTooLarge',
    azurite: 'accepted',
  },
  'days of retention': {
    rule: '1.4: `Days` only when retention is enabled, 1–365; Azurite takes 366',
    async show({ account }) {
      await account.setServiceProperties({
        minuteMetrics: { version: '1.0', enabled: false, retention: { enabled: true, days: 366 } },
      });
      return 'accepted';
    },
    sandbox: '400 InvalidXmlNodeValue',
    azurite: 'accepted',
  },
  'peek that is none': {
    rule: '`peekonly` other than `true` | — | dequeues',
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
    rule: 'metadata checks | C# identifier, duplicates, 8 KiB | none; `1a` makes later list with metadata a 500',
    show: (party, { queue }) =>
      raw(party, 'PUT', `/${queue}`, { query: { comp: 'metadata' }, headers: { 'x-ms-meta-1a': 'x' } }),
    sandbox: '400 InvalidMetadata',
    azurite: 'accepted',
  },
  'rules of CORS': {
    rule: 'CORS checks | number, methods, sizes, origin case | none, ignores origin case, tries later rules',
    show: (party) => setCors(party, OPEN.repeat(6)),
    sandbox: '400 InvalidXmlDocument',
    azurite: 'accepted',
  },
  'age of a request': {
    rule: '`x-ms-date` age | 15 min window | not checked',
    async show({ connection, fetch }, { queue, pair }) {
      const late = connect(connection, { fetch, signingTime: () => pair.now() - 16 * 60_000 });
      return (await late.getQueueProperties(queue)).approximateMessageCount;
    },
    sandbox: '403 AuthenticationFailed',
    azurite: 0,
  },
  'no credentials': {
    rule: 'no credentials | 401 `NoAuthenticationInformation` (≥ 2019-12-12) or 404 | 403 `AuthenticationFailed`',
    async show({ connection, fetch }, { queue }) {
      const headers = { 'x-ms-version': '2024-11-04' };
      const response = await fetch(`${connection.endpoint}/${queue}?comp=metadata`, { headers });
      return `${response.status} ${response.headers.get('x-ms-error-code')}`;
    },
    sandbox: '401 NoAuthenticationInformation',
    azurite: '403 AuthenticationFailed',
  },
  'detail of a bad signature': {
    rule: '`AuthenticationErrorDetail` for SharedKey | yes | no',
    async show({ connection, fetch }, { queue, pair }) {
      const key = await importKey(btoa('x'.repeat(64)));
      const wrong = { ...connection, credential: { kind: 'key', key } as const };
      const error: unknown = await connect(wrong, { fetch, signingTime: pair.now })
        .getQueueProperties(queue)
        .catch((thrown: unknown) => thrown);
      return 'AuthenticationErrorDetail' in (error as { details: object }).details;
    },
    sandbox: true,
    azurite: false,
  },
  'id of a refused request': {
    rule: '`x-ms-client-request-id` on errors | echoed | not echoed',
    async show({ connection, fetch }) {
      const headers = { 'x-ms-version': '2024-11-04', 'x-ms-client-request-id': 'mine', 'x-ms-date': never };
      const response = await fetch(`${connection.endpoint}/no-such-queue?comp=metadata`, { headers });
      return response.headers.get('x-ms-client-request-id');
    },
    sandbox: 'mine',
    azurite: null,
  },
  'pages of a list': {
    rule: 'list paging | correct | marker is an internal id while the page is sorted by name → queues made out of name order are skipped or repeat for ever',
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
    rule: '1.3: A made-up marker: real 400 `OutOfRangeInput`; Azurite answers 200, from the start for non-numbers',
    show: (party, { queue }) => raw(party, 'GET', '/', { query: { comp: 'list', prefix: queue, marker: 'made-up' } }),
    sandbox: '400 OutOfRangeInput',
    azurite: 'accepted',
  },
  'write at the secondary': {
    rule: 'secondary | read-only, RA accounts only | always there, accepts writes',
    show: ({ connection, fetch }, { queue, pair }) =>
      connect({ ...connection, endpoint: connection.secondaryEndpoint ?? '' }, { fetch, signingTime: pair.now })
        .clearMessages(queue)
        .then(() => 'accepted'),
    sandbox: '403 InsufficientAccountPermissions',
    azurite: 'accepted',
  },
} satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof differences;

/** An outcome in a word: its value, or status and code. */
export function inBrief({ value, refusal }: Outcome): unknown {
  if (refusal) return `${refusal.status} ${refusal.code ?? 'without code'}`;
  const isAnswer = typeof value === 'object' && value !== null && 'statusText' in value;
  return value === undefined || isAnswer ? 'accepted' : value;
}
