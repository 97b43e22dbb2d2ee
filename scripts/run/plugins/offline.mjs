import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../../../server/command.mjs';

const SOURCE = 'src/parts/offline-worker.ts';
const WORKER = 'offline-worker.js';
/** Of the build, but not of the page: what sign-in comes back to, licences, and what servers alone read. */
const NOT_KEPT = /^signed-in\.html$|signed-in-|\.txt$|\.(?:br|gz)$|^\.vite/;

/**
 * Builds the service worker, and writes into it which files it keeps.
 * @returns {import('vite').Plugin}
 */
export function offline() {
  let isBuild = false;
  let folder = '';
  return {
    name: 'offline',
    configResolved(config) {
      // The pages of the benches are built with the same configuration, and are no page that is kept.
      const isPage = relative(config.root, ROOT) === '';
      isBuild = config.command === 'build' && isPage && !config.isWorker && !process.env['VITEST'];
      folder = config.build.outDir;
    },
    buildStart() {
      // By its name alone, without a hash: the browser asks for it again and again.
      if (isBuild) this.emitFile({ type: 'chunk', id: SOURCE, fileName: WORKER });
    },
    // After the files of `public`, and the page.
    writeBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!isBuild) return;
        const script = join(folder, WORKER);
        const entry = Object.values(bundle).find(
          (one) => one.type === 'chunk' && one.fileName.startsWith('assets/index-'),
        );
        if (!entry)
          throw new Error('The build has no script assets/index-….js, by which a tab says which build it runs.');
        const build = { ...filesIn(folder), entry: entry.fileName };
        writeFileSync(script, `self.BUILD=${JSON.stringify(build)};\n${readFileSync(script, 'utf8')}`);
      },
    },
  };
}

/**
 * What the service worker keeps of a build: the page as '', first, then the others by name.
 * @param {string} folder
 * @returns {{ version: string, files: string[] }}
 */
export function filesIn(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => name !== WORKER && !NOT_KEPT.test(name))
    .toSorted();
  const hash = createHash('sha256');
  for (const name of names)
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(folder, name)));
  const others = names.filter((name) => name !== 'index.html');
  return { version: hash.digest('base64url').slice(0, 16), files: ['', ...others] };
}
