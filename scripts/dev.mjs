import { createServer } from 'node:http';
import { command, ROOT } from './command.mjs';
import { localFlags } from './flags.mjs';
import { ensureInstalled } from './install.mjs';

// Like `npm start`, with Vite's development server for the page: no build, changes show at once, and no content policy,
// since hot reloading needs inline scripts.
await command(async () => {
  const flags = localFlags();
  await ensureInstalled();
  const [{ runLocally }, { answerJson, bind }, { settingsFrom }, { createRelay }, vite] = await Promise.all([
    import('./local.mjs'),
    import('./serve.mjs'),
    import('./page-settings.mjs'),
    import('./relay.mjs'),
    import('vite'),
  ]);

  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  await runLocally(flags, async (port, local) => {
    const server = createServer();
    const page = await bind(server, port);
    const dev = await vite.createServer({ root: ROOT, server: { middlewareMode: { server }, hmr: { server } } });
    server.on('request', (request, response) => {
      if (relay?.(request, response, page.port)) return;
      if (request.url === '/local.json') answerJson(response, local());
      else if (request.url === '/queuescope.json') answerJson(response, settingsFrom(process.env));
      else dev.middlewares(request, response);
    });
    const stop = async () => {
      await Promise.all([page.stop(), dev.close()]);
    };
    return { ...page, stop };
  });
});
