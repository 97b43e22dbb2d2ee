import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { command, DIST, messageOf, Refusal, ROOT } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { tool } from '../run/tool.mjs';
import { endToEnd } from './steps.mjs';

// Random sequences of actions compared with the service. With `--page` through the built page in a browser, with a real
// Azurite; else through the parts of the page in Node, against a model of the service.

const FOLDER = join('src', 'bulk', 'sequences');
const USAGE =
  'The flags are --page (through the page, in a browser), --seed N, --count N, --kept (first those that once failed), --faults N (to stop after), --lanes N (sequences at a time) and --without WORDS,WORDS (of actions that are left out).';
const flag = { type: /** @type {const} */ ('boolean'), default: false };
const number = { type: /** @type {const} */ ('string') };

await command(async () => {
  const flags = readFlags();
  const seed = whole('seed', flags.seed) ?? Math.floor(Math.random() * 1_000_000);
  const count = whole('count', flags.count) ?? (flags.page ? 50 : 1000);
  const faults = whole('faults', flags.faults) ?? 1;
  const lanes = whole('lanes', flags.lanes) ?? 3;
  await ensureInstalled();
  console.log(`Seed ${seed}, ${count} sequences. The same again: --seed ${seed} --count ${count}`);
  const env = { QUEUESCOPE_SEED: String(seed), QUEUESCOPE_COUNT: String(count) };

  if (flags.page) {
    await ensureBuilt();
    // A run is long, and a build or another run of tests meanwhile would take its files away.
    const folder = mkdtempSync(join(tmpdir(), 'queuescope-sequences-'));
    const build = join(folder, 'build');
    cpSync(DIST, build, { recursive: true });
    const own = {
      ...env,
      QUEUESCOPE_E2E_BUILD: build,
      QUEUESCOPE_FAULTS: String(faults),
      QUEUESCOPE_LANES: String(lanes),
      QUEUESCOPE_KEPT: flags.kept ? '1' : '',
      QUEUESCOPE_WITHOUT: flags.without ?? '',
    };
    try {
      process.exitCode = await endToEnd(
        ['sequences.spec', '--workers=1', '--retries=0', '--reporter=line', '--output', join(folder, 'results')],
        own,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return;
  }
  const tests = readdirSync(join(ROOT, FOLDER)).filter((file) => /^sequences\..*test\.ts$/.test(file));
  process.exitCode = await tool(
    'vitest/vitest.mjs',
    ['run', '--project=unit*', ...tests.map((file) => join(FOLDER, file))],
    {
      env,
    },
  );
});

/** @throws {Refusal} on a flag that there is not */
function readFlags() {
  try {
    return parseArgs({
      options: {
        page: flag,
        kept: flag,
        seed: number,
        count: number,
        faults: number,
        lanes: number,
        without: number,
      },
    }).values;
  } catch (error) {
    throw new Refusal(`${messageOf(error).split('. ')[0]}. ${USAGE}`);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @throws {Refusal} unless it is a whole number
 */
function whole(name, text) {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Refusal(`--${name} takes a whole number, and not "${text}". ${USAGE}`);
  return Number(text);
}
