#!/usr/bin/env node
// What the command of the package runs: the built page, on Node alone.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { command, DIST, Refusal, ROOT } from './command.mjs';
import { CORS_USAGE, corsCommand } from './cors/cors-command';
import { openInstallation } from './installation/installation';
import { ensureAzurite } from './local/ensure-azurite';
import { type Listen, runLocally, runPage } from './local/local';
import { serve } from './page/serve';
import { createRelay } from './relay/relay';
import { allowedHostsOf, PAGE_FLAGS, parseFlags, portOf, relayHostsOf } from './terminal/flags';

const USAGE = `queuescope [--port N] [--azurite [--fresh]] [--allow-host ORIGIN]… [--relay-host HOST]… [--no-relay]

Serves Queuescope on this machine alone, until Ctrl-C.

  --port N           the port of the page; without it 5190, or the next free one
  --azurite          a local queue service with demo queues beside it; the first time, npm installs Azurite into
                     ~/.queuescope, where its data is kept too
  --fresh            with --azurite: deletes the local queues first
  --allow-host ORIGIN
                     another address that the page may reach in this run, such as https://queues.example; hosts of
                     Azure Queue Storage and the emulator need no naming, and the page asks for others
  --relay-host HOST  another host, or host:port, that the page may reach by this server when CORS is in the way;
                     hosts of Azure Queue Storage and emulators on this machine need no naming
  --no-relay         no relay at all
  --version, --help

QUEUESCOPE_HOME names another folder than ~/.queuescope for what this installation keeps.

queuescope cors list | add | remove reads and changes the CORS rules of an account: queuescope cors --help`;

const FLAGS = {
  port: { type: 'string' },
  azurite: { type: 'boolean' },
  fresh: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

await command(async () => {
  const [first, ...rest] = process.argv.slice(2);
  if (first === 'cors') {
    if (rest.includes('--help')) console.log(CORS_USAGE);
    else await corsCommand(rest);
    return;
  }
  const {
    port: asked,
    azurite = false,
    fresh = false,
    version,
    help,
    ...flags
  } = parseFlags({ ...FLAGS, ...PAGE_FLAGS }, 'See queuescope --help.');
  if (help) return console.log(USAGE);
  if (version) return console.log(versionOf(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  if (fresh && !azurite) throw new Refusal('--fresh deletes the queues of the local service: it goes with --azurite.');
  if (!existsSync(join(DIST, 'index.html'))) throw new Refusal('The page is not built yet: npm run build.');
  const port = portOf(asked);
  const hosts = relayHostsOf(flags);
  const relay = hosts && createRelay({ hosts });
  const home = process.env['QUEUESCOPE_HOME'] ?? join(homedir(), '.queuescope');
  const installation = openInstallation(home, allowedHostsOf(flags));
  const listen: Listen = (free, local, usualPort) => serve({ port: free, local, relay, installation, usualPort });
  if (!azurite) return runPage(port, listen);

  await ensureAzurite(home);
  await runLocally({ port, fresh, folder: join(home, 'queues') }, listen);
});

function versionOf(manifest: string): string {
  return (JSON.parse(manifest) as { version: string }).version;
}
