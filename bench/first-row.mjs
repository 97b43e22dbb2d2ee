// From `navigate` to the first queue in sight, on the built app, with its files in the browser's cache.
import { command } from '../server/command.mjs';
import { milliseconds, report, times } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { extra, median, ratios, spread } from './measure/statistics.mjs';

const QUEUES = 1000;
const ROUNDS = 15;
const WARM_UP = 3;
const AT_A_TIME = 8;

/** A link to a queue in the sidebar; an item of the plain list. */
const ROW = { app: 'aside li a', bare: 'ul > li' };

await command(() =>
  onStage(async ({ app, azurite, bench, page }) => {
    const names = Array.from({ length: QUEUES }, (_, n) => `bench-${String(n).padStart(4, '0')}`);
    for (let from = 0; from < QUEUES; from += AT_A_TIME) {
      await Promise.all(names.slice(from, from + AT_A_TIME).map((name) => azurite.createQueue(name)));
    }

    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    /** Files that came from the network although they never change. */
    let missed = 0;
    let isWarm = false;
    session.on('Network.responseReceived', ({ response }) => {
      if (isWarm && response.url.includes('/assets/') && !response.fromDiskCache && !response.fromPrefetchCache)
        missed++;
    });

    const visit = async (/** @type {string} */ url, /** @type {string} */ row) => {
      await page.goto('about:blank');
      // Behind whatever the page before had still asked for.
      await azurite.getProperties();
      await page.goto(url, { waitUntil: 'commit' });
      return page.evaluate(firstSight, row);
    };
    /** @type {{ app: number[], bare: number[] }} */
    const taken = { app: [], bare: [] };
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      isWarm = round >= 0;
      const bare = await visit(`${bench}/bare-list.html`, ROW.bare);
      const whole = await visit(`${app}/`, ROW.app);
      if (!isWarm) continue;
      taken.bare.push(bare);
      taken.app.push(whole);
    }

    const ratio = ratios(taken.app, taken.bare);
    const added = extra(taken.app, taken.bare);
    await report({
      rows: [
        [`First of ${QUEUES.toLocaleString('en-GB')} queues in sight`, 'median', 'middle half'],
        ['Queuescope', ...figures(taken.app)],
        ['A bare page with a plain list', ...figures(taken.bare)],
      ],
      verdicts: [
        {
          ok: missed === 0,
          words:
            missed === 0
              ? 'Files of the app came from the cache'
              : `${missed} files of the app did not come from the cache`,
        },
        {
          ok: true,
          words: `${milliseconds(median(taken.app))}: ${milliseconds(added)} more than the bare page, ${times(ratio)} times it; no target was set`,
        },
      ],
      figures: { rounds: ROUNDS, app: spread(taken.app), bare: spread(taken.bare), added, ratio },
      claimed: { 'ms to the first queue': spread(taken.app), 'times a bare page': ratio },
    });
  }),
);

/**
 * Runs in the page: ms from the start of the navigation to the first frame with such an element in it.
 * @param {string} selector
 */
function firstSight(selector) {
  return new Promise((/** @type {(time: number) => void} */ resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found && found.getBoundingClientRect().height > 0) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** @param {number[]} all ms */
function figures(all) {
  const { median: middle, low, high } = spread(all);
  return [milliseconds(middle), `${milliseconds(low)} to ${milliseconds(high)}`];
}
