import { type CorsRule, QueueServiceClient, StorageSharedKeyCredential } from '@azure/storage-queue';
import { ACCOUNT, KEY } from '../scripts/testing/emulator';

/** Accounts of each worker's Azurite beside the emulator's own; the name says how the account's CORS rules treat the page. */
const NAMES = ['harborlane', 'cornerfold', 'harborlaneprod', 'norule', 'readonly', 'hidden', 'alterable'] as const;
type Name = (typeof NAMES)[number];

export type TestAccount = {
  name: string;
  /** An invented key, which the tests search for everywhere it must not be. */
  key: string;
  /** Path-style endpoint, as emulators have it. */
  endpoint: string;
  connectionString: string;
  client: QueueServiceClient;
};
export type Accounts = Record<Name, TestAccount>;

/** 64 bytes that differ from account to account, with `/` and `+` in their Base64. */
const keyOf = (name: string) => Buffer.from(`>>>???${name}`.repeat(9).slice(0, 64)).toString('base64');

/** The setting from which Azurite reads its accounts, the emulator's own included. */
export const AZURITE_ACCOUNTS = [`${ACCOUNT}:${KEY}`, ...NAMES.map((name) => `${name}:${keyOf(name)}`)].join(';');

/**
 * The accounts of a running Azurite, each with its own CORS rules for the page.
 * @param url Azurite's queue endpoint, ending in the emulator's account
 */
export async function openAccounts(url: string, origin: string): Promise<Accounts> {
  const open: CorsRule = {
    allowedOrigins: origin,
    allowedMethods: 'GET,HEAD,PUT,POST,DELETE,OPTIONS',
    allowedHeaders: '*',
    exposedHeaders: '*',
    maxAgeInSeconds: 7200,
  };
  const rules: Partial<Record<Name, CorsRule[]>> = {
    norule: [],
    readonly: [{ ...open, allowedMethods: 'GET,HEAD' }],
    hidden: [{ ...open, exposedHeaders: '' }],
  };
  const accounts = NAMES.map((name) => accountAt(url, name));
  await Promise.all(accounts.map(({ name, client }) => client.setProperties({ cors: rules[name as Name] ?? [open] })));
  return Object.fromEntries(accounts.map((account) => [account.name, account])) as Accounts;
}

function accountAt(url: string, name: Name): TestAccount {
  const key = keyOf(name);
  const endpoint = url.replace(new RegExp(`${ACCOUNT}$`), name);
  const client = new QueueServiceClient(endpoint, new StorageSharedKeyCredential(name, key));
  return { name, key, endpoint, client, connectionString: connectionString({ name, key, endpoint }) };
}

/** A connection string as the portal shows it, for a custom endpoint. */
export const connectionString = ({ name, key, endpoint }: Pick<TestAccount, 'name' | 'key' | 'endpoint'>) =>
  `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};QueueEndpoint=${endpoint};`;

/** The id of a connection in addresses: with its host, unless it is reached as in Azure. */
export const connectionId = ({ name, endpoint }: Pick<TestAccount, 'name' | 'endpoint'>) =>
  encodeURIComponent(`${name}@${new URL(endpoint).host}`);
