import { toConnection } from '../../src/azure/connection-input/build-connection';
import { needsOf } from '../../src/azure/connection-input/missing-fields';
import { parseConnectionInput } from '../../src/azure/connection-input/parse-connection-input';
import type { ConnectionInput } from '../../src/azure/connection-input/parsed-connection';
import { isAccountSas } from '../../src/azure/credentials/sas-permissions';
import type { Connection } from '../../src/azure/protocol/connection';
import { InvalidInputError } from '../../src/azure/protocol/errors';
import { Refusal } from '../command.mjs';

/**
 * The connection in a text: whatever the page's Connect takes and that is whole. `notes` are sentences about what is worth a
 * look.
 * @throws Refusal that says what is missing, and nothing of what is there: the text is a secret
 */
export async function readConnection(text: string): Promise<{ connection: Connection; notes: string[] }> {
  const input = parseConnectionInput(text);
  if (input.kind === 'several') {
    throw new Refusal(`There are ${input.choices.length} connections in it: give one alone.`);
  }
  if (input.kind !== 'nothing' && input.kind !== 'unknown' && needsOf(input).key) {
    throw new Refusal('It names an account, and holds neither its key nor a shared access signature.');
  }
  try {
    const usable = withoutQueue(input);
    return { connection: await toConnection(usable), notes: usable.problems.map(({ message }) => message) };
  } catch (error) {
    throw error instanceof InvalidInputError ? new Refusal(error.message) : error;
  }
}

/** A signature for the account that may not list queues is whole here, where no queue is opened. */
function withoutQueue(input: ConnectionInput): ConnectionInput {
  if (input.kind !== 'sas' || !isAccountSas(input.sas.fields)) return input;
  return { ...input, problems: input.problems.filter(({ field }) => field !== 'queue') };
}
