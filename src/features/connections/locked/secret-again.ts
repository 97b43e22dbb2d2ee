import { tokenAt } from '@/azure/connection-input/access-token-input';
import { parseConnectionInput } from '@/azure/connection-input/parse-connection-input';
import { importKey } from '@/azure/credentials/shared-key';
import { InvalidInputError } from '@/azure/protocol/errors';
import { secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { tokenOwnerOf } from '@/state/connections/token-owner';

/**
 * Reads the secret of a known connection from whatever holds it: the secret alone, a connection string, an address.
 * @throws InvalidInputError when it is none of that kind, or the text is of another account or address
 */
export async function readSecretAgain(connection: StoredConnection, text: string, now = Date.now()) {
  const { kind, account, endpoint, queue } = connection;
  const parsed = parseConnectionInput(text, now);
  const input = parsed.kind === 'token' ? tokenAt(parsed, endpoint, account, now) : parsed;
  if (input.kind !== kind) throw new InvalidInputError('text', `This is not ${A[kind]}${secretText(connection)}.`);
  if (differs(input.account, account) || differs(input.endpoint, endpoint))
    throw new InvalidInputError('text', `This is for ${input.endpoint || input.account}, and not for this connection.`);
  if (input.kind === 'sas' && queue !== undefined && differs(input.queue ?? '', queue))
    throw new InvalidInputError('text', `This is for the queue ${input.queue}, and not for ${queue}.`);
  const wrong = input.problems.find(({ field, severity }) => severity === 'error' && SECRET_FIELDS.has(field));
  if (wrong) throw new InvalidInputError(wrong.field, wrong.message);
  if (input.kind === 'key')
    return { credential: { kind: input.kind, key: await importKey(input.key) }, key: input.key };
  const { token } = input;
  if (input.kind === 'sas') return { credential: { kind: input.kind, token } };
  return { credential: { kind: input.kind, token }, holder: tokenOwnerOf(input.claims) };
}

const A = { key: 'an ', sas: 'a ', token: 'an ' };
const SECRET_FIELDS: ReadonlySet<string> = new Set(['accountKey', 'sas', 'token']);

/** What a text leaves out differs from nothing. */
const differs = (given: string, known: string) => given !== '' && given.replace(/\/$/, '') !== known;
