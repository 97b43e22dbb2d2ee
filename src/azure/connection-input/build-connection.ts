import { isForOneQueue } from '../credentials/sas-permissions';
import { importKey } from '../credentials/shared-key';
import type { Connection, Credential } from '../protocol/connection';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { InvalidInputError } from '../protocol/errors';
import { queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError } from './input-problem';
import { mendKey } from './mend-secrets';
import { type ConnectionInput, nameProblemAt, onlyQueueOf, type ParsedConnection } from './parsed-connection';

/** Values that a person typed for fields missing from the pasted text; the account may be its address. */
export type TypedFields = { account?: string; key?: string; queue?: string };

/**
 * Makes a connection of a parsed input and imports its key into Web Crypto. `typed` supplies
 * the missing fields.
 * @throws InvalidInputError for the first problem that is an error.
 */
export async function toConnection(input: ConnectionInput, typed: TypedFields = {}): Promise<Connection> {
  if (input.kind === 'nothing') throw new InvalidInputError('text', 'Paste a connection string first.');
  if (input.kind === 'unknown') throw toError(input.problems);
  if (input.kind === 'several') throw new InvalidInputError('text', 'Choose which connection to use.');
  const { account = '', endpoint, secondaryEndpoint } = endpointFor(input, typed.account);
  const key = typed.key !== undefined ? mendKey(typed.key).value : input.kind === 'key' ? input.key : undefined;
  const isForOne = input.kind === 'sas' && isForOneQueue(input.sas.fields);
  const queue = isForOne ? (typed.queue ?? onlyQueueOf(input)) : undefined;
  const problems = input.problems.filter(
    ({ field }) =>
      !(field === 'accountName' && typed.account) &&
      !(field === 'accountKey' && typed.key) &&
      !(field === 'queue' && typed.queue),
  );
  const name = nameProblemAt(endpoint, account);
  if (name !== undefined) problems.unshift(name);
  const wrongQueue = typed.queue === undefined ? undefined : queueNameProblem(typed.queue);
  if (isForOne && wrongQueue !== undefined) problems.push(inputError('queue', wrongQueue));
  if (problems.some(({ severity }) => severity === 'error')) throw toError(problems);
  const address = { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), ...(queue && { queue }) };
  if (input.kind === 'sas') return { ...address, credential: { kind: 'sas', token: input.token } };
  if (input.kind === 'token') return { ...address, credential: pastedToken(input.token) };
  if (!key) throw new InvalidInputError('accountKey', 'The account key is empty.');
  return { ...address, credential: { kind: 'key', key: await importKey(key) } };
}

/** Credential of a pasted token, which cannot be renewed. */
const pastedToken = (token: string): Credential => ({ kind: 'token', getToken: async () => token });

/** The endpoint of the account: the typed one, else the parsed one. */
export function endpointFor(
  { account, endpoint, secondaryEndpoint }: ParsedConnection,
  typed: string | undefined,
): Endpoint {
  if (account !== '' && typed === undefined) {
    return { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }) };
  }
  if (typed === undefined) return { endpoint };
  // An emulator's address without the account gets it as the first part of its path.
  if (endpoint !== '') return { endpoint, ...readEndpoint(endpoint, typed), account: typed };
  return (/[./:]/.test(typed) ? readEndpoint(typed) : undefined) ?? endpointOf(typed);
}

function toError(problems: readonly ConnectionProblem[]): InvalidInputError {
  const first = problems.find(({ severity }) => severity === 'error');
  return new InvalidInputError(first?.field ?? 'text', first?.message ?? 'This is not a connection.');
}
