import { parseArgs } from 'node:util';
import { command, messageOf, Refusal } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { nightMessages, numbersOf } from './night/messages.mjs';
import { KINDS, sumOf } from './night/requests.mjs';

// The night of 5,000: an operator works a poison queue off through the built page, while a consumer takes what is redriven.

const WALK_NAMES = /** @type {const} */ (['browsed', 'lookFirst', 'changedBetween', 'cutTwice']);
const USAGE = `The flags are --messages N (5,000 without it) and --walk ${WALK_NAMES.join(' | ')} (all of them without it).`;
/** How far a forecast may be off, in requests and as a share. */
const OFF = { requests: 3, share: 0.1 };
/** Characters of the page that are shown when something is not there. */
const LAST_WORDS = 1500;
const LATE_SHOWN = 20;

const shown = (/** @type {number} */ value) => value.toLocaleString('en-GB');

const HEAD = ['', ...KINDS, 'sum', 'forecast', 'polls', 'preflights', 'min'];

/** @param {string} name @param {import('./night/requests.mjs').Counts} counts @param {number | undefined} forecast @param {number} minutes */
const row = (name, counts, forecast, minutes) => [
  name,
  ...KINDS.map((kind) => shown(counts[kind])),
  shown(sumOf(counts)),
  forecast === undefined ? '' : shown(forecast),
  shown(counts.poll),
  shown(counts.preflight),
  minutes.toFixed(1),
];

await command(async () => {
  const { total, walks } = readFlags();
  await ensureInstalled();
  await ensureBuilt();
  let isWell = true;
  for (const name of walks) isWell = (await night(name, total)) && isWell;
  process.exitCode = isWell ? 0 : 1;
});

/** @param {typeof WALK_NAMES[number]} name @param {number} total */
async function night(name, total) {
  const { openStage } = await import('./night/stage.mjs');
  const { openDesk } = await import('./night/desk.mjs');
  const { WALKS } = await import('./night/walks.mjs');
  const { wrongIn } = await import('./night/verdict.mjs');
  const { title, most, mostActions, walk } = WALKS[name];
  const messages = nightMessages(total);
  const { mend, delete: remove, export: rest } = numbersOf(total);
  console.log(
    `\n${title}: ${shown(total)} messages, ${shown(mend)} to mend, ${shown(remove)} to delete, ${shown(rest)} to export.`,
  );
  const stage = await openStage(messages);
  const desk = await openDesk(stage);
  try {
    const began = performance.now();
    const walked = await walk(desk, stage).catch(async (error) => {
      const words = await desk.operator.page.locator('body').innerText();
      console.error(`After ${desk.actions.join(', ')}:\n${words.slice(-LAST_WORDS)}`);
      throw error;
    });
    const minutes = (performance.now() - began) / 60_000;
    await stage.consumer.stop();
    const counts = stage.requests.now();
    const own = await desk.operator.ownCount();
    const said = await desk.operator.jobs.innerText();
    const isWhole = walked.said === undefined;
    const seen = sumOf(counts) + counts.poll;
    const wrong = await wrongIn(stage, messages, walked);
    // A page that is visited again counts from then on.
    if (isWhole && own !== seen)
      wrong.push(`the page says that it sent ${shown(own)} requests, and ${shown(seen)} came by`);
    const actions = desk.actions.length;
    if (actions > mostActions) wrong.push(`${actions} actions, and at most ${mostActions} are wanted`);
    if (sumOf(counts) > most(total))
      wrong.push(`${shown(sumOf(counts))} requests, and at most ${shown(most(total))} are wanted`);
    for (const step of walked.steps) {
      const sum = sumOf(step.counts);
      const off = Math.abs(sum - (step.forecast ?? sum));
      if (off > OFF.requests && off > OFF.share * sum)
        wrong.push(`${step.name}: ${shown(step.forecast ?? 0)} requests were forecast, and ${shown(sum)} were sent`);
    }
    const rows = [
      ...walked.steps.map((step) => row(step.name, step.counts, step.forecast, step.minutes)),
      row('All', counts, undefined, minutes),
    ];
    console.log(table([HEAD, ...rows]));
    const asked = `beside them ${shown(counts.poll)} polls and ${shown(counts.preflight)} preflights`;
    console.log(
      isWhole
        ? `${actions} actions of at most ${mostActions}; ${shown(sumOf(counts))} requests of at most ${shown(most(total))}, ${asked}; the page says ${shown(own)} with polls.`
        : `${actions} actions; ${shown(sumOf(counts))} requests, ${asked}.`,
    );
    for (const words of walked.said ?? []) console.log(`Next visit: ${words}`);
    if (stage.requests.late.length > 0)
      console.log(`Late answers: ${stage.requests.late.slice(0, LATE_SHOWN).join(', ')}.`);
    if (wrong.length > 0) console.log(`The page says:\n${said}`);
    for (const words of wrong) console.error(`✗ ${words}`);
    if (wrong.length === 0)
      console.log('✓ Every message is exactly once where it belongs, with its exact text and dequeue count.');
    return wrong.length === 0;
  } finally {
    await desk.close();
    await stage.close();
  }
}

/** @param {string[][]} rows */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

/** @throws {Refusal} on a flag that there is not */
function readFlags() {
  const text = { type: /** @type {const} */ ('string') };
  /** @type {{ messages?: string, walk?: string }} */
  let flags;
  try {
    flags = parseArgs({ options: { messages: text, walk: text } }).values;
  } catch (error) {
    throw new Refusal(`${messageOf(error).split('. ')[0]}. ${USAGE}`);
  }
  const { messages = '5000', walk } = flags;
  if (!/^\d{2,5}$/.test(messages)) throw new Refusal(`--messages takes a number from 10 to 99,999. ${USAGE}`);
  const walks = WALK_NAMES.filter((name) => walk === undefined || walk === name);
  if (walks.length === 0) throw new Refusal(`There is no walk "${walk}". ${USAGE}`);
  return { total: Number(messages), walks };
}
