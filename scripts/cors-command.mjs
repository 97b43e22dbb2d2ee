import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Refusal } from './command.mjs';
import { readConnectionString } from './connection-string.mjs';
import { addOrigin, difference, hasRuleForAll, removeOrigin, ruleLine } from './cors-rules.mjs';
import { queueService } from './queue-service.mjs';
import { confirm, readSecret } from './terminal.mjs';

/** @typedef {import('./terminal.mjs').Terminal} Terminal */
/** @typedef {import('./cors-rules.mjs').CorsRule} CorsRule */

const VARIABLE = 'AZURE_STORAGE_CONNECTION_STRING';

export const CORS_USAGE = `queuescope cors list
queuescope cors add --origin https://page.example[:port] [--yes]
queuescope cors remove --origin https://page.example[:port] [--yes]

Reads and changes the CORS rules of an account's queue service. It shows what would change and asks before it writes
(--yes does not ask). All other rules and settings of the service stay as they are.

The connection string comes from the environment variable ${VARIABLE}, or with
--connection-string-stdin from standard input. It needs the account key, or an account SAS for the service
(ss=q, srt=s, sp=rw). A key is never taken from the command line, where other users of the machine can read it.`;

/** Times to look whether what was written is there, and ms between two of them. */
const LOOKS = 5;
const PAUSE = 1000;

/**
 * Runs `cors list`, `cors add` or `cors remove`.
 * @param {string[]} args what follows `cors`
 * @param {Terminal} [terminal]
 * @throws {Refusal}
 */
export async function corsCommand(args, terminal = process) {
  const { action, origin, yes, fromStdin } = readArgs(args);
  const say = (/** @type {string} */ text) => void terminal.stdout.write(`${text}\n`);
  const details = readConnectionString(await secretFrom(terminal, fromStdin));
  const service = queueService(details);
  const { cors: before } = await service.getProperties();
  say(`Queue service ${details.endpoint}`);

  if (action === 'list') return say(before.length === 0 ? 'No CORS rules.' : before.map(ruleLine).join('\n'));

  const after = action === 'add' ? addOrigin(before, origin) : removeOrigin(before, origin);
  const stays = action === 'remove' && hasRuleForAll(before) ? ' The rule for every origin (*) still lets it in.' : '';
  if (!after) {
    const why = action === 'add' ? `Its rules let ${origin} do all that it needs.` : `No rule names ${origin}.`;
    return say(`Nothing to change. ${why}${stays}`);
  }
  say(`CORS rules (+ new, - gone):\n${difference(before, after).join('\n')}`);
  if (!yes && !(await confirm(terminal, `Write ${howMany(after.length)}?`))) return say('Nothing was changed.');
  await service.setProperties({ cors: after });
  await verify(service, after);
  const applies = action === 'add' && (await service.letsIn(origin));
  const when = applies ? 'The service lets the page in now.' : 'Azure may take up to a minute to apply it.';
  say(`Written and read back. ${when}${stays}`);
}

/** @param {number} rules */
const howMany = (rules) => (rules === 0 ? 'an empty list' : rules === 1 ? 'this one rule' : `these ${rules} rules`);

/** @param {import('./queue-service.mjs').QueueService} service @param {CorsRule[]} rules */
async function verify(service, rules) {
  const wanted = rules.map(ruleLine).join('\n');
  for (let look = 1; look <= LOOKS; look++) {
    if ((await service.getProperties()).cors.map(ruleLine).join('\n') === wanted) return;
    if (look < LOOKS) await delay(PAUSE);
  }
  throw new Refusal(
    'The rules were written, but others are there now: someone else may have written at the same time.',
  );
}

/** @param {Terminal} terminal @param {boolean} fromStdin */
async function secretFrom(terminal, fromStdin) {
  const secret = fromStdin ? await readSecret(terminal, 'Connection string (not shown): ') : terminal.env[VARIABLE];
  if (secret?.trim()) return secret;
  throw new Refusal(
    fromStdin
      ? 'Standard input holds no connection string.'
      : `Set ${VARIABLE}, or add --connection-string-stdin and give the connection string on standard input.`,
  );
}

/** @param {string[]} args */
function readArgs(args) {
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

/** @param {string[]} args */
function parse(args) {
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

/** @param {string | undefined} text */
function originOf(text) {
  if (text === undefined)
    throw new Refusal('--origin is missing: the address of the page, such as https://page.example.');
  if (text === '*') throw new Refusal('--origin names one page, and * would let in every page there is.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new Refusal('--origin takes scheme, host and port, such as https://page.example or http://127.0.0.1:5190.');
  }
  return url.origin;
}
