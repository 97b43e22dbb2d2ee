import { type OperationName, permissionsFor } from '@/azure/protocol/operation-table';

/** The account that a sample is for, as it was connected: its addresses and its name, and no credential. */
export type Where = {
  /** Without a slash at its end; path-style addresses end in the account name. */
  endpoint: string;
  accountName: string;
  /** The read-only endpoint; left out, the one that the rules of Azure and of the emulator give. */
  secondaryEndpoint?: string | undefined;
};

/** In place of an account that is on no network: that of the sandbox. */
const SOME_ACCOUNT: Where = { endpoint: 'https://<account>.queue.core.windows.net', accountName: '<account>' };

/** The start of an address that is on no network (RFC 2606). */
const NOWHERE = /^https?:\/\/[^/]+\.invalid(?::\d+)?(?=\/|\?|$)/i;

/** The same account, with a placeholder for one that only this page can reach. */
export const reachable = (where: Where): Where => (NOWHERE.test(where.endpoint) ? SOME_ACCOUNT : where);

/** An address, with a placeholder for an account that only this page can reach. */
export const withoutSandbox = (url: string): string => url.replace(NOWHERE, SOME_ACCOUNT.endpoint);

/** False for emulators and custom hosts, which take no token of Entra ID. */
const isOnAzure = ({ endpoint }: Where): boolean => /^https:\/\/[^/]+\.queue\.[^/]+$/.test(endpoint);

/**
 * How a program proves that it may: by a token of Entra ID, where the account takes it and a role allows the operation; else by
 * a SAS, or by the account key where no SAS allows it. Nothing of it is in the sample.
 */
export type Proof = 'token' | 'sas' | 'key';

export function proofFor(name: OperationName, where: Where): Proof {
  const { role, accountSas } = permissionsFor(name);
  if (role !== undefined && isOnAzure(where)) return 'token';
  return accountSas === undefined ? 'key' : 'sas';
}

/** The address of the read-only endpoint: `-secondary` behind the account name, in the host or in the path. */
export function secondaryOf({ endpoint, secondaryEndpoint }: Where): string {
  if (secondaryEndpoint !== undefined) return secondaryEndpoint;
  return /^https?:\/\/[^/]+\//.test(endpoint)
    ? `${endpoint}-secondary`
    : endpoint.replace(/^(https?:\/\/[^./:]+)/, '$1-secondary');
}
