import { isForOneQueue } from '../credentials/sas-permissions';
import { importKey } from '../credentials/shared-key';
import type { Connection, Credential } from '../protocol/connection';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { InvalidInputError } from '../protocol/errors';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, inputError } from './input-problem';
import { type ConnectionInput, onlyQueueOf, type ParsedConnection } from './parsed-connection';

/** What a person gives for what the text did not tell; the account may be given as its address. */
export type TypedFields = { account?: string; key?: string; queue?: string };

/**
 * Makes a connection of what was recognised, taking its key into Web Crypto. What is `given` stands in for what the text
 * did not tell.
 * @throws InvalidInputError for the first problem that is an error.
 */
export async function toConnection(input: ConnectionInput, given: TypedFields = {}): Promise<Connection> {
  if (input.kind === 'nothing') throw new InvalidInputError('text', 'Paste a connection string first.');
  if (input.kind === 'unknown') throw toError(input.problems);
  if (input.kind === 'several') throw new InvalidInputError('text', 'Choose which connection to use.');
  const place = endpointFor(input, given.account);
  const account = place.account ?? '';
  const key = given.key ?? (input.kind === 'key' ? input.key : undefined);
  const isForOne = input.kind === 'sas' && isForOneQueue(input.sas.fields);
  const queue = isForOne ? (given.queue ?? onlyQueueOf(input)) : undefined;
  const problems = input.problems.filter(
    ({ field }) =>
      !(field === 'accountName' && given.account) &&
      !(field === 'accountKey' && given.key) &&
      !(field === 'queue' && given.queue),
  );
  const name = accountNameProblem(account);
  if (name !== undefined) problems.unshift(inputError('accountName', name));
  const wrongQueue = given.queue === undefined ? undefined : queueNameProblem(given.queue);
  if (isForOne && wrongQueue !== undefined) problems.push(inputError('queue', wrongQueue));
  if (problems.some(({ severity }) => severity === 'error')) throw toError(problems);
  const { endpoint, secondaryEndpoint } = place;
  const where = { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), ...(queue && { queue }) };
  if (input.kind === 'sas') return { ...where, credential: { kind: 'sas', token: input.token } };
  if (input.kind === 'token') return { ...where, credential: pastedToken(input.token) };
  if (!key) throw new InvalidInputError('accountKey', 'The account key is empty.');
  return { ...where, credential: { kind: 'key', key: await importKey(key) } };
}

/** A token that nobody can renew. */
const pastedToken = (token: string): Credential => ({ kind: 'token', getToken: async () => token });

/** Where the account is: as recognised, or as given. */
export function endpointFor(
  { account, endpoint, secondaryEndpoint }: ParsedConnection,
  given: string | undefined,
): Endpoint {
  if (account !== '' && given === undefined) {
    return { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }) };
  }
  if (given === undefined) return { endpoint };
  // An emulator's address that leaves the account out has it behind the host.
  if (endpoint !== '') return { endpoint, ...readEndpoint(endpoint, given), account: given };
  return (/[./:]/.test(given) ? readEndpoint(given) : undefined) ?? endpointOf(given);
}

function toError(problems: readonly ConnectionProblem[]): InvalidInputError {
  const first = problems.find(({ severity }) => severity === 'error');
  return new InvalidInputError(first?.field ?? 'text', first?.message ?? 'This is not a connection.');
}
