import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { emulatorAt, openAccount } from '../../server/account/open-account';
import { allowOrigins } from '../../server/local/allow-origins';
import { EMULATOR } from '../../src/azure/protocol/emulator';
import { seedDemoStory } from '../../src/sandbox/demo-story';

export const { account: ACCOUNT, key: KEY } = EMULATOR;

/** For `startAzurite`: a clock that stands still until it is moved, and one that goes on and can be moved too. */
export const STEADY_CLOCK = new URL('steady-clock.mjs', import.meta.url).href;
export const MOVABLE_CLOCK = `${STEADY_CLOCK}?running`;

/**
 * The official client, to set up and to check what the page does.
 * @param url an emulator's queue endpoint, ending in the account
 */
export const officialClient = (url: string): QueueServiceClient =>
  new QueueServiceClient(url, new StorageSharedKeyCredential(ACCOUNT, KEY));

/** Gives an emulator the queues of the demo. */
export const seedDemo = async (url: string): Promise<void> =>
  seedDemoStory(openAccount(await emulatorAt(url)), Date.now());

/** Lets pages of these origins speak to an emulator, as `npm start` does. */
export const letIn = async (url: string, origins: readonly string[]): Promise<void> =>
  allowOrigins(openAccount(await emulatorAt(url)), origins);
