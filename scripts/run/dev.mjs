import { command } from '../../server/command.mjs';
import { ensureInstalled } from './install.mjs';

await command(async () => {
  await ensureInstalled();
  const { fromSource } = await import('./source.mjs');
  /** @type {typeof import('./dev-server.ts')} */
  const { runDevelopment } = await fromSource('scripts/run/dev-server.ts');
  await runDevelopment();
});
