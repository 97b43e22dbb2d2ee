import { basename } from 'node:path';

/**
 * @typedef {object} Report
 * @property {string[][]} rows of a table, the head first; the first column is words, the others are figures
 * @property {{ ok: boolean, hard?: boolean, words: string }[]} verdicts a `hard` one that is not ok fails the bench;
 *   the others are about time, which a busy machine can spoil
 * @property {Record<string, unknown>} figures the same for programs
 */

/** @param {Report} report */
export function report({ rows, verdicts, figures }) {
  const bench = basename(process.argv[1] ?? '', '.mjs');
  if (process.argv.includes('--json')) console.log(JSON.stringify({ bench, ...figures, verdicts }));
  else console.log(`${table(rows)}\n\n${verdicts.map(line).join('\n')}`);
  if (verdicts.some(({ ok, hard }) => hard && !ok)) process.exitCode = 1;
}

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
