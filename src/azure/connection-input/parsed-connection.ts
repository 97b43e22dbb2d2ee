import type { TokenClaims } from '../credentials/access-token';
import { readSasToken, type SasToken, sasProblem } from '../credentials/sas-parse';
import { isAccountSas, isForOneQueue } from '../credentials/sas-permissions';
import type { Endpoint } from '../protocol/endpoint';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, error, warning } from './input-problem';

type Found = {
  /** Empty when it was not found; `problems` says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  problems: ConnectionProblem[];
};

/** A connection, or what is known of one. `key` and `token` are secrets: never to be shown, stored or logged. */
export type FoundConnection =
  | (Found & { kind: 'key'; from: 'connectionString' | 'developmentStorage' | 'nameAndKey' | 'key'; key: string })
  | (Found & {
      kind: 'sas';
      from: 'connectionString' | 'url' | 'token';
      token: string;
      sas: Omit<SasToken, 'token'>;
      /** The queue in a pasted address. */
      queue?: string;
    })
  /** An access token of Microsoft Entra ID; where it is to be used is asked for unless it is for one account alone. */
  | (Found & { kind: 'token'; token: string; claims: TokenClaims })
  /** An account name, or an address, which needs a key from elsewhere. */
  | (Found & { kind: 'account' })
  | (Found & { kind: 'endpoint'; queue?: string });

/** One of several connections in a text, and what it is called there; blank when it has no name. */
export type Choice = { label: string; recognised: FoundConnection };

/** What a person pasted. */
export type Recognised =
  /** Blank. */
  | { kind: 'nothing'; problems: [] }
  | FoundConnection
  | { kind: 'several'; choices: Choice[]; problems: [] }
  | { kind: 'unknown'; problems: ConnectionProblem[] };

/** What a text was recognised as: on a badge, and `spoken` to follow "Recognised as". */
export function recognisedAs(what: FoundConnection): { badge: string; spoken: string } {
  const [badge, spoken] =
    what.kind === 'key' ? KEYS[what.from] : what.kind === 'sas' ? SIGNATURES[what.from] : OTHERS[what.kind];
  return { badge, spoken };
}

type Names = readonly [badge: string, spoken: string];

const KEYS: Record<(FoundConnection & { kind: 'key' })['from'], Names> = {
  connectionString: ['Connection string', 'a connection string with account key'],
  developmentStorage: ['Local emulator', 'the local emulator'],
  nameAndKey: ['Account name and key', 'an account name and key'],
  key: ['Account key', 'an account key'],
};

const SIGNATURES: Record<(FoundConnection & { kind: 'sas' })['from'], Names> = {
  connectionString: ['Connection string', 'a connection string with shared access signature'],
  url: ['SAS URL', 'a shared access signature URL'],
  token: ['SAS token', 'a shared access signature'],
};

const OTHERS: Record<Exclude<FoundConnection['kind'], 'key' | 'sas'>, Names> = {
  token: ['Access token', 'an access token'],
  account: ['Account name', 'an account name'],
  endpoint: ['Queue endpoint', 'a queue endpoint'],
};

/** An endpoint with a shared access signature, and what will keep the signature from working there. */
export function fromSas(
  from: 'connectionString' | 'url' | 'token',
  endpoint: Endpoint,
  account: string,
  query: string,
  now: number,
  problems: ConnectionProblem[],
): FoundConnection {
  const { token, ...sas } = readSasToken(query);
  const problem = sasProblem({ token, ...sas }, now);
  if (problem !== undefined) problems.push(error('sas', problem));
  if (sas.fields['spr'] === 'https' && endpoint.endpoint.startsWith('http:')) {
    problems.push(error('sas', 'This signature is for https only (spr), and the endpoint is http.'));
  }
  const { queue } = endpoint;
  if (isForOneQueue(sas.fields)) {
    const wrong = queue !== undefined ? queueNameProblem(queue) : isAccountSas(sas.fields) ? MAY_NOT_LIST : NO_QUEUE;
    if (wrong !== undefined) problems.push(error('queue', wrong));
  }
  return { kind: 'sas', from, token, sas, ...(queue && { queue }), ...found(endpoint, account, problems) };
}

const MAY_NOT_LIST = 'This signature does not allow listing queues. Say which one to open.';
const NO_QUEUE = 'This signature is for one queue, and the address does not tell which.';

/** The one queue that a signature is good for; undefined when it may list them, or the queue is not known. */
export const onlyQueueOf = (recognised: Recognised): string | undefined =>
  recognised.kind === 'sas' && isForOneQueue(recognised.sas.fields) ? recognised.queue : undefined;

/** The part that every recognised connection has, with the checks on it. */
export function found(
  { endpoint, secondaryEndpoint, insteadOf, fromSecondary }: Endpoint,
  account: string,
  problems: ConnectionProblem[],
): Found {
  const nameProblem =
    account === '' ? 'The account name is missing, and the address does not tell it.' : accountNameProblem(account);
  const notes = [
    insteadOf && `This is the address of the ${insteadOf} service. The queue service of the same account is used.`,
    fromSecondary && 'This is the address of the secondary, which can only be read. The primary is used.',
  ].filter((note) => note !== undefined);
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    problems: [
      ...(nameProblem === undefined ? [] : [error('accountName', nameProblem)]),
      ...problems,
      ...notes.map((note) => warning('endpoint', note)),
    ],
  };
}
