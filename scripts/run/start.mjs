import { command } from '../../server/command.mjs';
import { ensureBuilt } from './build.mjs';
import { runBundled } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';

await command(async () => {
  await ensureInstalled();
  await ensureBuilt();
  await runBundled('start');
});
