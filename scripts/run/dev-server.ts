import { createServer } from 'node:http';
import { join } from 'node:path';
import { createServer as createViteServer } from 'vite';
import { ROOT } from '../../server/command.mjs';
import { openInstallation } from '../../server/installation/installation';
import { runLocally } from '../../server/local/local';
import { answerOwnPage } from '../../server/page/own-page';
import { settingsFrom } from '../../server/page/page-settings';
import { answerJson, bind, refusedAsForeign } from '../../server/page/serve';
import { createRelay } from '../../server/relay/relay';
import { localFlags } from '../../server/terminal/flags';

/**
 * Like `npm start`, with Vite's development server for the page: no build, changes show at once, and no content policy, since
 * hot reloading needs inline scripts.
 */
export async function runDevelopment(): Promise<void> {
  const flags = localFlags();
  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  const installation = openInstallation(process.env['QUEUESCOPE_HOME'] ?? join(ROOT, '.queuescope'));
  await runLocally(flags, async (port, local, usualPort) => {
    const server = createServer();
    const page = await bind(server, port);
    const dev = await createViteServer({ root: ROOT, server: { middlewareMode: { server }, hmr: { server } } });
    server.on('request', (request, response) => {
      if (relay?.(request, response, page.port)) return;
      if (answerOwnPage(request, response, installation)) return;
      if (refusedAsForeign(request, response)) return;
      if (request.url === '/local.json') answerJson(response, local());
      else if (request.url === '/queuescope.json') answerJson(response, settingsFrom(process.env, usualPort));
      else dev.middlewares(request, response);
    });
    const stop = async () => {
      await Promise.all([page.stop(), dev.close()]);
    };
    return { ...page, stop };
  });
}
