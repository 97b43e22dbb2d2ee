/// <reference path="../src/azure/vitest-context.d.ts" />
// Vitest's global setup: an Azurite in memory, ended with the run. Each of its accounts lets pages in differently.
import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { startAzurite } from './azurite.mjs';
import { ACCOUNT } from './emulator.mjs';

// All accounts have the emulator's published key.
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const OPEN = {
  allowedOrigins: '*',
  allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
  allowedHeaders: '*',
  exposedHeaders: '*',
  maxAgeInSeconds: 7200,
};

/** @type {Record<string, import('@azure/storage-queue').CorsRule[]>} */
const ACCOUNTS = {
  [ACCOUNT]: [OPEN],
  scratch: [OPEN],
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
  const { url, stop } = await startAzurite();
  for (const [name, cors] of Object.entries(ACCOUNTS)) {
    const credential = new StorageSharedKeyCredential(name, KEY);
    await new QueueServiceClient(url.replace(ACCOUNT, name), credential).setProperties({ cors });
  }
  project.provide('azurite', { url, account: ACCOUNT });
  return stop;
}
