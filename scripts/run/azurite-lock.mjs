import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../server/command.mjs';

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
export function azuriteLock(own = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))) {
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
