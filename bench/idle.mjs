// 100,000 browsed messages of 1 KiB, and nobody touches the page: the work of its main thread a second, by the processor's time,
// beside an empty page.
import { command } from '../server/command.mjs';
import { milliseconds, report } from './measure/report.mjs';
import { workTime } from './measure/scrolling.mjs';
import { serveInPage } from './measure/service-in-page.mjs';
import { onStage } from './measure/stage.mjs';
import { spread } from './measure/statistics.mjs';

const ROWS = 100_000;
const QUEUE = 'bench-idle';
/** Ms of work a second. */
const TARGET = 3;
const WINDOW_MS = 5000;
const WINDOWS = 6;
/** Ms until what comes after the rows has come. */
const SETTLED_MS = 10_000;

/** @param {import('playwright').Page} page */
async function idle(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const all = [];
  for (let window = 0; window < WINDOWS; window++) {
    const before = await workTime(session);
    await page.waitForTimeout(WINDOW_MS);
    all.push(((await workTime(session)) - before) / (WINDOW_MS / 1000));
  }
  await session.detach();
  return spread(all);
}

await command(() =>
  onStage(async ({ app, bench, azurite, page }) => {
    const empty = await page.context().newPage();
    await empty.goto(bench);
    const nothing = await idle(empty);
    await empty.close();

    await page.addInitScript(serveInPage, { queue: QUEUE, rows: ROWS, size: 1024 });
    const account = encodeURIComponent(`${azurite.accountName}@${new URL(azurite.url).host}`);
    await page.goto(`${app}/#/q/${account}/${QUEUE}?mode=browse`);
    await page.getByRole('button', { name: 'Browse all 100,000' }).click();
    await page.getByText('Browsed 100,000 messages, all returned').waitFor({ timeout: 600_000 });
    await page.waitForTimeout(SETTLED_MS);
    const rows = await idle(page);
    await report({
      rows: [
        ['Work a second when nothing happens', 'median', 'middle half'],
        ['100,000 rows', milliseconds(rows.median), `${milliseconds(rows.low)} to ${milliseconds(rows.high)}`],
        [
          'An empty page',
          milliseconds(nothing.median),
          `${milliseconds(nothing.low)} to ${milliseconds(nothing.high)}`,
        ],
      ],
      verdicts: [
        {
          ok: rows.median <= TARGET,
          words: `${milliseconds(rows.median)} of work a second; the target is ${TARGET} ms`,
        },
      ],
      figures: { target: TARGET, rows, nothing, windows: WINDOWS },
      claimed: { 'ms of work a second': rows },
    });
  }),
);
