import { whenBuilt } from '../run/build.mjs';
import { endToEnd } from './steps.mjs';

// Whatever follows `npm run e2e --` goes to Playwright: a file, --headed, --debug.
await whenBuilt(async () => {
  process.exitCode = await endToEnd(process.argv.slice(2));
});
