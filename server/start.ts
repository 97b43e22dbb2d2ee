import { command } from './command.mjs';
import { runLocally } from './local/local';
import { serve } from './page/serve';
import { createRelay } from './relay/relay';
import { localFlags } from './terminal/flags';

// What `npm start` runs when everything is installed and built.
await command(async () => {
  const flags = localFlags();
  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  await runLocally(flags, (port, local) => serve({ port, local, relay }));
});
