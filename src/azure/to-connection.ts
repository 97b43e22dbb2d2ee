import type { Connection, Credential } from './connection';
import { type ConnectionProblem, error } from './connection-problem';
import { readEndpoint } from './endpoint';
import { InvalidInputError } from './errors';
import type { Recognised } from './recognised';
import { accountNameProblem } from './rules';
import { importKey } from './shared-key';

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
  // An emulator's address that leaves the account out has it behind the host.
  const known = recognised.account === '' ? readEndpoint(recognised.endpoint, account) : undefined;
  const { endpoint, secondaryEndpoint } = known ?? recognised;
  const where = { account, endpoint, ...(secondaryEndpoint && { secondaryEndpoint }) };
  if (recognised.kind === 'sas') return { ...where, credential: { kind: 'sas', token: recognised.token } };
  if (recognised.kind === 'token') return { ...where, credential: pastedToken(recognised.token) };
  if (!key) throw new InvalidInputError('accountKey', 'The account key is empty.');
  return { ...where, credential: { kind: 'key', key: await importKey(key) } };
}

/** A token that nobody can renew. */
const pastedToken = (token: string): Credential => ({ kind: 'token', getToken: async () => token });

function toError(problems: readonly ConnectionProblem[]): InvalidInputError {
  const first = problems.find(({ severity }) => severity === 'error');
  return new InvalidInputError(first?.field ?? 'text', first?.message ?? 'This is not a connection.');
}
