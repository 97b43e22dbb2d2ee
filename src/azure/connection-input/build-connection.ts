import { isForOneQueue } from '../credentials/sas-permissions';
import { importKey } from '../credentials/shared-key';
import type { Connection, Credential } from '../protocol/connection';
import { type Endpoint, endpointOf, readEndpoint } from '../protocol/endpoint';
import { InvalidInputError } from '../protocol/errors';
import { accountNameProblem, queueNameProblem } from '../protocol/input-rules';
import { type ConnectionProblem, error } from './input-problem';
import { type FoundConnection, onlyQueueOf, type Recognised } from './parsed-connection';

/** What a person gives for what the text did not tell; the account may be given as its address. */
export type Given = { account?: string; key?: string; queue?: string };

/**
 * Makes a connection of what was recognised, taking its key into Web Crypto. What is `given` stands in for what the text
 * did not tell.
 * @throws InvalidInputError for the first problem that is an error.
 */
export async function toConnection(recognised: Recognised, given: Given = {}): Promise<Connection> {
  if (recognised.kind === 'nothing') throw new InvalidInputError('text', 'Paste a connection string first.');
  if (recognised.kind === 'unknown') throw toError(recognised.problems);
  if (recognised.kind === 'several') throw new InvalidInputError('text', 'Choose which connection to use.');
  const place = placeOf(recognised, given.account);
  const account = place.account ?? '';
  const key = given.key ?? (recognised.kind === 'key' ? recognised.key : undefined);
  const isForOne = recognised.kind === 'sas' && isForOneQueue(recognised.sas.fields);
  const queue = isForOne ? (given.queue ?? onlyQueueOf(recognised)) : undefined;
  const problems = recognised.problems.filter(
    ({ field }) =>
      !(field === 'accountName' && given.account) &&
      !(field === 'accountKey' && given.key) &&
      !(field === 'queue' && given.queue),
  );
  const name = accountNameProblem(account);
  if (name !== undefined) problems.unshift(error('accountName', name));
  const wrongQueue = given.queue === undefined ? undefined : queueNameProblem(given.queue);
  if (isForOne && wrongQueue !== undefined) problems.push(error('queue', wrongQueue));
  if (problems.some(({ severity }) => severity === 'error')) throw toError(problems);
  const { endpoint, secondaryEndpoint } = place;
  const where = { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }), ...(queue && { queue }) };
  if (recognised.kind === 'sas') return { ...where, credential: { kind: 'sas', token: recognised.token } };
  if (recognised.kind === 'token') return { ...where, credential: pastedToken(recognised.token) };
  if (!key) throw new InvalidInputError('accountKey', 'The account key is empty.');
  return { ...where, credential: { kind: 'key', key: await importKey(key) } };
}

/** A token that nobody can renew. */
const pastedToken = (token: string): Credential => ({ kind: 'token', getToken: async () => token });

/** Where the account is: as recognised, or as given. */
export function placeOf(
  { account, endpoint, secondaryEndpoint }: FoundConnection,
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
