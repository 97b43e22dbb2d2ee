import { type Connection } from './connection';
import { readConnectionString } from './connection-string';
import { type Endpoint, endpointOf, readEndpoint } from './endpoint';
import { InvalidInputError } from './errors';
import { accountNameProblem } from './rules';
import { readSasToken, type SasToken, sasProblem } from './sas-token';
import { importKey, keyBytes } from './shared-key';

export type ConnectionField = 'text' | 'accountName' | 'accountKey' | 'endpoint' | 'secondaryEndpoint' | 'sas';

/** A rule that a pasted text breaks, as a sentence that never quotes a secret. */
export type ConnectionProblem = {
  field: ConnectionField;
  /** An `error` keeps it from being used; a `warning` is worth a look. */
  severity: 'error' | 'warning';
  message: string;
};

type Found = {
  /** Empty when it was not found; `problems` says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  problems: ConnectionProblem[];
};

/** What a person pasted. `key` and `token` are secrets: never to be shown, stored or logged. */
export type Recognised =
  /** Blank. */
  | { kind: 'nothing'; problems: [] }
  | (Found & { kind: 'key'; from: 'connectionString' | 'developmentStorage'; key: string })
  | (Found & {
      kind: 'sas';
      from: 'connectionString' | 'url';
      token: string;
      sas: Omit<SasToken, 'token'>;
      /** The queue in a pasted address. */
      queue?: string;
    })
  /** An account name, or an address, which needs a key from elsewhere. */
  | (Found & { kind: 'account' })
  | (Found & { kind: 'endpoint'; queue?: string })
  | { kind: 'unknown'; problems: ConnectionProblem[] };

const error = (field: ConnectionField, message: string): ConnectionProblem => ({ field, severity: 'error', message });
const warning = (field: ConnectionField, message: string): ConnectionProblem => ({
  field,
  severity: 'warning',
  message,
});

/**
 * Finds out what a pasted text is: a connection string (any order, case, quotes and line breaks), a SAS URL, an account
 * name, an endpoint. `now` in ms, to see whether a signature has expired.
 */
export function recogniseConnection(text: string, now = Date.now()): Recognised {
  const pasted = text
    .trim()
    .replace(/^["'`“‘]+|["'`”’,]+$/g, '')
    .trim();
  if (pasted === '') return { kind: 'nothing', problems: [] };
  const fields = readConnectionString(pasted);
  if (fields) return fromConnectionString(fields, now);
  if (/^\??(?:[a-z]+=[^&/]*&)*sig=/i.test(pasted)) {
    return {
      kind: 'unknown',
      problems: [
        error(
          'text',
          'This is a shared access signature alone. Put the address of the queue service in front of it, as in https://account.queue.core.windows.net/?sv=…',
        ),
      ],
    };
  }
  if (keyBytes(pasted)?.length === 64) {
    return {
      kind: 'unknown',
      problems: [error('text', 'This looks like an account key alone. The account name is needed too.')],
    };
  }
  if (/[:/.]/.test(pasted)) return fromAddress(pasted, now);
  if (/^[\w-]+$/.test(pasted)) {
    return { kind: 'account', ...found(endpointOf(pasted), pasted, []) };
  }
  return {
    kind: 'unknown',
    problems: [
      error('text', 'This is not a connection string, a shared access signature URL, an account name or an endpoint.'),
    ],
  };
}

function fromConnectionString(fields: ReadonlyMap<string, string>, now: number): Recognised {
  const problems: ConnectionProblem[] = [];
  const name = fields.get('accountname');
  const { endpoint, query } = endpointIn(fields, name, problems);
  const account = name ?? endpoint.account ?? '';
  if (endpoint.account !== undefined && endpoint.account !== account) {
    problems.push(error('accountName', 'AccountName and the account in QueueEndpoint are not the same.'));
  }
  const key = fields.get('accountkey');
  const signature = fields.get('sharedaccesssignature') ?? query;

  if (signature !== undefined) {
    if (key !== undefined) {
      problems.push(
        warning('sas', 'Both a key and a shared access signature are here. The signature is used, as it allows less.'),
      );
    }
    return fromSas('connectionString', endpoint, account, signature, now, problems);
  }
  if (key === undefined) {
    problems.push(error('accountKey', 'The connection string has neither AccountKey nor SharedAccessSignature.'));
  } else {
    const problem = keyProblem(key);
    if (problem) problems.push(problem);
  }
  const from = fields.get('usedevelopmentstorage') === 'true' ? 'developmentStorage' : 'connectionString';
  return { kind: 'key', from, key: key ?? '', ...found(endpoint, account, problems) };
}

/** The endpoint that a connection string names or implies; a signature may hang on the address. */
function endpointIn(
  fields: ReadonlyMap<string, string>,
  account: string | undefined,
  problems: ConnectionProblem[],
): { endpoint: Endpoint; query?: string } {
  const protocol = fields.get('defaultendpointsprotocol')?.toLowerCase() ?? 'https';
  if (protocol !== 'http' && protocol !== 'https') {
    problems.push(error('endpoint', 'DefaultEndpointsProtocol is http or https.'));
  }
  const [address, query] = (fields.get('queueendpoint') ?? '').split('?');
  if (!address) {
    return { endpoint: account ? endpointOf(account, fields.get('endpointsuffix'), protocol) : { endpoint: '' } };
  }
  const endpoint = readEndpoint(address, account);
  if (!endpoint) {
    problems.push(error('endpoint', 'QueueEndpoint is an address that starts with http:// or https://.'));
    return { endpoint: { endpoint: '' } };
  }
  const secondary = fields.get('queuesecondaryendpoint')?.replace(/\/+$/, '');
  if (secondary !== undefined && !/^https?:\/\/[^/]/.test(secondary)) {
    problems.push(
      error('secondaryEndpoint', 'QueueSecondaryEndpoint is an address that starts with http:// or https://.'),
    );
  }
  return {
    endpoint: { ...endpoint, ...(secondary && { secondaryEndpoint: secondary }) },
    ...(query?.includes('sig=') && { query }),
  };
}

function fromAddress(pasted: string, now: number): Recognised {
  const [address = '', query = ''] = pasted.split('?');
  const endpoint = readEndpoint(address);
  if (!endpoint) {
    return {
      kind: 'unknown',
      problems: [error('endpoint', 'An endpoint is an address that starts with http:// or https://.')],
    };
  }
  const { account = '', queue } = endpoint;
  if (/(?:^|&)sig=/.test(query)) return fromSas('url', endpoint, account, query, now, []);
  return { kind: 'endpoint', ...(queue && { queue }), ...found(endpoint, account, []) };
}

function fromSas(
  from: 'connectionString' | 'url',
  endpoint: Endpoint,
  account: string,
  query: string,
  now: number,
  problems: ConnectionProblem[],
): Recognised {
  const { token, ...sas } = readSasToken(query);
  const problem = sasProblem({ token, ...sas }, now);
  if (problem !== undefined) problems.push(error('sas', problem));
  if (sas.fields['spr'] === 'https' && endpoint.endpoint.startsWith('http:')) {
    problems.push(error('sas', 'This signature is for https only (spr), and the endpoint is http.'));
  }
  const { queue } = endpoint;
  return { kind: 'sas', from, token, sas, ...(queue && { queue }), ...found(endpoint, account, problems) };
}

/** The part that every recognised connection has, with the checks on it. */
function found(
  { endpoint, secondaryEndpoint, insteadOf }: Endpoint,
  account: string,
  problems: ConnectionProblem[],
): Found {
  const nameProblem =
    account === '' ? 'The account name is missing, and the address does not tell it.' : accountNameProblem(account);
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    problems: [
      ...(nameProblem === undefined ? [] : [error('accountName', nameProblem)]),
      ...problems,
      ...(insteadOf === undefined
        ? []
        : [
            warning(
              'endpoint',
              `This is the address of the ${insteadOf} service. The queue service of the same account is used.`,
            ),
          ]),
    ],
  };
}

/** What is wrong with an account key; the key itself is never quoted. */
export function keyProblem(key: string): ConnectionProblem | undefined {
  if (key === '') return error('accountKey', 'The account key is empty.');
  const bytes = keyBytes(key);
  if (!bytes) return error('accountKey', 'The account key is not Base64.');
  return bytes.length === 64
    ? undefined
    : warning('accountKey', `An account key has 64 bytes. This one has ${bytes.length}, so a part may be missing.`);
}

/** Says what was recognised, to follow "Recognised as": `a connection string with account key`. */
export function recognisedAs(recognised: Recognised): string | undefined {
  switch (recognised.kind) {
    case 'nothing':
    case 'unknown':
      return undefined;
    case 'key':
      return recognised.from === 'developmentStorage' ? 'the local emulator' : 'a connection string with account key';
    case 'sas':
      return recognised.from === 'url'
        ? 'a shared access signature URL'
        : 'a connection string with shared access signature';
    case 'account':
      return 'an account name';
    case 'endpoint':
      return 'a queue endpoint';
  }
}

/**
 * Makes a connection of what was recognised, taking its key into Web Crypto. `account` and `key` stand in for what the
 * text did not tell.
 * @throws InvalidInputError for the first problem that is an error.
 */
export async function toConnection(
  recognised: Recognised,
  given: { account?: string; key?: string } = {},
): Promise<Connection> {
  if (recognised.kind === 'nothing') throw new InvalidInputError('text', 'Paste a connection string first.');
  if (recognised.kind === 'unknown') throw toError(recognised.problems);
  const account = given.account ?? recognised.account;
  const key = given.key ?? (recognised.kind === 'key' ? recognised.key : undefined);
  const problems = recognised.problems.filter(
    ({ field }) => !(field === 'accountName' && given.account) && !(field === 'accountKey' && given.key),
  );
  const name = accountNameProblem(account);
  if (name !== undefined) problems.unshift(error('accountName', name));
  if (problems.some(({ severity }) => severity === 'error')) throw toError(problems);
  const { endpoint, secondaryEndpoint } = recognised;
  const where = { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }) };
  if (recognised.kind === 'sas') return { ...where, credential: { kind: 'sas', token: recognised.token } };
  if (!key) throw new InvalidInputError('accountKey', 'The account key is empty.');
  return { ...where, credential: { kind: 'key', key: await importKey(key) } };
}

function toError(problems: readonly ConnectionProblem[]): InvalidInputError {
  const first = problems.find(({ severity }) => severity === 'error');
  return new InvalidInputError(first?.field ?? 'text', first?.message ?? 'This is not a connection.');
}
