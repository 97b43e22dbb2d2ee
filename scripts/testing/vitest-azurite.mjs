/// <reference path="../../src/azure/vitest.d.ts" />
// Vitest's global setup: an Azurite in memory, ended with the run. Each of its accounts lets pages in differently. And a
// second one whose clock the tests hold.
import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { startAzurite } from '../../server/local/azurite.ts';
import { ACCOUNT, KEY, officialClient, STEADY_CLOCK } from './emulator.ts';

const OPEN = {
  allowedOrigins: '*',
  allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*',
  exposedHeaders: '*',
  maxAgeInSeconds: 7200,
};

/** All of them have the emulator's published key. @type {Record<string, import('@azure/storage-queue').CorsRule[]>} */
const ACCOUNTS = {
  [ACCOUNT]: [OPEN],
  scratch: [OPEN],
  facts: [OPEN],
  norule: [],
  readonly: [{ ...OPEN, allowedMethods: 'GET,HEAD' }],
  fewheaders: [{ ...OPEN, allowedHeaders: 'content-type' }],
  hidden: [{ ...OPEN, exposedHeaders: '' }],
};

/** @param {import('vitest/node').TestProject} project */
export default async function setup(project) {
  process.env['AZURITE_ACCOUNTS'] = Object.keys(ACCOUNTS)
    .map((name) => `${name}:${KEY}`)
    .join(';');
  const [{ url, stop }, steady] = await Promise.all([startAzurite(), startAzurite({ clock: STEADY_CLOCK })]);
  for (const [name, cors] of Object.entries(ACCOUNTS)) {
    const credential = new StorageSharedKeyCredential(name, KEY);
    await new QueueServiceClient(url.replace(ACCOUNT, name), credential).setProperties({ cors });
  }
  await officialClient(steady.url).setProperties({ cors: [OPEN] });
  project.provide('azurite', { url, account: ACCOUNT });
  project.provide('steadyAzurite', { url: steady.url, clock: steady.clock });
  return async () => {
    await Promise.all([stop(), steady.stop()]);
  };
}
