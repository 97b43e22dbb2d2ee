import { urlOf } from '../protocol/decode-uri';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { accountNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError, inputWarning, KEY_AND_SAS } from './input-problem';
import { type ConnectionInput, fromKey, fromSas, parsedBase } from './parsed-connection';
import { MASKED_TEXT, TEMPLATE_TEXT, type Unfilled, unfilled } from './placeholders';

/**
 * Makes a parsed connection of the fields of a connection string, by their names in lower case; `now` in epoch ms. A template
 * is no connection; where only the secret is masked or not filled in, the account is one that lacks its key.
 */
export function fromConnectionString(fields: ReadonlyMap<string, string>, now: number): ConnectionInput {
  const name = fields.get('accountname');
  const open = [name, fields.get('queueendpoint'), fields.get('endpointsuffix')].map(unfilledPart).find(Boolean);
  if (open) return { kind: 'unknown', problems: [inputError('text', open === 'masked' ? MASKED_TEXT : TEMPLATE_TEXT)] };
  const problems: ConnectionProblem[] = [];
  const { endpoint, query } = endpointIn(fields, name, problems);
  const account = name ?? endpoint.account ?? '';
  if (endpoint.account !== undefined && endpoint.account !== account) {
    problems.push(inputError('accountName', 'AccountName and the account in QueueEndpoint are not the same.'));
  }
  const key = fields.get('accountkey');
  const signature = fields.get('sharedaccesssignature') ?? query;
  const hidden = secretUnfilled(key, signature);
  if (hidden !== undefined) {
    return { kind: 'account', ...parsedBase(endpoint, account, [...problems, inputWarning('text', hidden)]) };
  }
  if (signature !== undefined) {
    if (key) problems.push(KEY_AND_SAS);
    return fromSas('connectionString', endpoint, account, signature, now, problems);
  }
  if (!key) {
    problems.push(inputError('accountKey', key === '' ? EMPTY : NO_SECRET));
    return { kind: 'key', from: 'connectionString', key: '', ...parsedBase(endpoint, account, problems) };
  }
  const from = fields.get('usedevelopmentstorage') === 'true' ? 'developmentStorage' : 'connectionString';
  const { problems: ofKey, ...parsed } = fromKey(from, endpoint, account, key);
  return { ...parsed, problems: [...ofKey, ...problems] };
}

const NO_SECRET = 'The connection string has neither AccountKey nor SharedAccessSignature.';
const EMPTY = 'AccountKey has no value here: the key was left out, or is masked.';

/** Why a name or an address is none yet. A name that could be one is taken as it is. */
const unfilledPart = (value: string | undefined): Unfilled | undefined =>
  value === undefined || accountNameProblem(value) === undefined ? undefined : unfilled(value);

/** Says that the key or the signature is masked or a placeholder; undefined when it may be a secret. */
function secretUnfilled(key: string | undefined, signature: string | undefined): string | undefined {
  if (signature !== undefined) return maskedSignature(signature);
  const why = key === undefined ? undefined : unfilled(key);
  return why && `The key is ${WHY[why]} here. Add the key below.`;
}

/** Says that the signature in the query of a SAS is masked, as logs write it, or a placeholder; undefined for others. */
export function maskedSignature(query: string): string | undefined {
  const why = unfilled(/(?:^|[?&])sig=([^&]{0,300})/i.exec(query)?.[1] ?? (query.includes('=') ? '' : query));
  return why && `The signature is ${WHY[why]} here. Paste it whole, or add the account key below.`;
}

const WHY = { masked: 'masked', template: 'a placeholder' };

const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/i;

/** The address of another service of the account, which names the account where no other field does. */
const otherEndpoint = (fields: ReadonlyMap<string, string>): string =>
  ['blob', 'table', 'file'].map((service) => fields.get(`${service}endpoint`)).find(Boolean) ?? '';

/** The endpoint that a connection string names or implies; `query` is a signature behind the address. */
function endpointIn(
  fields: ReadonlyMap<string, string>,
  account: string | undefined,
  problems: ConnectionProblem[],
): { endpoint: Endpoint; query?: string } {
  const protocol = fields.get('defaultendpointsprotocol')?.toLowerCase() ?? 'https';
  if (protocol !== 'http' && protocol !== 'https') {
    problems.push(inputError('endpoint', 'DefaultEndpointsProtocol is http or https.'));
  }
  const [address, query] = (fields.get('queueendpoint') ?? (account ? '' : otherEndpoint(fields))).split('?');
  if (!address) {
    const suffix = fields.get('endpointsuffix')?.replace(/^\.+|[./]+$/g, '');
    if (suffix !== undefined && !DOMAIN.test(suffix)) {
      problems.push(inputError('endpoint', 'EndpointSuffix is a domain such as core.windows.net.'));
      return { endpoint: { endpoint: '' } };
    }
    return { endpoint: account ? endpointOf(account, suffix, protocol) : { endpoint: '' } };
  }
  const endpoint = readEndpoint(address, account);
  if (!endpoint) {
    problems.push(inputError('endpoint', 'QueueEndpoint is an address that starts with http:// or https://.'));
    return { endpoint: { endpoint: '' } };
  }
  const secondary = fields.get('queuesecondaryendpoint')?.replace(/\/+$/, '');
  if (secondary !== undefined && !(/^https?:\/\/[^/]/.test(secondary) && urlOf(secondary))) {
    problems.push(
      inputError('secondaryEndpoint', 'QueueSecondaryEndpoint is an address that starts with http:// or https://.'),
    );
  }
  return {
    endpoint: { ...endpoint, ...(secondary && { secondaryEndpoint: secondary }) },
    ...(query?.includes('sig=') && { query }),
  };
}
