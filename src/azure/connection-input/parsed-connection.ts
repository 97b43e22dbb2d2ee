import type { TokenClaims } from '../credentials/access-token';
import { readSasToken, type SasToken, sasProblem } from '../credentials/sas-parse';
import { isAccountSas, isForOneQueue } from '../credentials/sas-permissions';
import type { Endpoint } from '../protocol/endpoint';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError, inputWarning, keyProblem } from './input-problem';
import { mendKey, mendSas } from './mend-secrets';

type ParsedBase = {
  /** Empty when not found; `problems` then says so. */
  account: string;
  endpoint: string;
  secondaryEndpoint?: string;
  /** The queue in a pasted address or beside it. */
  queue?: string;
  problems: ConnectionProblem[];
};

/** Where a key was found. */
type KeySource =
  | 'connectionString'
  | 'developmentStorage'
  | 'emulatorAccounts'
  | 'frameworkAddress'
  | 'nameAndKey'
  | 'key';

/** A connection or a part of one. `key` and `token` are secrets: never shown, stored or logged. */
export type ParsedConnection =
  | (ParsedBase & { kind: 'key'; from: KeySource; key: string })
  | (ParsedBase & {
      kind: 'sas';
      from: 'connectionString' | 'url' | 'token';
      token: string;
      sas: Omit<SasToken, 'token'>;
    })
  /** An access token of Microsoft Entra ID; unless it is for one account, a person has to add the account. */
  | (ParsedBase & { kind: 'token'; token: string; claims: TokenClaims })
  /** An account name or an address; a person has to add the key, or to sign in where `identity` is true. */
  | (ParsedBase & { kind: 'account' | 'endpoint'; identity?: true });

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

const KEYS: Record<KeySource, Names> = {
  connectionString: ['Connection string', 'a connection string with account key'],
  developmentStorage: ['Local emulator', 'the local emulator'],
  emulatorAccounts: ['Emulator account', 'an account of an emulator'],
  frameworkAddress: ['Account name and key', 'an account name and key in the address of a framework'],
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
  const { value, notes } = mendSas(query);
  const { token, ...sas } = readSasToken(value);
  const problem = sasProblem({ token, ...sas }, now);
  if (problem !== undefined) problems.push(inputError('sas', problem));
  for (const note of notes) problems.push(inputWarning('sas', note));
  if (sas.fields['spr'] === 'https' && endpoint.endpoint.startsWith('http:')) {
    problems.push(inputError('sas', 'This signature is for https only (spr), and the endpoint is http.'));
  }
  const { queue } = endpoint;
  if (isForOneQueue(sas.fields)) {
    const wrong = queue !== undefined ? queueNameProblem(queue) : isAccountSas(sas.fields) ? MAY_NOT_LIST : NO_QUEUE;
    if (wrong !== undefined) problems.push(inputError('queue', wrong));
  }
  return { kind: 'sas', from, token, sas, ...parsedBase(endpoint, account, problems) };
}

/** Makes a parsed connection of a key, which is mended where that is certain. */
export function fromKey(from: KeySource, endpoint: Endpoint, account: string, raw: string): ParsedConnection {
  const { value: key, notes } = mendKey(raw);
  const problem = keyProblem(key, endpoint.endpoint);
  const problems = [...(problem ? [problem] : []), ...notes.map((note) => inputWarning('accountKey', note))];
  return { kind: 'key', from, key, ...parsedBase(endpoint, account, problems) };
}

const MAY_NOT_LIST = 'This signature does not allow listing queues. Say which one to open.';
const NO_QUEUE = 'This signature is for one queue, and the address does not tell which.';

/** The one queue that a signature allows; undefined when it may list queues, or the queue is not known. */
export const onlyQueueOf = (input: ConnectionInput): string | undefined =>
  input.kind === 'sas' && isForOneQueue(input.sas.fields) ? input.queue : undefined;

/** The fields of every parsed connection, with their problems. */
export function parsedBase(
  { endpoint, secondaryEndpoint, queue, insteadOf, fromSecondary }: Endpoint,
  account: string,
  problems: ConnectionProblem[],
): ParsedBase {
  const nameProblem = account === '' ? inputError('accountName', NO_NAME) : nameProblemAt(endpoint, account);
  const notes = [
    insteadOf && `This is the address of the ${insteadOf} service. The queue service of the same account is used.`,
    fromSecondary && 'This is the address of the secondary, which can only be read. The primary is used.',
  ].filter((note) => note !== undefined);
  return {
    account,
    endpoint,
    ...(secondaryEndpoint && { secondaryEndpoint }),
    ...(queue && { queue }),
    problems: [
      ...(nameProblem === undefined ? [] : [nameProblem]),
      ...problems,
      ...notes.map((note) => inputWarning('endpoint', note)),
    ],
  };
}

const NO_NAME = 'The account name is missing, and the address does not tell it.';

/**
 * The rule that an account name breaks at its endpoint. Azure's rule is an error at Azure's hosts and at custom domains; where
 * the account is the first part of the path, an emulator answers, and emulators take other names as well.
 */
export function nameProblemAt(endpoint: string, account: string): ConnectionProblem | undefined {
  const message = accountNameProblem(account);
  if (message === undefined) return undefined;
  return endpoint.endsWith(`/${account}`) && NAME_AT_AN_EMULATOR.test(account)
    ? inputWarning('accountName', EMULATOR_NAME)
    : inputError('accountName', message);
}

/** Names that need no escape in an address. */
const NAME_AT_AN_EMULATOR = /^[\w.-]{1,64}$/;
const EMULATOR_NAME = 'Azure allows 3 to 24 lower-case letters and digits. This emulator may allow more.';
