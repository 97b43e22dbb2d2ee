import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { appRequests } from '../../src/azure/diagnosis/cors-evaluate';
import type { Connection } from '../../src/azure/protocol/connection';
import type { Account, CorsRule } from '../../src/azure/protocol/model';
import { callRefusal } from '../account/call-refusal';
import { openAccount } from '../account/open-account';
import { readConnection } from '../account/read-connection';
import { Refusal } from '../command.mjs';
import { confirm, readSecret, type Terminal } from '../terminal/terminal';
import { addOrigins, difference, hasRuleForAll, removeOrigin, ruleLine } from './cors-rules';

const VARIABLE = 'AZURE_STORAGE_CONNECTION_STRING';

export const CORS_USAGE = `queuescope cors list
queuescope cors add --origin https://page.example[:port] [--yes]
queuescope cors remove --origin https://page.example[:port] [--yes]

Reads and changes the CORS rules of an account's queue service. It shows what would change and asks before it writes
(--yes does not ask). All other rules and settings of the service stay as they are.

The connection string comes from the environment variable ${VARIABLE}, or with
--connection-string-stdin from standard input; whatever Connect takes in the page will do. It needs the account key, or an
account SAS for the service (ss=q, srt=s, sp=rw). A key is never taken from the command line, where other users of the
machine can read it.`;

/** Times to look whether what was written is there, and ms between two of them. */
const READ_BACKS = 5;
const READ_BACK_AFTER_MS = 1000;
/** Ms for the answer to a browser's question. */
const PREFLIGHT_LIMIT_MS = 30_000;

type Asked = { action: 'list' | 'add' | 'remove'; origin: string; yes: boolean; fromStdin: boolean };

/**
 * Runs `cors list`, `cors add` or `cors remove`.
 * @param args what follows `cors`
 * @throws Refusal
 */
export async function corsCommand(args: string[], terminal: Terminal = process): Promise<void> {
  const asked = readArgs(args);
  const { connection, notes } = await readConnection(await secretFrom(terminal, asked.fromStdin));
  const account = openAccount(connection);
  for (const note of notes) terminal.stdout.write(`${note}\n`);
  try {
    await work(asked, terminal, connection, account);
  } catch (error) {
    throw callRefusal(error, connection, account.clockSkew());
  }
}

async function work({ action, origin, yes }: Asked, terminal: Terminal, connection: Connection, account: Account) {
  const say = (text: string) => void terminal.stdout.write(`${text}\n`);
  const { cors: before = [], unknownInCors } = await account.getServiceProperties();
  say(`Queue service ${connection.endpoint}`);

  if (action === 'list') return say(before.length === 0 ? 'No CORS rules.' : before.map(ruleLine).join('\n'));

  const after = action === 'add' ? addOrigins(before, [origin]) : removeOrigin(before, origin);
  const stays = action === 'remove' && hasRuleForAll(before) ? ' The rule for every origin (*) still lets it in.' : '';
  if (!after) {
    const why = action === 'add' ? `Its rules let ${origin} do all that it needs.` : `No rule names ${origin}.`;
    return say(`Nothing to change. ${why}${stays}`);
  }
  say(`CORS rules (+ new, - gone):\n${difference(before, after).join('\n')}`);
  if (!yes && !(await confirm(terminal, `Write ${howMany(after.length)}?`))) return say('Nothing was changed.');
  await account.setServiceProperties({ cors: after, ...(unknownInCors !== undefined && { unknownInCors }) });
  await verify(account, after);
  const applies = action === 'add' && (await letsIn(connection, origin));
  const when = applies ? 'The service lets the page in now.' : 'Azure may take up to a minute to apply it.';
  say(`Written and read back. ${when}${stays}`);
}

const howMany = (rules: number): string =>
  rules === 0 ? 'an empty list' : rules === 1 ? 'this one rule' : `these ${rules} rules`;

/** @throws Refusal when other rules are there than those that were written */
async function verify(account: Account, rules: readonly CorsRule[]): Promise<void> {
  const wanted = rules.map(ruleLine).join('\n');
  for (let look = 1; look <= READ_BACKS; look++) {
    const { cors = [] } = await account.getServiceProperties();
    if (cors.map(ruleLine).join('\n') === wanted) return;
    if (look < READ_BACKS) await delay(READ_BACK_AFTER_MS);
  }
  throw new Refusal(
    'The rules were written, but others are there now: someone else may have written at the same time.',
  );
}

/** Whether a browser's question before a write of the page at `origin` is answered with yes. */
async function letsIn({ endpoint }: Connection, origin: string): Promise<boolean> {
  const headers = {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers':
      appRequests('key')
        .find(({ method }) => method === 'PUT')
        ?.headers.join() ?? '',
  };
  const signal = AbortSignal.timeout(PREFLIGHT_LIMIT_MS);
  const answer = fetch(`${endpoint}/?comp=properties`, { method: 'OPTIONS', headers, redirect: 'manual', signal });
  return answer.then(
    ({ ok }) => ok,
    () => false,
  );
}

async function secretFrom(terminal: Terminal, fromStdin: boolean): Promise<string> {
  const secret = fromStdin ? await readSecret(terminal, 'Connection string (not shown): ') : terminal.env[VARIABLE];
  if (secret?.trim()) return secret;
  throw new Refusal(
    fromStdin
      ? 'Standard input holds no connection string.'
      : `Set ${VARIABLE}, or add --connection-string-stdin and give the connection string on standard input.`,
  );
}

function readArgs(args: string[]): Asked {
  // Its own words for these, and none of the value: whoever tried it should renew the key.
  if (
    args.some((arg) => /AccountKey|SharedAccessSignature|^--(connection-string|account-key|key|sas)(=|$)/i.test(arg))
  ) {
    throw new Refusal(
      `A key on the command line can be read by other users of this machine: use ${VARIABLE} or --connection-string-stdin.`,
    );
  }
  const { values, positionals } = parse(args);
  const [action, ...more] = positionals;
  if ((action !== 'list' && action !== 'add' && action !== 'remove') || more.length > 0) throw new Refusal(CORS_USAGE);
  return {
    action,
    origin: action === 'list' ? '' : originOf(values.origin),
    yes: values.yes,
    fromStdin: values['connection-string-stdin'],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        origin: { type: 'string' },
        yes: { type: 'boolean', default: false },
        'connection-string-stdin': { type: 'boolean', default: false },
      },
    });
  } catch {
    // Node's own sentence repeats what was typed, which may be a secret.
    throw new Refusal(CORS_USAGE);
  }
}

function originOf(text: string | undefined): string {
  if (text === undefined)
    throw new Refusal('--origin is missing: the address of the page, such as https://page.example.');
  if (text === '*') throw new Refusal('--origin names one page, and * would let in every page there is.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new Refusal('--origin takes scheme, host and port, such as https://page.example or http://127.0.0.1:5190.');
  }
  return url.origin;
}
