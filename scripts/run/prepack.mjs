import { command } from '../../server/command.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';

// Before `npm pack`: the package holds the built page.
await command(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
