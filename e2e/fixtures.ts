import type { QueueServiceClient } from '@azure/storage-queue';
import { test as base } from '@playwright/test';
import { startAzurite } from '../scripts/azurite.mjs';
import { allowOrigins } from '../scripts/cors.mjs';
import { ACCOUNT, officialClient } from '../scripts/emulator.mjs';
import { serve } from '../scripts/serve.mjs';

type Stage = { app: string; azurite: QueueServiceClient };

type PerWorker = {
  stage: Stage;
  /** Where the built page is served, with its own policy and its own `/local.json`; also the `baseURL`. */
  app: string;
  /** The official client of this worker's own Azurite, to arrange and to check what the page does. */
  azurite: QueueServiceClient;
};

type PerTest = {
  /** Makes a queue name that no other test has; the queue, if the test creates it, is deleted afterwards. */
  queueName: (stem?: string) => string;
};

/** Playwright's `test`, with a real Azurite, the built page and real CORS between them, one of each per worker. */
export const test = base.extend<PerTest, PerWorker>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    async ({}, provide) => {
      const service = await startAzurite();
      const page = await serve({ local: () => ({ queueEndpoint: service.url, account: ACCOUNT }) });
      const azurite = officialClient(service.url);
      await allowOrigins(azurite, [page.url]);
      await provide({ app: page.url, azurite });
      await Promise.all([page.stop(), service.stop()]);
    },
    { scope: 'worker' },
  ],
  app: [({ stage }, provide) => provide(stage.app), { scope: 'worker' }],
  azurite: [({ stage }, provide) => provide(stage.azurite), { scope: 'worker' }],

  baseURL: ({ app }, provide) => provide(app),

  queueName: async ({ azurite }, provide, { workerIndex }) => {
    const names: string[] = [];
    await provide((stem = 'queue') => {
      const name = `${stem}-${workerIndex}-${Date.now().toString(36)}-${names.length}`;
      names.push(name);
      return name;
    });
    await Promise.all(names.map((name) => azurite.getQueueClient(name).deleteIfExists()));
  },
});

export { expect } from '@playwright/test';
