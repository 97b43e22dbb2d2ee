import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from '../../server/command.mjs';

/**
 * Loads a TypeScript file of this repository as it stands; Node 20 does not read them by itself.
 * @template Module
 * @param {string} file from the root
 * @returns {Promise<Module>}
 */
export async function fromSource(file) {
  const { module } = await /** @type {typeof runnerImport<Module>} */ (runnerImport)(join(ROOT, file), {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
  });
  return module;
}
