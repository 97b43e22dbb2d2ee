import { whenBuilt } from '../run/build.mjs';
import { EVERYWHERE, endToEnd } from './steps.mjs';

// The heavy end-to-end tests, which are tagged @everywhere and run before a release; what follows goes to Playwright.
await whenBuilt(async () => {
  process.exitCode = await endToEnd(process.argv.slice(2), EVERYWHERE);
});
