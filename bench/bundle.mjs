// Bytes of the build against the budget that also fails it: what a person downloads, and when.

import { buildSizes } from '../scripts/run/size.mjs';
import { command } from '../server/command.mjs';
import { report } from './measure/report.mjs';

/** What comparable pages load before they can be used, KiB of gzipped JavaScript, measured in November 2026. */
const RIVALS = { lightest: 138, heaviest: 202 };

const toKib = (/** @type {number} */ bytes) => bytes / 1024;

await command(async () => {
  const sizes = buildSizes().map(({ what, bytes, limit }) => ({ what, kib: toKib(bytes), budget: toKib(limit) }));
  const over = sizes.filter((size) => size.kib > size.budget);
  await report({
    rows: [
      ['Downloaded, gzip', 'KiB', 'budget', 'left'],
      ...sizes.map(({ what, kib, budget }) => [what, kib.toFixed(1), String(budget), (budget - kib).toFixed(1)]),
      ['Rival pages, JavaScript', `${RIVALS.lightest} to ${RIVALS.heaviest}`, '', ''],
    ],
    verdicts: [
      {
        hard: true,
        ok: over.length === 0,
        words:
          over.length === 0
            ? 'All within budget'
            : `Over budget: ${over.map(({ what }) => what.toLowerCase()).join(', ')}`,
      },
    ],
    figures: { sizes, rivals: RIVALS },
    claimed: Object.fromEntries(sizes.map(({ what, kib }) => [what, kib])),
  });
});
