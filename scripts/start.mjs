import { ensureBuilt } from './build.mjs';
import { command } from './command.mjs';
import { localFlags } from './flags.mjs';
import { ensureInstalled } from './install.mjs';

await command(async () => {
  const flags = localFlags();
  await ensureInstalled();
  await ensureBuilt();
  // Only now is what these need certain to be there.
  const [{ runLocally }, { serve }, { createRelay }] = await Promise.all([
    import('./local.mjs'),
    import('./serve.mjs'),
    import('./relay.mjs'),
  ]);
  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  await runLocally(flags, (port, local) => serve({ port, local, relay }));
});
