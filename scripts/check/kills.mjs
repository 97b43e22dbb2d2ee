// Cuts jobs off at random points through the built page, in a browser of its own, and checks what is left: nothing is lost, every
// possible duplicate is named, nothing is hidden without being said. The same again: the seed that is printed.
import { parseArgs } from 'node:util';
import { command, messageOf, Refusal } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';

const USAGE =
  'The flags are --count N (points; 225 by default, three of each kind and way), --seed N, --kind KIND,KIND, --way WAY,WAY, --only N (one point of the seed) and --lanes N (browsers at a time).';
const text = { type: /** @type {const} */ ('string') };

await command(async () => {
  const flags = readFlags();
  await ensureInstalled();
  await ensureBuilt();
  const { choosePoints, KINDS, WAYS } = await import('./kills/points.mjs');
  const { runPoints } = await import('./kills/run.mjs');
  const seed = whole('seed', flags.seed) ?? Math.floor(Math.random() * 1_000_000);
  const count = whole('count', flags.count) ?? 225;
  const kinds = named('kind', flags.kind, /** @type {import('./kills/points.mjs').Kind[]} */ (Object.keys(KINDS)));
  const ways = named('way', flags.way, WAYS);
  const only = whole('only', flags.only);
  const points = choosePoints({ seed, count, kinds, ways }).filter(
    ({ number }) => only === undefined || number === only,
  );
  console.log(`Seed ${seed}, ${points.length} points. The same again: --seed ${seed} --count ${count}`);
  process.exitCode = await runPoints(points, { lanes: whole('lanes', flags.lanes) ?? 2, isTold: only !== undefined });
});

/** @throws {Refusal} on a flag that there is not */
function readFlags() {
  try {
    return parseArgs({ options: { count: text, seed: text, kind: text, way: text, only: text, lanes: text } }).values;
  } catch (error) {
    throw new Refusal(`${messageOf(error).split('. ')[0]}. ${USAGE}`);
  }
}

/**
 * @param {string} name
 * @param {string | undefined} given
 * @throws {Refusal} unless it is a whole number
 */
function whole(name, given) {
  if (given === undefined) return undefined;
  if (!/^\d{1,10}$/.test(given)) throw new Refusal(`--${name} takes a whole number, and not "${given}". ${USAGE}`);
  return Number(given);
}

/**
 * @template {string} Name
 * @param {string} flag
 * @param {string | undefined} given
 * @param {readonly Name[]} all
 * @returns {readonly Name[]}
 * @throws {Refusal} on another name
 */
function named(flag, given, all) {
  if (given === undefined) return all;
  const chosen = given.split(',');
  const wrong = chosen.find((one) => !all.some((name) => name === one));
  if (wrong !== undefined) throw new Refusal(`--${flag} takes ${all.join(', ')}, and not "${wrong}".`);
  return all.filter((name) => chosen.includes(name));
}
