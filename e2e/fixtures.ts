import type { QueueServiceClient } from '@azure/storage-queue';
import { test as base } from '@playwright/test';
import { ACCOUNT, letIn, officialClient } from '../scripts/testing/emulator';
import { type Installation, installationInMemory } from '../server/installation/installation';
import { startAzurite } from '../server/local/azurite';
import { serve } from '../server/page/serve';
import { createRelay } from '../server/relay/relay';
import { type Accounts, AZURITE_ACCOUNTS, openAccounts } from './accounts';
import { leftOut } from './not-in-firefox';

/** Folder of the build, other than `dist`, so that two builds can be tested at a time. */
const BUILD = process.env['QUEUESCOPE_E2E_BUILD'];

type Stage = { app: string; azurite: QueueServiceClient; accounts: Accounts; installation: Installation };

type PerWorker = {
  stage: Stage;
  /** Address of the built page, with its own policy and `/local.json`; also the `baseURL`. */
  app: string;
  /** The official client of this worker's Azurite, to set up data and to check what the page does. */
  azurite: QueueServiceClient;
  /** Further accounts of the same Azurite, each with its own key and CORS rules. */
  accounts: Accounts;
};

type PerTest = {
  /** Adds the host of an address to those that the page may reach from its next load on, as a person does; for this test alone. */
  allowHost: (address: string) => void;
  /** Returns a queue name of this test; the queue, if created, is deleted afterwards. */
  queueName: (stem?: string) => string;
  /** Leaves out, with the reason, what an engine cannot do. */
  engine: void;
};

/** Playwright's `test` with a real Azurite, the built page and real CORS between them, one of each per worker. */
export const test = base.extend<PerTest, PerWorker>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    async ({}, provide) => {
      process.env['AZURITE_ACCOUNTS'] = AZURITE_ACCOUNTS;
      const service = await startAzurite();
      const local = () => ({ queueEndpoint: service.url, account: ACCOUNT });
      const installation = installationInMemory();
      const page = await serve({ local, relay: createRelay(), installation, ...(BUILD && { folder: BUILD }) });
      const azurite = officialClient(service.url);
      await letIn(service.url, [page.url]);
      await provide({
        app: page.url,
        azurite,
        accounts: await openAccounts(service.url, page.url),
        installation,
      });
      await Promise.all([page.stop(), service.stop()]);
    },
    { scope: 'worker' },
  ],
  app: [({ stage }, provide) => provide(stage.app), { scope: 'worker' }],
  azurite: [({ stage }, provide) => provide(stage.azurite), { scope: 'worker' }],
  accounts: [({ stage }, provide) => provide(stage.accounts), { scope: 'worker' }],

  allowHost: async ({ stage: { installation } }, provide) => {
    const added: string[] = [];
    await provide((address) => {
      const { origin } = new URL(address);
      installation.addHost(origin);
      added.push(origin);
    });
    for (const origin of added) installation.removeHost(origin);
  },

  baseURL: ({ app }, provide) => provide(app),

  engine: [
    async ({ browserName }, provide, info) => {
      const reason = leftOut(browserName, info.file, info.title);
      info.skip(reason !== undefined, reason);
      await provide();
    },
    { auto: true },
  ],

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
