import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../server/command.mjs';

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

/**
 * An entry of `packages` in a lockfile.
 * @typedef {{
 *   version?: string, resolved?: string, integrity?: string, dev?: boolean,
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }>,
 * }} Locked
 */

/**
 * The part of our own lockfile that Azurite needs, as a lockfile for a folder that holds Azurite alone.
 * @param {{ packages: Record<string, Locked> }} [own]
 */
function azuriteLock(own = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))) {
  /** @type {Record<string, Locked>} */
  const packages = {};
  const waiting = ['node_modules/azurite'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const locked = own.packages[path];
    if (!locked || path in packages) continue;
    const { dev: _, ...entry } = locked;
    packages[path] = entry;
    for (const name of needs(entry)) {
      const found = resolve(path, name, own.packages);
      if (found !== undefined) waiting.push(found);
    }
  }
  const azurite = packages['node_modules/azurite']?.version ?? '';
  const sorted = Object.fromEntries(Object.entries(packages).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return { lockfileVersion: 3, requires: true, packages: { '': { dependencies: { azurite } }, ...sorted } };
}

/** @param {Locked} entry */
const needs = ({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) => [
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

/**
 * Where Node finds a package from another: in its own folder, else in the ones around it.
 * @param {string} from @param {string} name @param {Record<string, Locked>} packages
 */
function resolve(from, name, packages) {
  for (let folder = from; ; ) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return undefined;
    const at = folder.lastIndexOf('/node_modules/');
    folder = at === -1 ? '' : folder.slice(0, at);
  }
}
