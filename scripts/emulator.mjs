import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { ACCOUNT, KEY } from './emulator-account.mjs';

export { ACCOUNT, KEY };

/**
 * The official client, to set up and to check what the page does. For tests and measurements: it is not in the package.
 * @param {string} url an emulator's queue endpoint, ending in the account
 */
export const officialClient = (url) => new QueueServiceClient(url, new StorageSharedKeyCredential(ACCOUNT, KEY));
