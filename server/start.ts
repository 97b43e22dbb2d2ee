import { join } from 'node:path';
import { command, ROOT } from './command.mjs';
import { openInstallation } from './installation/installation';
import { runLocally } from './local/local';
import { serve } from './page/serve';
import { createRelay } from './relay/relay';
import { localFlags } from './terminal/flags';

// What `npm start` runs when everything is installed and built.
await command(async () => {
  const flags = localFlags();
  const relay = flags.relayHosts && createRelay({ hosts: flags.relayHosts });
  const installation = openInstallation(
    process.env['QUEUESCOPE_HOME'] ?? join(ROOT, '.queuescope'),
    flags.allowedHosts,
  );
  await runLocally(flags, (port, local, usualPort) => serve({ port, local, relay, installation, usualPort }));
});
