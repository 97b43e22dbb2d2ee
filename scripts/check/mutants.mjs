// Plants faults, one after another, in records, leases and jobs, and asks which of them no unit test notices.
// `npm run mutants` goes through all; `npm run mutants -- src/bulk/leasing/leasing.ts` through what is named.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, npm, Refusal, ROOT } from '../../server/command.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { tool } from '../run/tool.mjs';

/** Of all faults that are any: those noticed, by a failed test or by one that never ended. */
const TARGET = 0.85;
/** The last versions that run on Node 20. */
const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1'];
const REPORT = join('node_modules', '.cache', 'queuescope', 'mutants.json');

/** @typedef {{ status: string, mutatorName: string, replacement?: string, location: { start: { line: number } } }} Mutant */
/** @typedef {{ files: Record<string, { mutants: Mutant[] }> }} Report */

await command(async () => {
  await ensureInstalled();
  await ensureStryker();
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
  const args = ['run', join('scripts', 'check', 'mutants', 'stryker.config.mjs')];
  if (files.length > 0) args.push('--mutate', files.join(','));
  const code = await tool('@stryker-mutator/core/bin/stryker.js', args);
  if (code !== 0) throw new Refusal('Stryker did not come to its end; it says why above.');
  process.exitCode = told(JSON.parse(readFileSync(join(ROOT, REPORT), 'utf8'))) ? 0 : 1;
});

/** Its 171 packages are no part of what everybody installs: they would slow the first start. */
async function ensureStryker() {
  if (existsSync(join(ROOT, 'node_modules', '@stryker-mutator', 'vitest-runner'))) return;
  console.log(`Installing ${PACKAGES.join(' and ')}, beside what the lockfile lists…`);
  const code = await npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES]);
  if (code !== 0) throw new Refusal('Stryker could not be installed; npm says why above.');
}

/**
 * Prints the score of each file and what survived in it; true when the score of all is high enough.
 * @param {Report} report
 */
function told({ files }) {
  const all = Object.entries(files).map(([path, { mutants }]) => ({ path, mutants, of: scoreOf(mutants) }));
  for (const { path, mutants, of } of all.toSorted((one, other) => one.of.score - other.of.score)) {
    const { score, valid } = of;
    console.log(`${(100 * score).toFixed(0).padStart(3)} % of ${String(valid).padStart(4)}  ${path}`);
    for (const { status, mutatorName, replacement = '', location } of mutants) {
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      console.log(
        `       ${location.start.line}: ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 90)}`,
      );
    }
  }
  const { score, valid } = scoreOf(all.flatMap(({ mutants }) => mutants));
  console.log(`\n${(100 * score).toFixed(1)} % of ${valid} planted faults noticed; the target is ${100 * TARGET} %.`);
  return score >= TARGET;
}

/** @param {Mutant[]} mutants killed and timed out of all valid ones, those that no test runs included */
function scoreOf(mutants) {
  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const valid = noticed + mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length;
  return { score: valid === 0 ? 1 : noticed / valid, valid };
}
