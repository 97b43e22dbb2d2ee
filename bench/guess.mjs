// How often a text without a meaning is taken for something, and a body of a known producer is not read: the product's own
// reading in the browser, of random texts of each alphabet and of bodies made in the forms that producers document.
import { command } from '../server/command.mjs';
import { report } from './measure/report.mjs';
import { onStage } from './measure/stage.mjs';

const KINDS = /** @type {const} */ ([
  'letters and digits',
  'hex',
  'digits',
  'UUID',
  'Base64 alphabet',
  'URL alphabet',
  'printable ASCII',
]);
/** Random texts of each kind, from 1 to 4,096 characters. */
const COUNT = 20_000;
/** Lengths at which an id or a short Base64 text is, and as many texts of each. */
const LENGTHS = [4, 8, 12, 16, 22, 24, 32, 40];
/** Rounds over all producers. */
const ROUNDS = 12;
/** Of a hundred: random texts that are no text, and bodies that are not read right. */
const TARGET = { random: 0.1, real: 1 };

const percent = (/** @type {number} */ share) => `${share.toFixed(3)} %`;

/** @typedef {import('./page/guess.ts').Wrong} Wrong */
/** @typedef {{ kind: (typeof KINDS)[number], seed: number, length: number, count: number }} Texts `length` 0: from 1 to 4,096 */

const shareOf = (/** @type {Wrong} */ { wrong, of }) => (wrong * 100) / of;

/** Runs in the page. @param {{ script: string, texts: Texts }} what */
async function measureRandomIn({ script, texts: { kind, count, seed, length } }) {
  /** @type {typeof import('./page/guess.ts')} */
  const { measureRandom } = await import(script);
  return measureRandom(kind, count, seed, length);
}

/** Runs in the page. @param {{ script: string, rounds: number }} what */
async function measureRealIn({ script, rounds }) {
  /** @type {typeof import('./page/guess.ts')} */
  const { measureReal } = await import(script);
  return measureReal(rounds, 7);
}

await command(() =>
  onStage(async ({ bench, page }) => {
    await page.goto(bench);
    const script = `${bench}/guess.js`;
    const random = (/** @type {Texts} */ texts) => page.evaluate(measureRandomIn, { script, texts });
    /** @type {{ words: string, result: Wrong }[]} */
    const measured = [];
    for (const [index, kind] of KINDS.entries())
      measured.push({ words: kind, result: await random({ kind, seed: index + 1, length: 0, count: COUNT }) });
    for (const length of LENGTHS)
      measured.push({
        words: `letters and digits, ${length} characters`,
        result: await random({ kind: 'letters and digits', seed: 100 + length, length, count: COUNT }),
      });
    const real = await page.evaluate(measureRealIn, { script, rounds: ROUNDS });
    const worst = Math.max(...measured.map(({ result }) => shareOf(result)));
    const row = (/** @type {string} */ words, /** @type {Wrong} */ result) => [
      words,
      String(result.of),
      String(result.wrong),
      percent(shareOf(result)),
    ];
    for (const { examples } of [...measured.map(({ result }) => result), real])
      for (const example of examples) if (!process.argv.includes('--json')) console.log(example);
    await report({
      rows: [
        ['', 'texts', 'wrong', 'share'],
        ...measured.map(({ words, result }) => row(words, result)),
        row('Bodies of known producers', real),
      ],
      verdicts: [
        {
          ok: worst <= TARGET.random,
          hard: true,
          words: `${percent(worst)} of random texts are shown as something at most; the target is ${TARGET.random} %`,
        },
        {
          ok: shareOf(real) <= TARGET.real && real.of >= 500,
          hard: true,
          words: `${percent(shareOf(real))} of ${real.of} bodies are not read right; the target is ${TARGET.real} %`,
        },
      ],
      figures: { target: TARGET, measured, real },
      claimed: {
        '% of an alphabet': Math.max(...measured.slice(0, KINDS.length).map(({ result }) => shareOf(result))),
        '% of a length': Math.max(...measured.slice(KINDS.length).map(({ result }) => shareOf(result))),
        'bodies not read': real.wrong,
      },
    });
  }),
);
