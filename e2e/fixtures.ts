import type { QueueServiceClient } from '@azure/storage-queue';
import { test as base } from '@playwright/test';
import { ACCOUNT, letIn, officialClient } from '../scripts/testing/emulator';
import { startAzurite } from '../server/local/azurite';
import { serve } from '../server/page/serve';
import { createRelay } from '../server/relay/relay';
import { type Accounts, AZURITE_ACCOUNTS, openAccounts } from './accounts';

/** Another folder than `dist` to take the build from, so that two people can test two builds. */
const BUILD = process.env['QUEUESCOPE_E2E_BUILD'];

type Stage = { app: string; azurite: QueueServiceClient; accounts: Accounts };

type PerWorker = {
  stage: Stage;
  /** Where the built page is served, with its own policy and its own `/local.json`; also the `baseURL`. */
  app: string;
  /** The official client of this worker's own Azurite, to arrange and to check what the page does. */
  azurite: QueueServiceClient;
  /** More accounts of the same Azurite, each with its own key and its own CORS rules. */
  accounts: Accounts;
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
      process.env['AZURITE_ACCOUNTS'] = AZURITE_ACCOUNTS;
      const service = await startAzurite();
      const local = () => ({ queueEndpoint: service.url, account: ACCOUNT });
      const page = await serve({ local, relay: createRelay(), ...(BUILD && { folder: BUILD }) });
      const azurite = officialClient(service.url);
      await letIn(service.url, [page.url]);
      await provide({ app: page.url, azurite, accounts: await openAccounts(service.url, page.url) });
      await Promise.all([page.stop(), service.stop()]);
    },
    { scope: 'worker' },
  ],
  app: [({ stage }, provide) => provide(stage.app), { scope: 'worker' }],
  azurite: [({ stage }, provide) => provide(stage.azurite), { scope: 'worker' }],
  accounts: [({ stage }, provide) => provide(stage.accounts), { scope: 'worker' }],

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
