import { basename } from 'node:path';
import { calibrate } from './calibration.mjs';
import { judge, readClaims } from './claims.mjs';

/**
 * @typedef {object} Report
 * @property {string[][]} rows of a table, the head first; the first column is words, the others are figures
 * @property {{ ok: boolean, hard?: boolean, words: string }[]} verdicts a `hard` one that is not ok fails the bench;
 *   the others are about time, which a busy machine can spoil
 * @property {Record<string, unknown>} figures the same for programs
 * @property {Record<string, number | import('./statistics.mjs').Spread>} [claimed] the figures of which the docs claim something, by the
 *   keys of `claims.json` and in its units; those without a claim, as of other sizes, are passed over
 */

/**
 * Prints what a bench has measured, and compares what the docs claim of it: a claim that is missed by more than the machine explains
 * fails the bench.
 * @param {Report} report
 */
export async function report({ rows, verdicts, figures, claimed = {} }) {
  const bench = basename(process.argv[1] ?? '', '.mjs');
  const claims = await compared(bench, claimed);
  /** @type {Report['verdicts']} */
  const all = [...verdicts, ...claims.verdicts];
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ bench, ...figures, claims: claims.judged, machine: claims.machine, verdicts: all }));
  else {
    console.log(`${table(rows)}\n`);
    if (claims.judged.length > 0) console.log(`${table(claims.rows)}\n`);
    for (const { sign = 0, open = 0 } of claims.machine)
      console.log(`Machine: ${short(Math.round(sign))} signatures a second, an empty page in ${milliseconds(open)}`);
    console.log(all.map(line).join('\n'));
  }
  if (all.some(({ ok, hard }) => hard && !ok)) process.exitCode = 1;
}

/** @param {string} bench @param {NonNullable<Report['claimed']>} claimed */
async function compared(bench, claimed) {
  const paper = readClaims();
  const claims = Object.entries(paper.benches[bench] ?? {});
  const of = claims.filter(([key]) => key in claimed);
  const calibrations = of.some(([, { kind }]) => kind === 'time' || kind === 'rate') ? await calibrate() : [];
  const judged = of.map(([key, claim]) => judge(key, claim, claimed[key] ?? Number.NaN, paper, calibrations));
  const missed = judged.filter(({ outcome }) => outcome === 'missed');
  const better = judged.filter(({ outcome }) => outcome === 'better');
  const left = claims.length - of.length;
  /** @type {Report['verdicts']} */
  const held =
    judged.length > 0 && missed.length === 0
      ? [
          {
            ok: true,
            words: `No claim of the docs is missed by more than the machine explains: ${judged.length} compared, ${left} not measured`,
          },
        ]
      : [];
  return {
    judged,
    machine: calibrations,
    rows: [
      ['Claim of the docs', 'claimed', 'measured', 'middle half', 'machine', 'missed beyond'],
      ...judged.map(({ key, claim, measured, factor, bound }) => [
        key,
        short(claim.value),
        short(measured.median),
        measured.low === measured.high ? '' : `${short(measured.low)} to ${short(measured.high)}`,
        claim.kind === 'time' || claim.kind === 'rate' ? `${factor.toFixed(2)} × slower` : '',
        short(bound),
      ]),
    ],
    verdicts: [
      ...missed.map(({ key, claim, measured, bound }) => ({
        hard: true,
        ok: false,
        words: `${key}: ${short(measured.median)} where the docs claim ${short(claim.value)}, and the machine explains no more than ${short(bound)}`,
      })),
      ...better.map(({ key, claim, measured }) => ({
        ok: true,
        words: `${key}: ${short(measured.median)} is better than the ${short(claim.value)} that the docs claim: they may say so`,
      })),
      ...held,
    ],
  };
}

/** @param {number} value */
const short = (value) => value.toLocaleString('en-GB', { maximumSignificantDigits: value >= 1000 ? 6 : 3 });

/** @param {Report['verdicts'][number]} verdict */
const line = ({ ok, hard, words }) => `${ok ? '✓' : hard ? '✗' : '!'} ${words}`;

/** @param {string[][]} rows */
function table(rows) {
  const widths = rows.reduce(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    /** @type {number[]} */ ([]),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 3)))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {number} value ms */
export const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;

/** @param {import('./statistics.mjs').Spread} ratio */
export const times = ({ median, low, high }) => `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
