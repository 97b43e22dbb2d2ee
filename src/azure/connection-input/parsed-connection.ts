import type { TokenClaims } from '../credentials/access-token';
import { readSasToken, type SasToken, sasProblem } from '../credentials/sas-parse';
import { isAccountSas, isForOneQueue } from '../credentials/sas-permissions';
import type { Endpoint } from '../protocol/endpoint';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError, inputWarning } from './input-problem';

type ParsedBase = {
  /** Empty when it was not found; `problems` says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  problems: ConnectionProblem[];
};

/** A connection, or what is known of one. `key` and `token` are secrets: never to be shown, stored or logged. */
export type ParsedConnection =
  | (ParsedBase & { kind: 'key'; from: 'connectionString' | 'developmentStorage' | 'nameAndKey' | 'key'; key: string })
  | (ParsedBase & {
      kind: 'sas';
      from: 'connectionString' | 'url' | 'token';
      token: string;
      sas: Omit<SasToken, 'token'>;
      /** The queue in a pasted address. */
      queue?: string;
    })
  /** An access token of Microsoft Entra ID; where it is to be used is asked for unless it is for one account alone. */
  | (ParsedBase & { kind: 'token'; token: string; claims: TokenClaims })
  /** An account name, or an address, which needs a key from elsewhere. */
  | (ParsedBase & { kind: 'account' })
  | (ParsedBase & { kind: 'endpoint'; queue?: string });

/** One of several connections in a text, and what it is called there; blank when it has no name. */
export type Choice = { label: string; input: ParsedConnection };

/** What a person pasted. */
export type ConnectionInput =
  /** Blank. */
  | { kind: 'nothing'; problems: [] }
  | ParsedConnection
  | { kind: 'several'; choices: Choice[]; problems: [] }
  | { kind: 'unknown'; problems: ConnectionProblem[] };

/** What a text was recognised as: on a badge, and `spoken` to follow "Recognised as". */
export function kindText(what: ParsedConnection): { badge: string; spoken: string } {
  const [badge, spoken] =
    what.kind === 'key' ? KEYS[what.from] : what.kind === 'sas' ? SIGNATURES[what.from] : OTHERS[what.kind];
  return { badge, spoken };
}

type Names = readonly [badge: string, spoken: string];

const KEYS: Record<(ParsedConnection & { kind: 'key' })['from'], Names> = {
  connectionString: ['Connection string', 'a connection string with account key'],
  developmentStorage: ['Local emulator', 'the local emulator'],
  nameAndKey: ['Account name and key', 'an account name and key'],
  key: ['Account key', 'an account key'],
};

const SIGNATURES: Record<(ParsedConnection & { kind: 'sas' })['from'], Names> = {
  connectionString: ['Connection string', 'a connection string with shared access signature'],
  url: ['SAS URL', 'a shared access signature URL'],
  token: ['SAS token', 'a shared access signature'],
};

const OTHERS: Record<Exclude<ParsedConnection['kind'], 'key' | 'sas'>, Names> = {
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
): ParsedConnection {
  const { token, ...sas } = readSasToken(query);
  const problem = sasProblem({ token, ...sas }, now);
  if (problem !== undefined) problems.push(inputError('sas', problem));
  if (sas.fields['spr'] === 'https' && endpoint.endpoint.startsWith('http:')) {
    problems.push(inputError('sas', 'This signature is for https only (spr), and the endpoint is http.'));
  }
  const { queue } = endpoint;
  if (isForOneQueue(sas.fields)) {
    const wrong = queue !== undefined ? queueNameProblem(queue) : isAccountSas(sas.fields) ? MAY_NOT_LIST : NO_QUEUE;
    if (wrong !== undefined) problems.push(inputError('queue', wrong));
  }
  return { kind: 'sas', from, token, sas, ...(queue && { queue }), ...parsedBase(endpoint, account, problems) };
}

const MAY_NOT_LIST = 'This signature does not allow listing queues. Say which one to open.';
const NO_QUEUE = 'This signature is for one queue, and the address does not tell which.';

/** The one queue that a signature is good for; undefined when it may list them, or the queue is not known. */
export const onlyQueueOf = (input: ConnectionInput): string | undefined =>
  input.kind === 'sas' && isForOneQueue(input.sas.fields) ? input.queue : undefined;

/** The part that every recognised connection has, with the checks on it. */
export function parsedBase(
  { endpoint, secondaryEndpoint, insteadOf, fromSecondary }: Endpoint,
  account: string,
  problems: ConnectionProblem[],
): ParsedBase {
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
      ...(nameProblem === undefined ? [] : [inputError('accountName', nameProblem)]),
      ...problems,
      ...notes.map((note) => inputWarning('endpoint', note)),
    ],
  };
}
