import { command } from '../../server/command.mjs';
import { ensureBuilt } from '../run/build.mjs';
import { ensureInstalled } from '../run/install.mjs';
import { endToEnd } from './steps.mjs';

// Whatever follows `npm run e2e --` goes to Playwright: a file, --headed, --debug.
await command(async () => {
  await ensureInstalled();
  await ensureBuilt();
  process.exitCode = await endToEnd(process.argv.slice(2));
});
