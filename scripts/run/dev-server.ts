import { createServer } from 'node:http';
import { join } from 'node:path';
import { createServer as createViteServer } from 'vite';
import { ROOT } from '../../server/command.mjs';
import { openInstallation } from '../../server/installation/installation';
import { runLocally } from '../../server/local/local';
import { answerOwnPage } from '../../server/page/own-page';
import { settingsFrom } from '../../server/page/page-settings';
import { answerJson, bind, refusedAsForeign } from '../../server/page/serve';
import { createReach } from '../../server/relay/reach';
import { createRelay } from '../../server/relay/relay';
import { localFlags } from '../../server/terminal/flags';

/** What Vite serves nobody by default, and what this installation keeps. */
const NOT_SERVED = ['.env', '.env.*', '*.{crt,pem}', '**/.git/**', '**/.queuescope/**'];

/**
 * Like `npm start`, with Vite's development server for the page: no build, changes show at once, and no content policy, since
 * hot reloading needs inline scripts.
 */
export async function runDevelopment(): Promise<void> {
  const flags = localFlags();
  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  const installation = openInstallation(process.env['QUEUESCOPE_HOME'] ?? join(ROOT, '.queuescope'));
  const reach = relay && createReach({ allowed: () => installation.hosts() });
  await runLocally(flags, async (port, local) => {
    const server = createServer();
    const page = await bind(server, port);
    const dev = await createViteServer({
      root: ROOT,
      server: { middlewareMode: { server }, hmr: { server }, fs: { deny: NOT_SERVED } },
    });
    server.on('request', (request, response) => {
      if (relay?.(request, response, page.port) || reach?.(request, response, page.port)) return;
      if (answerOwnPage(request, response, installation)) return;
      if (refusedAsForeign(request, response)) return;
      if (request.url === '/local.json') answerJson(response, local());
      else if (request.url === '/queuescope.json') answerJson(response, settingsFrom(process.env));
      else dev.middlewares(request, response);
    });
    const stop = async () => {
      await Promise.all([page.stop(), dev.close()]);
    };
    return { ...page, stop };
  });
}
