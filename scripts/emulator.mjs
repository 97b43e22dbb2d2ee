import { QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';

/** The account of every storage emulator, published by Microsoft with its key: neither is a secret. */
export const ACCOUNT = 'devstoreaccount1';
export const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * The official client, to set up and to check what the page does.
 * @param {string} url an emulator's queue endpoint, ending in the account
 */
export const officialClient = (url) => new QueueServiceClient(url, new StorageSharedKeyCredential(ACCOUNT, KEY));
