// What the client adds to a request: a peek and a put through all of it, over a bare request signed by hand. First with answers
// that come at once, so that only the client is left, then over Azurite.
import { command } from '../server/command.mjs';
import { milliseconds, report, times } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { extra, median, ratios } from './measure/statistics.mjs';
import { usualTexts } from './measure/usual-texts.mjs';

/** Times a bare request. */
const TARGETS = { atOnce: { peek: 1.8, put: 1.7 }, service: { peek: 1.05, put: 1.05 } };
const ROUNDS = {
  service: { blocks: 160, calls: 4, warmUp: 20 },
  atOnce: { blocks: 160, calls: 40, warmUp: 40 },
};

/** No character of it needs an escape. */
const TEXT = JSON.stringify({ order: 10_432, customer: 'Ada Lindqvist', lines: Array(8).fill('LAMP-0017 x 2') });

await command(() =>
  onStage(async ({ azurite, bench, endpoint, page }) => {
    const [peeked, filled] = ['bench-peeked', 'bench-filled'];
    for (const name of [peeked, filled]) await azurite.createQueue(name);
    const texts = usualTexts();
    for (let n = 0; n < 32; n++) {
      await azurite.getQueueClient(peeked).sendMessage(texts[n % texts.length] ?? '');
    }

    await page.goto(bench);
    const input = { endpoint, peeked, filled, text: TEXT, rounds: ROUNDS };
    const timings = await page.evaluate(
      async ({ script, ...given }) => {
        /** @type {typeof import('./page/wire.ts')} */
        const { measureWire } = await import(script);
        return measureWire(given);
      },
      { ...input, script: `${bench}/wire.js` },
    );

    const results = /** @type {const} */ (['atOnce', 'service']).flatMap((way) =>
      /** @type {const} */ (['peek', 'put']).map((call) => {
        const { ours, bare } = timings[way][call];
        const what = call === 'peek' ? 'Peek of 32 messages' : `Put of ${TEXT.length} bytes`;
        return {
          name: `${what}, ${way === 'atOnce' ? 'answered at once' : 'over Azurite'}`,
          target: TARGETS[way][call],
          client: median(ours),
          bare: median(bare),
          ratio: ratios(ours, bare),
          added: extra(ours, bare),
        };
      }),
    );
    await report({
      rows: [
        ['', 'whole client', 'bare fetch', 'added', 'ratio (middle half)'],
        ...results.map(({ name, client, bare, ratio, added }) => [
          name,
          milliseconds(client),
          milliseconds(bare),
          milliseconds(added),
          times(ratio),
        ]),
      ],
      verdicts: results.map(({ name, ratio, target }) => {
        const ok = ratio.median <= target;
        const words = `${name}: ${ratio.median.toFixed(2)} times a bare fetch, ${ok ? 'within' : 'over'} the target`;
        return { ok, words: `${words} of ${target.toFixed(2)}` };
      }),
      figures: { results },
      claimed: Object.fromEntries(results.map(({ name, ratio }) => [name, ratio])),
    });
  }),
);
