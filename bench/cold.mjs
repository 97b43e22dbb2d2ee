// A cold visit over a phone's network on a slow processor: what has to arrive, and how long it takes, until a queue, the
// overview of an account or Connect can be used; on our own server (Brotli) and on a plain static host (gzip).
import { ACCOUNT, KEY, letIn } from '../scripts/testing/server.mjs';
import { command } from '../server/command.mjs';
import { coldVisit, middle, NETWORK, PROCESSOR } from './measure/cold-visit.mjs';
import { report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { staticHost } from './measure/static-host.mjs';

/** After one to warm up; another number can be given. */
const ROUNDS = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 5);
const QUEUE = 'orders';
const QUEUES = 12;
const MESSAGES = 32;

/** What a person needs to go on: a message, a queue, the box to paste into. */
const SIGHT = {
  queue: 'main [role=grid] [role=row][data-index]',
  overview: 'aside li a',
  connect: 'main textarea',
  bare: 'ul > li',
};
/** In ms and KiB. */
const TARGETS = {
  queue: { usable: 1400, kib: 170 },
  overview: { usable: 1400, kib: 170 },
  connect: { usable: 1200, kib: 150 },
};
const WAVES = 2;
const ms = (/** @type {number} */ time) => String(Math.round(time));

/** A file of the log of one visit is printed with its times where this is asked for. */
const isLogged = process.argv.includes('--log');

await command(() =>
  onStage(async ({ app, azurite, bench, endpoint, page }) => {
    for (let n = 0; n < QUEUES; n++) await azurite.createQueue(n === 0 ? QUEUE : `queue-${n}`);
    for (let n = 0; n < MESSAGES; n++)
      await azurite
        .getQueueClient(QUEUE)
        .sendMessage(JSON.stringify({ order: n, customer: 'A. Reader', total: n * 7 }));
    const host = await staticHost(endpoint);
    try {
      await letIn(endpoint, [app, bench, host.url]);
      const browser = page.context().browser();
      if (!browser) throw new Error('The page has no browser.');
      // Caches are emptied, but a service worker would keep the files all the same.
      const options = { viewport: page.viewportSize(), serviceWorkers: /** @type {const} */ ('block') };
      const connected = await (await browser.newContext(options)).newPage();
      await connect(connected, host.url, endpoint);
      const account = encodeURIComponent(`${ACCOUNT}@${new URL(endpoint).host}`);
      const anew = async (/** @type {string} */ url, /** @type {string} */ sight) => {
        const context = await browser.newContext(options);
        try {
          return await coldVisit(await context.newPage(), url, sight);
        } finally {
          await context.close();
        }
      };
      /** @type {Record<string, { what: keyof typeof TARGETS | 'bare', visit: () => ReturnType<typeof coldVisit> }>} */
      const visits = {
        'A bare page with a plain list': { what: 'bare', visit: () => anew(`${bench}/bare-list.html`, SIGHT.bare) },
        'Our server: an open queue': {
          what: 'queue',
          visit: () => anew(`${app}/#/q/${account}/${QUEUE}`, SIGHT.queue),
        },
        'Our server: overview': { what: 'overview', visit: () => anew(`${app}/`, SIGHT.overview) },
        'Static host: an open queue': {
          what: 'queue',
          // A tab of its own, as what was compiled for the one before is no cold visit.
          visit: async () => {
            const tab = await connected.context().newPage();
            try {
              return await coldVisit(tab, `${host.url}/#/q/${account}/${QUEUE}`, SIGHT.queue);
            } finally {
              await tab.close();
            }
          },
        },
        'Static host: Connect': { what: 'connect', visit: () => anew(`${host.url}/`, SIGHT.connect) },
      };
      /** @type {Record<string, import('./measure/cold-visit.mjs').Visit[]>} */
      const taken = Object.fromEntries(Object.keys(visits).map((name) => [name, []]));
      for (let round = -1; round < ROUNDS; round++) {
        for (const [name, { visit }] of Object.entries(visits)) {
          const one = await visit();
          if (round >= 0) taken[name]?.push(one);
          if (round === 0 && isLogged) print(name, one);
        }
      }
      await tell(
        Object.entries(visits).map(([name, { what }]) => Object.assign(middle(taken[name] ?? []), { name, what })),
      );
    } finally {
      host.stop();
    }
  }),
);

/**
 * Connects as a person does, so that the visits after it have a connection that is kept.
 * @param {import('playwright').Page} page @param {string} url @param {string} endpoint
 */
async function connect(page, url, endpoint) {
  await page.goto(url);
  await page
    .getByRole('textbox', { name: 'Connection' })
    .fill(`DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};QueueEndpoint=${endpoint};`);
  await page.getByRole('radio', { name: /^Remember without a passphrase/ }).check();
  await page.getByRole('form').getByRole('button', { name: 'Connect', exact: true }).click();
  await page.locator(SIGHT.overview).first().waitFor();
  await page.goto('about:blank');
}

/** @param {string} name @param {import('./measure/cold-visit.mjs').Visit} visit */
function print(name, { log, ...figures }) {
  console.log(`\n${name} ${JSON.stringify(figures)}`);
  for (const { file, sent, ended, bytes, wave } of log)
    console.log(
      `${wave} ${String(sent).padStart(5)} ${String(ended).padStart(5)} ${String(bytes).padStart(7)} ${file}`,
    );
}

/** @param {(ReturnType<typeof middle> & { name: string, what: keyof typeof TARGETS | 'bare' })[]} results */
async function tell(results) {
  const bare = results[0]?.usable ?? Number.NaN;
  await report({
    rows: [
      [
        '',
        'usable ms',
        'range',
        'times bare',
        'KiB',
        'files',
        'waves',
        'service',
        'paint ms',
        'script',
        'work',
        'blocked',
      ],
      ...results.map((one) => [
        one.name,
        ms(one.usable),
        `${ms(one.low)}–${ms(one.high)}`,
        (one.usable / bare).toFixed(2),
        one.kib.toFixed(1),
        ...[one.files, one.waves, one.service, one.painted, one.script, one.work, one.blocked].map(ms),
      ]),
    ],
    verdicts: results.flatMap(({ name, what, usable, kib, waves }) => {
      if (what === 'bare') return [];
      const target = TARGETS[what];
      return [
        { ok: usable <= target.usable, words: `${name} usable after ${ms(usable)} ms; the target is ${target.usable}` },
        { ok: kib <= target.kib, words: `${name}: ${kib.toFixed(1)} KiB; the target is ${target.kib}` },
        { ok: waves <= WAVES, words: `${name}: ${waves} waves of files; the target is ${WAVES}` },
      ];
    }),
    figures: { network: NETWORK, processor: PROCESSOR, rounds: ROUNDS, results },
    claimed: Object.fromEntries(
      results.flatMap(({ name, usable, low, high, kib, waves }) => [
        [`${name}, times a bare page`, { median: usable / bare, low: low / bare, high: high / bare }],
        [`${name}, KiB`, kib],
        [`${name}, waves`, waves],
      ]),
    ),
  });
}
