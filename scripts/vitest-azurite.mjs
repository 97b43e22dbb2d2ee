// Vitest global setup: one Azurite queue service in memory, open to any origin, for the contract and component tests.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';

export const ACCOUNT = 'devstoreaccount1';
// The emulator's published key, the same on every machine.
export const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** @param {import('vitest/node').TestProject} project */
export default async function setup(project) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/${ACCOUNT}`;
  const server = spawn(
    process.execPath,
    [
      createRequire(import.meta.url).resolve('azurite/dist/src/queue/main.js'),
      ...['--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'],
      ...['--queueHost', '127.0.0.1', '--queuePort', String(port)],
    ],
    { stdio: 'ignore' },
  );
  // A test run that dies must not leave the service behind.
  const stop = () => server.kill();
  process.once('exit', stop);
  await answering(url, server);
  await allowEveryOrigin(url);
  project.provide('azurite', { url, account: ACCOUNT, key: KEY });
  return async () => {
    process.off('exit', stop);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    stop();
    await ended;
  };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} server
 */
async function answering(url, server) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`Azurite ended with exit code ${server.exitCode}.`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Azurite did not answer within 30 s.');
}

/** @param {string} url */
async function allowEveryOrigin(url) {
  // Loaded here, as only a run that needs the service should pay for the SDK.
  const { QueueServiceClient, StorageSharedKeyCredential } = await import('@azure/storage-queue');
  await new QueueServiceClient(url, new StorageSharedKeyCredential(ACCOUNT, KEY)).setProperties({
    cors: [
      {
        allowedOrigins: '*',
        allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
        allowedHeaders: '*',
        exposedHeaders: '*',
        maxAgeInSeconds: 7200,
      },
    ],
  });
}
