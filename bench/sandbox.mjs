// Operations a second of the whole client on the sandbox, and how they slow down with what is stored.
import { command } from '../server/command.mjs';
import { report, times } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, rates, ratios } from './measure/statistics.mjs';

const SIZES = [1000, 10_000, 100_000, 1_000_000];
const WORK = { sizes: SIZES, rounds: 12, warmUp: 3, calls: 500, lanes: 32 };

/** Operations a second at so many stored messages. */
const TARGET = { perSecond: 20_000, stored: 100_000 };
/** Calls whose processor time is taken, in one go. */
const AGAIN = { size: TARGET.stored, calls: 20_000, lanes: WORK.lanes };
/** log₂ of a million over log₂ of a thousand: what a cost that grows as the logarithm may come to. */
const LOGARITHM = 2;

/** @type {{ kind: import('./page/sandbox.ts').Kind, words: string }[]} */
const KINDS = [
  { kind: 'put', words: 'Put' },
  { kind: 'peek', words: 'Peek' },
  { kind: 'receive', words: 'Receive' },
  { kind: 'update', words: 'Update' },
  { kind: 'delete', words: 'Delete' },
  { kind: 'mix', words: 'One of each in turn' },
  { kind: 'logged', words: 'The same, in the wire log' },
  { kind: 'alone', words: 'The same, one call at a time' },
];

const count = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-GB');
const perSecond = (/** @type {number[]} */ milliseconds) => 1000 / median(milliseconds);

await command(() =>
  onStage(async ({ bench, page }) => {
    await page.goto(bench);
    const { signature, sizes } = await page.evaluate(
      async ({ script, work }) => {
        /** @type {typeof import('./page/sandbox.ts')} */
        const { measureSandbox } = await import(script);
        return measureSandbox(work);
      },
      { script: `${bench}/sandbox.js`, work: WORK },
    );

    const session = await page.context().newCDPSession(page);
    // Processor time, not time on the clock: what else the machine does is not our work.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const before = await workTime(session);
    await page.evaluate(
      async ({ script, again }) => {
        /** @type {typeof import('./page/sandbox.ts')} */
        const { mixAgain } = await import(script);
        return mixAgain(again);
      },
      { script: `${bench}/sandbox.js`, again: AGAIN },
    );
    const ofProcessor = AGAIN.calls / ((await workTime(session)) - before);

    const [least, most] = [sizes[0], sizes.at(-1)];
    const rows = KINDS.map(({ kind, words }) => ({
      words,
      rates: sizes.map(({ figures }) => perSecond(figures[kind])),
      slowdown: ratios(most?.figures[kind] ?? [], least?.figures[kind] ?? []),
    }));
    const bare = { lanes: perSecond(signature.lanes), alone: perSecond(signature.alone) };
    const reached = perSecond(sizes.find(({ size }) => size === TARGET.stored)?.figures.mix ?? []);
    const worst = rows.reduce((one, other) => (other.slowdown.median > one.slowdown.median ? other : one));
    const fast = reached >= TARGET.perSecond;
    const flat = worst.slowdown.median <= LOGARITHM;
    await report({
      rows: [
        [
          `Operations a second, ${WORK.lanes} at once`,
          ...sizes.map(({ size }) => count(size)),
          'slower, most to least',
        ],
        ...rows.map(({ words, rates: each, slowdown }) => [words, ...each.map(count), times(slowdown)]),
        ['crypto.subtle.sign alone', ...sizes.map(() => count(bare.lanes)), ''],
        ['The same, one call at a time', ...sizes.map(() => count(bare.alone)), ''],
      ],
      verdicts: [
        {
          ok: fast,
          words: `${count(reached)} operations a second with ${count(TARGET.stored)} messages stored; the target is ${count(TARGET.perSecond)}`,
        },
        {
          ok: ofProcessor >= TARGET.perSecond,
          words: `${count(ofProcessor)} in a second of the main thread's processor time, whatever else the machine does`,
        },
        {
          ok: flat,
          words: `${worst.words} is slowed most by a thousand times as many messages, ${worst.slowdown.median.toFixed(2)} times; a cost of O(log n) may be ${LOGARITHM}`,
        },
        {
          ok: true,
          words: `Filled from snapshots, not by puts: a million messages in ${((most?.fillTime ?? 0) / 1000).toFixed(1)} s`,
        },
      ],
      figures: {
        target: TARGET,
        reached,
        perSecondOfProcessor: ofProcessor,
        signPerSecond: bare,
        sizes: sizes.map(({ size, fillTime }) => ({ size, fillTime })),
        operations: rows,
      },
      claimed: {
        'operations a second': rates(sizes.find(({ size }) => size === TARGET.stored)?.figures.mix ?? []),
        'times slower with a million': rows.find(({ words }) => words === KINDS[5]?.words)?.slowdown ?? Infinity,
      },
    });
  }),
);

/** Seconds of work that the page's main thread has done. @param {import('playwright').CDPSession} session */
async function workTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}
