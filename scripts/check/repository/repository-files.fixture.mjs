import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../../server/command.mjs';

/**
 * The files in the root and in these folders, at any depth, by path from the root with `/`.
 * @param {readonly string[]} folders
 * @returns {string[]}
 */
export function filesIn(folders) {
  const inRoot = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  const below = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  return [...inRoot, ...below];
}
