// The page in every engine: the end-to-end tests in Firefox, those that are tagged @engines in Playwright's own WebKit, a journey
// in WebKitGTK, and what has to be the same in each: runs of the lab and jobs over a broken network.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { command, DIST, messageOf, Refusal } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { countsText, endToEnd, outcomeLine, runSteps, totalCounts } from './steps.mjs';
import { namedTests, playwrightOutcome } from './tests-outcome.mjs';

/** @typedef {import('../testing/engines/find.mjs').Engine} Engine */
/** @typedef {import('./steps.mjs').Step} Step */

const USAGE =
  'Names of spec files may follow, for those alone. The flags are --engine NAME,NAME (firefox, webkit, chromium; all by default), --smoke (the tests tagged @engines alone), --grep PATTERN (of titles) and --install (installs what is missing from Debian packages).';

/** Tests of each engine, by their tag. */
const TAG = '@engines';

/** Of an engine that is here, but not so that Playwright can drive it: WebKitGTK. */
const NO_SPECS = `the tests of Playwright need Playwright's own (npx playwright install webkit) and are left out.`;

await command(async () => {
  const { values: flags, positionals: specs } = readFlags();
  await ensureInstalled();
  const { ENGINES, findBrowser, findWebKitDriver } = await import('../testing/engines/find.mjs');
  const { installEngines, notInstalled } = await import('./browsers/install.mjs');
  const engines = named(flags.engine, ENGINES);

  /** Whether an engine is here, in some way. @param {Engine} engine */
  const isHere = async (engine) =>
    (await findBrowser(engine)) !== undefined || (engine === 'webkit' && findWebKitDriver() !== undefined);
  const absent = async () => {
    const here = await Promise.all(engines.map(isHere));
    return engines.filter((_, index) => !here[index]);
  };
  if (flags.install) await installEngines(await absent());
  const missing = await absent();
  if (missing.length === engines.length) throw new Refusal(notInstalled(missing));
  if (missing.length > 0) console.error(`${notInstalled(missing)}\n`);

  await ensureBuilt();
  // Not before: it loads Vite, which a build in the same process must not find in its environment.
  const { walk } = await import('./browsers/walk.mjs');
  const { sameInEveryEngine } = await import('./browsers/same.mjs');
  // A run is long, and a build meanwhile would take its files away.
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-browsers-'));
  try {
    cpSync(DIST, folder, { recursive: true });
    /** @type {Step[]} */
    const steps = [];
    for (const engine of engines.filter((one) => !missing.includes(one))) {
      const found = await findBrowser(engine);
      if (engine === 'webkit' && findWebKitDriver() !== undefined && specs.length === 0 && !flags.grep)
        steps.push({
          name: 'webkit, journey',
          run: async (report) => {
            const outcome = await walk({ build: folder, seed: Math.floor(Math.random() * 2 ** 30) });
            writeFileSync(report, JSON.stringify(outcome));
            return outcome.failed;
          },
          read: (outcome) => outcome,
        });
      if (specs.length === 0 && !flags.grep)
        steps.push({
          name: `${engine}, runs and faults`,
          run: async (report) => {
            const outcome = await sameInEveryEngine(engine);
            writeFileSync(report, JSON.stringify(outcome));
            return outcome.failed;
          },
          read: (outcome) => outcome,
        });
      if (found) {
        console.log(`${engine}: ${found.source}`);
        // The whole suite runs in Chromium with `npm test`, and nobody has seen it in Playwright's WebKit.
        const isSmoke = flags.smoke || (engine !== 'firefox' && specs.length === 0);
        steps.push({
          name: `${engine}${isSmoke ? `, ${TAG}` : ''}`,
          run: (report) =>
            endToEnd([...specs, ...grepOf(isSmoke, flags.grep)], {
              QUEUESCOPE_ENGINE: engine,
              QUEUESCOPE_E2E_BUILD: folder,
              QUEUESCOPE_E2E_REPORT: report,
            }),
          read: playwrightOutcome,
        });
      } else console.log(`${engine}: ${NO_SPECS}`);
    }
    if (steps.length === 0) throw new Refusal('Nothing of what was named can run.');
    const outcomes = await runSteps(steps);
    const ok = outcomes.every((outcome) => outcome.ok) && missing.length === 0;
    console.log(`\n${outcomes.map(outcomeLine).join('\n')}\n`);
    for (const line of namedTests(outcomes.map(({ tests }) => tests))) console.log(line);
    console.log(countsText(totalCounts(outcomes)));
    if (missing.length > 0) console.log(`Not tested, as it is not installed: ${missing.join(' and ')}.`);
    process.exitCode = ok ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {boolean} isSmoke @param {string | undefined} pattern @returns {string[]} arguments for Playwright */
function grepOf(isSmoke, pattern) {
  const patterns = [...(isSmoke ? [`(?=.*${TAG})`] : []), ...(pattern ? [`(?=.*${pattern})`] : [])];
  return patterns.length > 0 ? ['--grep', patterns.join('')] : [];
}

/** @throws {Refusal} on a flag that there is not */
function readFlags() {
  const text = { type: /** @type {const} */ ('string') };
  const flag = { type: /** @type {const} */ ('boolean'), default: false };
  try {
    return parseArgs({ allowPositionals: true, options: { engine: text, grep: text, smoke: flag, install: flag } });
  } catch (error) {
    throw new Refusal(`${messageOf(error).split('. ')[0]}. ${USAGE}`);
  }
}

/**
 * @param {string | undefined} given
 * @param {readonly Engine[]} all
 * @returns {readonly Engine[]}
 * @throws {Refusal} on another name
 */
function named(given, all) {
  if (given === undefined) return all;
  const chosen = given.split(',');
  const wrong = chosen.find((one) => !all.some((name) => name === one));
  if (wrong !== undefined) throw new Refusal(`--engine takes ${all.join(', ')}, and not "${wrong}".`);
  return all.filter((name) => chosen.includes(name));
}
