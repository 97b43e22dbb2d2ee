import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import type { Credential } from '@/azure/protocol/connection';
import { EMULATOR } from '@/azure/protocol/emulator';
import { NoConnectionError, ReadOnlyError } from '@/azure/protocol/errors';
import type { Exchange } from '@/azure/protocol/exchange';
import { OPERATION_PERMISSIONS, type OperationName } from '@/azure/protocol/operation-table';
import { addConnection, changeConnection, forgetConnection } from '../connections/connections';
import { allowChangesForNow, endAllowedChanges } from '../connections/read-only';
import { readFromPrimary, readFromSecondary } from '../connections/secondary-reads';
import { noteSkew } from '../time/connection-clocks';
import { credentialPermissions, forgetRefusals } from './credential-permissions';
import {
  assertAllowed,
  checkPermission,
  denialReason,
  loadCredentialPermissions,
  PERMISSIONS,
  type PermissionName,
} from './permissions';

const ENDPOINT = 'https://harborlane.queue.core.windows.net';
const SAS = 'sv=2024-11-04&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00:00Z&spr=https&sig=abc%3D';
const sas = (token: string): Exclude<Credential, { kind: 'token' }> => ({ kind: 'sas', token });

async function connection(
  credential: Exclude<Credential, { kind: 'token' }>,
  rest: { readOnly?: boolean; endpoint?: string } = {},
) {
  const { readOnly = false, endpoint = ENDPOINT } = rest;
  return (await addConnection({ account: 'harborlane', endpoint, credential }, 'tab', { readOnly })).id;
}
const key = async () => ({ kind: 'key' as const, key: await importKey(EMULATOR.key) });

const answer = (operation: OperationName, status: number, code?: string, queue = 'cargo'): Exchange => ({
  id: '1',
  callId: '1',
  attempt: 1,
  operation,
  method: 'GET',
  url: `${ENDPOINT}/${queue}/messages?numofmessages=1`,
  startedAt: new Date(),
  request: { headers: [] },
  response: { status, statusText: '', headers: [], body: '' },
  ...(code && { failure: { code, message: 'This request is not authorized.' } }),
});

const MISMATCH = 'AuthorizationPermissionMismatch';
let id: string;

beforeAll(async () => void (await loadCredentialPermissions()));

describe('an account key', () => {
  beforeEach(async () => {
    id = await connection(await key());
  });

  test('may do everything', () => {
    for (const permission of Object.keys(PERMISSIONS) as PermissionName[])
      expect(denialReason(id, permission, 'cargo')).toBeUndefined();
  });

  test('may change nothing while read-only, and look at everything', async () => {
    id = await connection(await key(), { readOnly: true });
    for (const [operation, { changes }] of Object.entries(OPERATION_PERMISSIONS))
      expect(checkPermission(id, operation as OperationName).allowed).toBe(!changes);
    expect(denialReason(id, 'receive')).toBe('Read-only: receiving would hide messages and raise their dequeue counts');
    expect(denialReason(id, 'add')).toMatch(/^Read-only/);
    expect(denialReason(id, 'peek')).toBeUndefined();

    allowChangesForNow(id);
    expect(denialReason(id, 'add')).toBeUndefined();
    endAllowedChanges(id);
    expect(denialReason(id, 'add')).toMatch(/^Read-only/);
  });

  test('that is read-only again is so in every tab, and allows nothing for now when it is added anew', async () => {
    id = await connection(await key(), { readOnly: true });
    allowChangesForNow(id);
    // As another tab does it, of which this one hears.
    await changeConnection(id, { readOnly: false });
    await changeConnection(id, { readOnly: true });
    expect(denialReason(id, 'add')).toMatch(/^Read-only/);

    allowChangesForNow(id);
    await forgetConnection(id);
    id = await connection(await key(), { readOnly: true });
    expect(denialReason(id, 'add')).toMatch(/^Read-only/);
  });

  test('that was removed sends nothing more, also through an account object that is still in use', async () => {
    id = await connection(await key(), { readOnly: true });
    expect(() => assertAllowed(id, { operation: 'Put Message' })).toThrow(ReadOnlyError);
    expect(() => assertAllowed(id, { operation: 'Peek Messages' })).not.toThrow();
    await forgetConnection(id);
    for (const operation of ['Put Message', 'Peek Messages'] as const)
      expect(() => assertAllowed(id, { operation })).toThrow(NoConnectionError);
  });

  test('changes nothing while the secondary is read, and what is read goes there', async () => {
    readFromSecondary(id);
    expect(denialReason(id, 'add')).toBe('This page reads the secondary endpoint, which is read-only');
    expect(denialReason(id, 'peek')).toBeUndefined();
    readFromPrimary(id);
    expect(denialReason(id, 'add')).toBeUndefined();
  });

  test('cannot change anything at a secondary', async () => {
    id = await connection(await key(), { endpoint: 'https://harborlane-secondary.queue.core.windows.net' });
    expect(denialReason(id, 'add')).toBe('This page reads the secondary endpoint, which is read-only');
    expect(denialReason(id, 'peek')).toBeUndefined();
  });
});

describe('a signature', () => {
  test('names the missing permission', async () => {
    id = await connection(sas(SAS));
    expect(denialReason(id, 'peek')).toBeUndefined();
    expect(denialReason(id, 'receive')).toContain('p (process)');
    expect(denialReason(id, 'browse')).toContain('p (process)');
    expect(denialReason(id, 'add')).toContain('a (add)');
  });

  test('that lets messages be received and not updated is not enough to browse: nothing could be returned', async () => {
    id = await connection(sas(SAS.replace('sp=rl', 'sp=rlp')));
    expect(denialReason(id, 'receive')).toBeUndefined();
    expect(denialReason(id, 'browse')).toContain('u (update)');
  });

  test('has expired by the clock of the service, not by one that is ahead of it', async () => {
    const soon = new Date(Date.now() + 30 * 60_000).toISOString();
    id = await connection(sas(SAS.replace('2099-01-01T00:00:00Z', encodeURIComponent(soon))));
    noteSkew(id, 3_600_000);
    expect(denialReason(id, 'peek')).toMatch(/^This SAS expired/);
    noteSkew(id, 0);
    expect(denialReason(id, 'peek')).toBeUndefined();
  });

  test('for https only does nothing over http', async () => {
    id = await connection(sas(SAS), { endpoint: 'http://harborlane.queue.core.windows.net' });
    expect(denialReason(id, 'peek')).toContain('https only');
  });
});

/** What each permission needs, each operation of it by itself. */
const NEEDS: Record<Exclude<PermissionName, 'setPolicies'>, readonly OperationName[]> = {
  peek: ['Peek Messages'],
  receive: ['Get Messages'],
  browse: ['Get Messages', 'Update Message'],
  lease: ['Get Messages', 'Update Message'],
  add: ['Put Message'],
  edit: ['Update Message'],
  extend: ['Update Message'],
  release: ['Update Message'],
  delete: ['Delete Message'],
  // Without the right to delete, it would copy and leave the originals.
  move: ['Get Messages', 'Delete Message'],
  // What is leased for these has to be returned.
  copy: ['Get Messages', 'Update Message'],
  changeMany: ['Get Messages', 'Update Message'],
  exportAll: ['Get Messages', 'Update Message'],
  createQueue: ['Create Queue'],
  deleteQueue: ['Delete Queue'],
  clearQueue: ['Clear Messages'],
  setMetadata: ['Set Queue Metadata'],
  listQueues: ['List Queues'],
  count: ['Get Queue Metadata'],
  setProperties: ['Set Queue Service Properties'],
};

describe('a permission', () => {
  beforeEach(async () => {
    id = await connection(sas(SAS.replace('sp=rl', 'sp=rwdlacup')));
    forgetRefusals(id);
  });

  test.each(Object.entries(NEEDS) as [PermissionName, readonly OperationName[]][])(
    '%s needs each of its operations, and no other',
    (permission, needed) => {
      expect(denialReason(id, permission, 'cargo')).toBeUndefined();
      for (const operation of Object.keys(OPERATION_PERMISSIONS) as OperationName[]) {
        credentialPermissions.learn(id, answer(operation, 403, MISMATCH));
        expect([operation, denialReason(id, permission, 'cargo') !== undefined]).toEqual([
          operation,
          needed.includes(operation),
        ]);
        forgetRefusals(id);
      }
    },
  );

  test('that no signature can allow is reported as such', () =>
    expect(denialReason(id, 'setPolicies', 'cargo')).toBeDefined());
});

describe('what was refused', () => {
  const POLICY = 'sv=2024-11-04&sr=q&si=policy&sig=abc%3D';

  beforeEach(async () => {
    id = await connection(sas(POLICY));
    forgetRefusals(id);
  });

  test('is not sent again, and names the missing permission', () => {
    expect(checkPermission(id, 'Get Messages').allowed).toBe('unknown');
    credentialPermissions.learn(id, answer('Get Messages', 403, MISMATCH));
    expect(denialReason(id, 'receive', 'cargo')).toBe(
      'Azure refused it. Get Messages needs p (process) among the permissions (sp) of the signature.',
    );
    expect(denialReason(id, 'peek', 'cargo')).toBeUndefined();
  });

  test('may be checked again', () => {
    credentialPermissions.learn(id, answer('Get Messages', 403, MISMATCH));
    forgetRefusals(id);
    expect(denialReason(id, 'receive')).toBeUndefined();
  });

  test('is forgotten with the credential', async () => {
    credentialPermissions.learn(id, answer('Get Messages', 403, MISMATCH));
    await connection(sas(POLICY.replace('abc', 'def')));
    expect(denialReason(id, 'receive')).toBeUndefined();
  });

  test('is forgotten once the same was allowed', () => {
    credentialPermissions.learn(id, answer('Get Messages', 403, MISMATCH));
    credentialPermissions.learn(id, answer('Get Messages', 200));
    expect(denialReason(id, 'receive')).toBeUndefined();
  });

  test.each(['AuthenticationFailed', 'QueueNotFound', 'AuthorizationSourceIPMismatch'])(
    '%s teaches nothing',
    (code) => {
      credentialPermissions.learn(id, answer('Get Messages', 403, code));
      expect(denialReason(id, 'receive')).toBeUndefined();
    },
  );
});
