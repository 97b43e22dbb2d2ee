import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { laneFetch } from '../../src/azure/relay/lane-fetch';
import { LANE } from '../../src/azure/relay/lane-frames';
import { addressOf, relayFetch } from '../../src/azure/relay/relay-fetch';
import { createNetwork } from '../../src/azure/wire/network';
import { SANDBOX } from '../../src/sandbox/sandbox-account';

/** Where in a job the server dies: once so many of its reads or writes are answered, and so many more have come. */
export type Kill = {
  of: 'reads' | 'writes';
  answered: number;
  held: number;
  /** What the account does with those: none of them, every second one, all; with `half` it sends half of each answer, too. */
  acts: 'none' | 'second' | 'all' | 'half';
};

/** Names that the account gets to see. */
const PASSED = /^(?:accept|authorization|content-type|x-ms-.*)$/;
const SENT_BY_BROWSERS = { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' };

/** The relay in a process of its own, which can be killed and is then started again at the same port. */
export async function startRelayProcess() {
  // Node does not read its sources.
  const folder = mkdtempSync(join(tmpdir(), 'queuescope-relay-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: fileURLToPath(new URL('relay-process.fixture.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'relay.mjs' } },
    },
  });
  let port = 0;
  async function start(): Promise<ChildProcess> {
    const process = fork(join(folder, 'relay.mjs'), [String(port)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    [port] = (await once(process, 'message')) as [number];
    return process;
  }
  let child = await start();
  async function kill(): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async killAndStart() {
      await kill();
      child = await start();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

type RelayProcess = Awaited<ReturnType<typeof startRelayProcess>>;

/** The way of a page to a sandbox through a server that is killed in the middle of a job, which `begin` and `end` tell of. */
export async function killedOnTheWay(relay: RelayProcess, { of, answered, held, acts }: Kill) {
  const { origin } = relay;
  let isRunning = false;
  /** Those of the job that the kill is about. */
  let requests = 0;
  let killed: Promise<void> | undefined;
  const unanswered: ServerResponse[] = [];
  let batches = 0;
  let sandbox: typeof globalThis.fetch;

  const account = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => account.listen(0, '127.0.0.1', () => resolve(undefined)));
  const local = `http://127.0.0.1:${(account.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await bytesOf(request);
    const isMeant = isRunning && !killed && (request.method === 'GET') === (of === 'reads');
    const number = isMeant ? ++requests : 0;
    const isHeld = number > answered;
    const isActed = acts === 'all' || acts === 'half' || (acts === 'second' && number % 2 === 0);
    if (!isHeld || isActed) {
      const { status, headers, body } = await carryOut(request, sent);
      if (!isHeld || acts === 'half') response.writeHead(status, { ...headers, 'content-length': body.length });
      if (!isHeld) return void response.end(body);
      if (acts === 'half') response.write(body.subarray(0, body.length / 2));
    }
    unanswered.push(response);
    if (unanswered.length === held) killed = relay.killAndStart();
  }

  async function carryOut({ method = '', url = '', headers }: IncomingMessage, sent: Uint8Array<ArrayBuffer>) {
    const passed = Object.entries(headers).filter(([name]) => PASSED.test(name));
    const came = await sandbox(`${SANDBOX.endpoint}${url}`, {
      method,
      headers: Object.fromEntries(passed) as Record<string, string>,
      ...(sent.length > 0 && { body: sent }),
    });
    const body = Buffer.from(await came.arrayBuffer());
    return { status: came.status, headers: Object.fromEntries(came.headers), body };
  }

  /** As a browser asks its own server. */
  const fetchOwn: typeof globalThis.fetch = (input, init) => {
    if (addressOf(input).endsWith(LANE)) batches++;
    return fetch(input, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), ...SENT_BY_BROWSERS, origin },
    });
  };

  return {
    around(fetchSandbox: typeof globalThis.fetch): typeof globalThis.fetch {
      sandbox = fetchSandbox;
      const lane = laneFetch(origin, { fetch: fetchOwn });
      return (input, init) => lane(addressOf(input).replace(SANDBOX.endpoint, local), init);
    },
    network: createNetwork({
      isOnline: () => true,
      isLocal: true,
      probe: () => relayFetch(origin, fetchOwn)(`${local}/`),
      wait: () => new Promise((resolve) => setTimeout(resolve, 10)),
    }),
    begin: () => void (isRunning = true),
    end: () => void (isRunning = false),
    get requests() {
      return requests;
    },
    isKilled: () => killed !== undefined,
    batches: () => batches,
    async stop() {
      await killed;
      account.closeAllConnections();
      account.close();
    },
  };
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}
