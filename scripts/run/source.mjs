import { join } from 'node:path';
import { createServer } from 'vite';
import { ROOT } from '../../server/command.mjs';

/** @type {ReturnType<typeof createServer> | undefined} */
let reader;

/**
 * Loads a TypeScript file of this repository as it stands; Node 20 does not read them by itself. What the file loads later by
 * `import()` is read in the same way. Nothing of it keeps the process alive.
 * @template Module
 * @param {string} file from the root
 * @returns {Promise<Module>}
 */
export async function fromSource(file) {
  reader ??= createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const server = await reader;
  return /** @type {Promise<Module>} */ (server.ssrLoadModule(join(ROOT, file)));
}
