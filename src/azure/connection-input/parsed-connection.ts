import type { TokenClaims } from '../credentials/access-token';
import { readSasToken, type SasToken, sasProblem } from '../credentials/sas-parse';
import { isAccountSas, isForOneQueue } from '../credentials/sas-permissions';
import type { Endpoint } from '../protocol/endpoint';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError, inputWarning } from './input-problem';

type ParsedBase = {
  /** Empty when not found; `problems` then says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  problems: ConnectionProblem[];
};

/** A connection or a part of one. `key` and `token` are secrets: never shown, stored or logged. */
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
  /** An access token of Microsoft Entra ID; unless it is for one account, a person has to add the account. */
  | (ParsedBase & { kind: 'token'; token: string; claims: TokenClaims })
  /** An account name or an address; a person has to add the key. */
  | (ParsedBase & { kind: 'account' })
  | (ParsedBase & { kind: 'endpoint'; queue?: string });

/** One of several connections in a text, with its label there; blank without one. */
export type Choice = { label: string; input: ParsedConnection };

/** What a person pasted. */
export type ConnectionInput =
  /** Blank. */
  | { kind: 'nothing'; problems: [] }
  | ParsedConnection
  | { kind: 'several'; choices: Choice[]; problems: [] }
  | { kind: 'unknown'; problems: ConnectionProblem[] };

/** Names the kind of input: on a badge, and `spoken` after "Recognised as". */
export function kindText(parsed: ParsedConnection): { badge: string; spoken: string } {
  const [badge, spoken] =
    parsed.kind === 'key' ? KEYS[parsed.from] : parsed.kind === 'sas' ? SIGNATURES[parsed.from] : OTHERS[parsed.kind];
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

/** Makes a parsed SAS connection, with the problems that the signature has at this endpoint. */
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

/** The one queue that a signature allows; undefined when it may list queues, or the queue is not known. */
export const onlyQueueOf = (input: ConnectionInput): string | undefined =>
  input.kind === 'sas' && isForOneQueue(input.sas.fields) ? input.queue : undefined;

/** The fields of every parsed connection, with their problems. */
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
