/// <reference path="../src/azure/vitest-context.d.ts" />
// Vitest's global setup: an Azurite in memory that any page may call, ended with the run.
import { startAzurite } from './azurite.mjs';
import { ACCOUNT, officialClient } from './emulator.mjs';

/** @param {import('vitest/node').TestProject} project */
export default async function setup(project) {
  const { url, stop } = await startAzurite();
  await officialClient(url).setProperties({
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
  project.provide('azurite', { url, account: ACCOUNT });
  return stop;
}
