import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { type ConnectionProblem, inputError, KEY_AND_SAS, keyProblem } from './input-problem';
import { fromSas, type ParsedConnection, parsedBase } from './parsed-connection';

/** Makes a parsed connection of the fields of a connection string, by their names in lower case; `now` in epoch ms. */
export function fromConnectionString(fields: ReadonlyMap<string, string>, now: number): ParsedConnection {
  const problems: ConnectionProblem[] = [];
  const name = fields.get('accountname');
  const { endpoint, query } = endpointIn(fields, name, problems);
  const account = name ?? endpoint.account ?? '';
  if (endpoint.account !== undefined && endpoint.account !== account) {
    problems.push(inputError('accountName', 'AccountName and the account in QueueEndpoint are not the same.'));
  }
  const key = fields.get('accountkey');
  const signature = fields.get('sharedaccesssignature') ?? query;

  if (signature !== undefined) {
    if (key !== undefined) problems.push(KEY_AND_SAS);
    return fromSas('connectionString', endpoint, account, signature, now, problems);
  }
  if (key === undefined) {
    problems.push(inputError('accountKey', 'The connection string has neither AccountKey nor SharedAccessSignature.'));
  } else {
    const problem = keyProblem(key);
    if (problem) problems.push(problem);
  }
  const from = fields.get('usedevelopmentstorage') === 'true' ? 'developmentStorage' : 'connectionString';
  return { kind: 'key', from, key: key ?? '', ...parsedBase(endpoint, account, problems) };
}

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
  if (secondary !== undefined && !(/^https?:\/\/[^/]/.test(secondary) && URL.canParse(secondary))) {
    problems.push(
      inputError('secondaryEndpoint', 'QueueSecondaryEndpoint is an address that starts with http:// or https://.'),
    );
  }
  return {
    endpoint: { ...endpoint, ...(secondary && { secondaryEndpoint: secondary }) },
    ...(query?.includes('sig=') && { query }),
  };
}
