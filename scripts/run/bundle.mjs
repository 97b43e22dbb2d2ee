import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../server/command.mjs';
import { azuriteLock } from './azurite-lock.mjs';

/** The bundled server, beside the page and not in it: what a static host gets holds nothing for Node. */
export const BUNDLE = join(ROOT, 'dist-node');

const SERVER = join(ROOT, 'server');

/**
 * Bundles `server/` for Node: the command of the package, what `npm start` runs, and the program that Azurite runs in, each
 * a file that needs nothing but Node and the chunks beside it; and the lockfile by which Azurite is installed.
 * @param {string} [folder] is emptied first
 */
export async function bundleServer(folder = BUNDLE) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20.19',
      minify: false,
      rolldownOptions: {
        input: {
          queuescope: join(SERVER, 'queuescope.ts'),
          start: join(SERVER, 'start.ts'),
          'azurite-process': join(SERVER, 'local', 'azurite-process.mjs'),
        },
        output: {
          entryFileNames: '[name].mjs',
          chunkFileNames: '[name].mjs',
          codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
        },
      },
    },
  });
  writeFileSync(join(folder, 'azurite-lock.json'), JSON.stringify(azuriteLock(), null, 1));
}

/** Runs a program of the bundle in this process. @param {'start' | 'queuescope'} name */
export const runBundled = (name) => import(pathToFileURL(join(BUNDLE, `${name}.mjs`)).href);
