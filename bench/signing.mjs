// How many requests a second the client can sign, beside Web Crypto alone on the same bytes.
import { command } from '../server/command.mjs';
import { report, times } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';
import { median, rates, ratios } from './measure/statistics.mjs';

const ROUNDS = { blocks: 60, calls: 500, warmUp: 10 };

/** @param {number} value ms */
const microseconds = (value) => `${(value * 1000).toFixed(1)} µs`;

const count = (/** @type {number} */ value) => `${Math.round(value).toLocaleString('en-GB')} a second`;

await command(() =>
  onStage(async ({ bench, page }) => {
    await page.goto(bench);
    const { ours, bare } = await page.evaluate(
      async ({ script, rounds }) => {
        /** @type {typeof import('./page/signing.ts')} */
        const { measureSigning } = await import(script);
        return measureSigning(rounds);
      },
      { script: `${bench}/signing.js`, rounds: ROUNDS },
    );

    const [client, alone] = [1000 / median(ours), 1000 / median(bare)];
    const ratio = ratios(ours, bare);
    await report({
      rows: [
        ['', 'rate', 'time of one', 'ratio (middle half)'],
        ['String to sign, signature, Base64', count(client), microseconds(median(ours)), times(ratio)],
        ['crypto.subtle.sign alone', count(alone), microseconds(median(bare)), ''],
      ],
      verdicts: [{ ok: true, words: `${count(client)}, one after another; no target was set` }],
      figures: { perSecond: client, alonePerSecond: alone, ratio },
      claimed: { 'signatures a second': rates(ours), 'times crypto.subtle.sign': ratio },
    });
  }),
);
