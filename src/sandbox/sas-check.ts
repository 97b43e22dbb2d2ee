import { readSasTime } from '../azure/credentials/sas-time';
import type { AccessPolicy } from '../azure/protocol/model';
import type { Incoming } from './endpoint';
import { rfc1123 } from './rfc1123';
import type { Signer } from './signer';
import { authenticationFailed, StorageFault } from './storage-fault';

/** Required order of the permissions in `sp`. */
const ACCOUNT_ORDER = /^r?w?d?x?y?l?a?c?u?p?t?f?i?$/;
const QUEUE_ORDER = /^r?a?u?p?$/;

/** IP address of all requests. */
const CALLER = '127.0.0.1';

/** What the credentials of a request allow. */
export type Grant =
  | { kind: 'key' }
  /** `types` from `srt`, `permissions` from `sp`. */
  | { kind: 'account-sas'; types: string; permissions: string }
  | { kind: 'queue-sas'; permissions: string };

/** Data for checking a shared access signature. */
export type SasContext = {
  account: string;
  sign: Signer;
  /** Epoch ms. */
  now: number;
  /** Stored access policies of a queue; undefined when there is no such queue. */
  policiesOf: (queue: string) => readonly AccessPolicy[] | undefined;
};

type Field = (name: string) => string;

/**
 * Checks a shared access signature: learn.microsoft.com/rest/api/storageservices/create-account-sas and
 * create-service-sas. `authorise` compares the result with the operation.
 * @throws StorageFault for an invalid signature.
 */
export async function checkSas(incoming: Incoming, context: SasContext): Promise<Grant> {
  const { query, protocol } = incoming;
  const field: Field = (name) => query.get(name) ?? '';
  const isAccountSas = query.has('ss') || query.has('srt');
  // The sandbox has no user delegation keys.
  if (query.has('skoid')) throw authenticationFailed('The user delegation key of this signature is not known.');

  const text = isAccountSas ? accountText(field, context.account) : queueText(field, context.account, incoming);
  if ((await context.sign(text)) !== field('sig')) {
    throw authenticationFailed(`Signature did not match. String to sign used was ${text}`);
  }
  const { startsAt, expiresAt, permissions } = isAccountSas
    ? { startsAt: field('st'), expiresAt: field('se'), permissions: field('sp') }
    : withPolicy(field, incoming, context);
  checkTimes(startsAt, expiresAt, context.now);
  const order = isAccountSas ? ACCOUNT_ORDER : QUEUE_ORDER;
  if (permissions === '' || !order.test(permissions)) throw authenticationFailed('Signature fields not well formed.');

  const protocols = field('spr');
  if (protocols !== '' && !['https', 'https,http', 'http,https'].includes(protocols)) {
    throw authenticationFailed('Signature fields not well formed.');
  }
  if (protocols === 'https' && protocol === 'http') throw new StorageFault('AuthorizationProtocolMismatch');
  if (field('sip') !== '' && !isInRange(CALLER, field('sip'))) throw new StorageFault('AuthorizationSourceIPMismatch');
  if (!isAccountSas) return { kind: 'queue-sas', permissions };
  if (!field('ss').includes('q')) throw new StorageFault('AuthorizationServiceMismatch');
  return { kind: 'account-sas', types: field('srt'), permissions };
}

function accountText(field: Field, account: string): string {
  const names = ['sp', 'ss', 'srt', 'st', 'se', 'sip', 'spr', 'sv'];
  // The line of the encryption scope, blank for queues.
  if (field('sv') >= '2020-12-06') names.push('ses');
  return `${account}\n${names.map((name) => `${field(name)}\n`).join('')}`;
}

function queueText(field: Field, account: string, { segments: [queue = ''] }: Incoming): string {
  return [
    ...['sp', 'st', 'se'].map(field),
    `/queue/${account}/${queue}`,
    ...['si', 'sip', 'spr', 'sv'].map(field),
  ].join('\n');
}

/** Merges the fields of the signature and of the policy that it names; no field may be in both. */
function withPolicy(field: Field, { segments: [queue = ''] }: Incoming, { policiesOf }: SasContext) {
  const own = { startsAt: field('st'), expiresAt: field('se'), permissions: field('sp') };
  const id = field('si');
  if (id === '') return own;
  const policy = policiesOf(queue)?.find((stored) => stored.id === id);
  if (!policy) throw authenticationFailed('Access policy not found.');
  const { startsAt = '', expiresAt = '', permissions = '' } = policy;
  if ((startsAt && own.startsAt) || (expiresAt && own.expiresAt) || (permissions && own.permissions)) {
    throw authenticationFailed('Access policy fields can be associated with signature or SAS identifier but not both.');
  }
  return {
    startsAt: startsAt || own.startsAt,
    expiresAt: expiresAt || own.expiresAt,
    permissions: permissions || own.permissions,
  };
}

function checkTimes(startsAt: string, expiresAt: string, now: number): void {
  const start = startsAt === '' ? undefined : readSasTime(startsAt)?.epochMs;
  const expiry = readSasTime(expiresAt)?.epochMs;
  if (expiry === undefined || (startsAt !== '' && start === undefined)) {
    throw authenticationFailed('Signature fields not well formed.');
  }
  // Without a start it is taken to start now.
  if (start === undefined && now >= expiry) {
    throw authenticationFailed(
      `Signed expiry time [${rfc1123(expiry)}] must be after signed start time [${rfc1123(now)}]`,
    );
  }
  if (start !== undefined && (now < start || now >= expiry)) {
    throw authenticationFailed(
      `Signature not valid in the specified time frame: Start [${rfc1123(start)}] - Expiry [${rfc1123(expiry)}] - Current [${rfc1123(now)}]`,
    );
  }
}

/** `range` is one IPv4 address or two with a hyphen between. */
function isInRange(address: string, range: string): boolean {
  const [first = '', last = first] = range.split('-');
  const at = toNumber(address);
  return at >= toNumber(first) && at <= toNumber(last);
}

const toNumber = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
