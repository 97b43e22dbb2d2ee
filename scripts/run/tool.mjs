import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, run } from '../../server/command.mjs';

/**
 * Whether a module is the program that was started, rather than imported.
 * @param {string} url its `import.meta.url`
 */
export const isProgram = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);

/** The text of a file; undefined when it cannot be read. @param {string} path */
export function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Runs an installed tool by its file: no shell, no wrapper, the same on every platform.
 * @param {string} file below `node_modules`
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 */
export const tool = (file, args, options) =>
  run(process.execPath, [join(ROOT, 'node_modules', file), ...args], options);
