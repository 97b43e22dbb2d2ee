import { command } from '../../server/command.mjs';
import { ensureBuilt } from './build.mjs';
import { runBundled } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';

// The command of the package, from a clone of the repository: `node scripts/run/queuescope.mjs cors list`.
await command(async () => {
  await ensureInstalled();
  await ensureBuilt();
  await runBundled('queuescope');
});
