import { ensureBuilt } from './build.mjs';
import { command } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { endToEnd } from './steps.mjs';

// Whatever follows `npm run e2e --` goes to Playwright: a file, --headed, --debug.
await command(async () => {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await endToEnd(process.argv.slice(2));
});
