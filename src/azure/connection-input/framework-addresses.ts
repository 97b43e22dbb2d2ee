import { decodedOrSame } from '../protocol/decode-uri';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { accountNameProblem } from '../protocol/input-rules';
import { inputWarning } from './input-problem';
import { fromKey, fromSas, type ParsedConnection, parsedBase } from './parsed-connection';

/**
 * Celery's broker address: `azurestoragequeues://KEY@ADDRESS`, with a colon before the key, which may be a SAS or the name of
 * a credential, and an account name in place of the address. A key may hold slashes, so the last `@` divides.
 */
const CELERY = /azurestoragequeues:\/\/([^\s"'<>@]{0,1200})@([^\s"'<>@,;]{1,300})/gi;
/** Camel's addresses: `azure-storage-queue://ACCOUNT/QUEUE?accessKey=KEY`. */
const CAMEL = /azure-(?:storage-)?queue:(?:\/\/|\/)?([a-z0-9]{3,24})(?:\/([\w-]{1,80}))?(?:\?([^\s"'<>]{0,1200}))?/gi;
/** Airflow's and Hadoop's addresses: `wasb://ACCOUNT:KEY@HOST`. */
const WASB = /wasbs?:\/\/([a-z0-9]{3,24}):([^\s"'<>@]{1,1200})@([^\s"'<>@/?,;]{0,300})/gi;

/** Every connection in the addresses of frameworks in a text; `now` in epoch ms. */
export function frameworkConnectionsIn(text: string, now: number): ParsedConnection[] {
  return [
    ...[...text.matchAll(CELERY)].flatMap(([, secret = '', place = '']) => celery(secret, place, now)),
    ...[...text.matchAll(CAMEL)].flatMap(([, account = '', queue, query = '']) => camel(account, queue, query, now)),
    ...[...text.matchAll(WASB)].map(([, account = '', secret = '']) => wasb(account, secret)),
  ];
}

function celery(user: string, place: string, now: number): ParsedConnection[] {
  const secret = user.replace(/^:/, '');
  const address = decodedOrSame(place);
  const endpoint = /[:/.]/.test(address) ? readEndpoint(address) : nameAt(address);
  if (!endpoint) return [];
  const account = endpoint.account ?? '';
  const plain = decodedOrSame(secret);
  if (/^\??(?:.{1,200}&)?s(?:ig|v)=/s.test(plain))
    return [fromSas('url', endpoint, account, withoutMark(secret), now, [])];
  if (secret === '' || /^\w{1,40}Credential$/.test(secret))
    return [{ kind: 'endpoint', ...parsedBase(endpoint, account, []) }];
  return [fromKey('frameworkAddress', endpoint, account, secret)];
}

/** The query of a SAS that a URL has in the place of a password, where all of it may be encoded once more. */
const withoutMark = (secret: string): string =>
  (secret.includes('=') ? secret : decodedOrSame(secret)).replace(/^\?/, '');

const nameAt = (name: string): Endpoint | undefined =>
  accountNameProblem(name) === undefined ? endpointOf(name) : undefined;

/** The options of Camel that hold a secret, which may be in `RAW(…)`. */
const OPTIONS = /(?:^|&)(accessKey|credentialAccountKey|sasToken)=(RAW\([^)]*\)|RAW\{[^}]*\}|[^&]*)/gi;

function camel(account: string, queue: string | undefined, query: string, now: number): ParsedConnection[] {
  const options = new Map([...query.matchAll(OPTIONS)].map(([, name = '', value = '']) => [name.toLowerCase(), value]));
  const endpoint = { ...endpointOf(account), ...(queue !== undefined && { queue }) };
  const key = options.get('accesskey') ?? options.get('credentialaccountkey');
  const token = options.get('sastoken');
  if (key) return [fromKey('frameworkAddress', endpoint, account, raw(key))];
  if (token) return [fromSas('url', endpoint, account, raw(decodedOrSame(token)), now, [])];
  return [{ kind: 'endpoint', ...parsedBase(endpoint, account, []) }];
}

/** Camel's `RAW(…)` and `RAW{…}` around a value. */
const raw = (value: string): string => /^RAW[({](.*)[)}]$/s.exec(value)?.[1] ?? value;

function wasb(account: string, secret: string): ParsedConnection {
  const parsed = fromKey('frameworkAddress', endpointOf(account), account, secret);
  return { ...parsed, problems: [...parsed.problems, inputWarning('text', BLOB_ADDRESS)] };
}

const BLOB_ADDRESS = 'This is an address for blobs. The queue service of the same account is used.';
