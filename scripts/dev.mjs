import { createServer } from 'node:http';
import { command, ROOT } from './command.mjs';
import { localFlags } from './flags.mjs';
import { ensureInstalled } from './install.mjs';

// Like `npm start`, with Vite's development server for the page: no build, changes show at once, and no content policy,
// since hot reloading needs inline scripts.
await command(async () => {
  const flags = localFlags();
  await ensureInstalled();
  const [{ runLocally }, { answerLocal, bind }, { createRelay }, vite] = await Promise.all([
    import('./local.mjs'),
    import('./serve.mjs'),
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
      if (request.url === '/local.json') answerLocal(response, local());
      else dev.middlewares(request, response);
    });
    const stop = async () => {
      await Promise.all([page.stop(), dev.close()]);
    };
    return { ...page, stop };
  });
});
