// A day of live mode: a queue is looked at every five seconds while its messages come and go, as fast as the page can, by a clock that is
// moved. What the page holds after 2,000 refreshes must be what it held after 50.
import { command } from '../../server/command.mjs';
import { resident } from '../measure/memory.mjs';
import { report } from '../measure/report.mjs';
import { serveInPage } from '../measure/service-in-page.mjs';
import { onStage } from '../measure/stage.mjs';

const QUEUE = 'bench-live';
const [refreshes = 2000] = process.argv
  .slice(2)
  .filter((argument) => /^\d+$/.test(argument))
  .map(Number);
/** Refreshes after which the memory is taken; the first is what the last is compared with. */
const LOOKS = [50, 200, 500, 1000, 2000].filter((look) => look < refreshes).concat(refreshes);
const INTERVAL_MS = 5000;
/** Of the first look. */
const TARGET = 1.1;
const MIB = 1_048_576;

/** @typedef {{ refreshes: number, heap: number, process: number }} Look in bytes */

await command(() =>
  onStage(async ({ app, azurite, page }) => {
    await page.clock.install();
    await page.addInitScript(serveInPage, { queue: QUEUE, rows: 5000, size: 1024, moved: 8 });
    const session = await page.context().newCDPSession(page);
    const browser = await page.context().browser()?.newBrowserCDPSession();
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    await page.goto(`${app}/#/q/${account}/${QUEUE}`);
    const grid = page.getByRole('grid', { name: `Messages in ${QUEUE}` });
    while (!(await grid.isVisible())) await page.clock.runFor(100);
    await page.getByRole('switch', { name: 'Live' }).check();

    const peeks = () => page.evaluate(() => Reflect.get(globalThis, 'serviceInPage').peeks);
    const first = await peeks();
    /** @type {Look[]} */
    const looks = [];
    for (const look of LOOKS) {
      while ((await peeks()) - first < look) await page.clock.runFor(INTERVAL_MS);
      const process = await resident(session, browser);
      looks.push({ refreshes: look, heap: (await session.send('Runtime.getHeapUsage')).usedSize, process });
    }
    const [before, after] = [looks[0], looks.at(-1)];
    if (!before || !after) throw new Error('Nothing was measured');
    const grown = Math.max(after.heap / before.heap, after.process / before.process);
    await report({
      rows: [
        ['Refreshes', 'heap of the page', 'its process'],
        ...looks.map(({ refreshes: done, heap, process }) => [
          done.toLocaleString('en-GB'),
          `${(heap / MIB).toFixed(1)} MiB`,
          `${(process / MIB).toFixed(0)} MiB`,
        ]),
      ],
      verdicts: [
        {
          hard: true,
          ok: grown <= TARGET,
          words: `After ${after.refreshes.toLocaleString('en-GB')} refreshes the page holds ${grown.toFixed(2)} times as much as after ${before.refreshes}; the target is ${TARGET}`,
        },
      ],
      figures: { target: TARGET, interval: INTERVAL_MS, looks },
      claimed: { [`times the first, after ${refreshes}`]: grown },
    });
  }),
);
