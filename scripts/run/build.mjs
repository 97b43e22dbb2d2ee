import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, DIST, Refusal, ROOT } from '../../server/command.mjs';
import { BUNDLE, bundleServer } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { buildSizes, overBudget, precompress, sizeTable } from './size.mjs';
import { isProgram, readText, tool } from './tool.mjs';

const INPUTS = [
  'index.html',
  'vite.config.ts',
  'scripts/run/bundle.mjs',
  'scripts/run/closure.mjs',
  'scripts/run/plugins',
  'LICENSE',
  'package-lock.json',
  'public',
  'src',
  'server',
];

/** Written last, so that a build that was cut short or was too heavy is done again. */
const STAMP = join(DIST, '.vite', 'built-from');

/**
 * Builds the page and the server, at the same time, and holds the page to its budget.
 * @throws {Refusal} when the build fails or is over its budget
 */
async function build() {
  const from = fingerprint();
  const [page] = await Promise.all([tool('vite/bin/vite.js', ['build', '--logLevel', 'warn']), bundleServer()]);
  if (page !== 0) {
    throw new Refusal(
      'The page could not be built; Vite says why above (a package that it misses: delete node_modules and try again).',
    );
  }
  precompress();
  const sizes = buildSizes();
  console.log(sizeTable(sizes));
  const over = overBudget(sizes);
  if (over.length > 0) throw new Refusal(`The build is over its budget: ${over.join('; ')}.`);
  writeFileSync(STAMP, from);
}

/** Builds the page and the server unless they were built from these very sources. */
export async function ensureBuilt() {
  if (readText(STAMP) === fingerprint() && existsSync(join(BUNDLE, 'start.mjs'))) return;
  console.log('Building the page…');
  await build();
}

/** Runs the work of a program once the packages are installed and the page is built. @param {() => unknown} work */
export const whenBuilt = (work) =>
  command(async () => {
    await ensureInstalled();
    await ensureBuilt();
    await work();
  });

/** A hash over what the build reads. Contents rather than times: a checkout or a deleted file counts, a touch does not. */
function fingerprint() {
  const hash = createHash('sha256').update(process.env['QUEUESCOPE_ALLOW_HOSTS'] ?? '');
  for (const input of INPUTS) {
    for (const path of filesOf(input))
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(ROOT, path)));
  }
  return hash.digest('hex');
}

/** @param {string} input @returns {string[]} files that are not tests, in a fixed order */
function filesOf(input) {
  try {
    const entries = readdirSync(join(ROOT, input), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
      .toSorted();
  } catch {
    return [input];
  }
}

if (isProgram(import.meta.url)) {
  await command(async () => {
    await ensureInstalled();
    await build();
  });
}
