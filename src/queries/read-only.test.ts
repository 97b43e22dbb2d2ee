import { beforeEach, expect, test, vi } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { ReadOnlyError } from '@/azure/protocol/errors';
import type { Account } from '@/azure/protocol/model';
import { OPERATION_PERMISSIONS, type OperationName } from '@/azure/protocol/operation-table';
import { addConnection } from '@/state/connections/connections';
import { allowChangesForNow, endAllowedChanges, setReadOnly } from '@/state/connections/read-only';
import { accountFor } from './use-account';

const message = { id: 'some-id', receipt: 'some-receipt' };

/** Every operation of the table that the client has, as the app calls it. The type is complete, or this does not compile. */
const calls: Record<OperationName, ((account: Account) => Promise<unknown>) | undefined> = {
  'List Queues': (account) => account.listQueues().next(),
  'Get Queue Service Properties': (account) => account.getServiceProperties(),
  'Set Queue Service Properties': (account) => account.setServiceProperties({ cors: [] }),
  'Get Queue Service Stats': (account) => account.getServiceStats(),
  'Get User Delegation Key': undefined,
  'Create Queue': (account) => account.createQueue('cargo'),
  'Delete Queue': (account) => account.deleteQueue('cargo'),
  'Get Queue Metadata': (account) => account.getQueueProperties('cargo'),
  'Set Queue Metadata': (account) => account.setQueueMetadata('cargo', { a: 'b' }),
  'Get Queue ACL': (account) => account.getAccessPolicies('cargo'),
  'Set Queue ACL': (account) => account.setAccessPolicies('cargo', []),
  'Put Message': (account) => account.sendMessage('cargo', { text: 'a crate' }),
  'Get Messages': (account) => account.receiveMessages('cargo'),
  'Peek Messages': (account) => account.peekMessages('cargo'),
  'Update Message': (account) => account.updateMessage('cargo', message, { visibilityTimeout: 0 }),
  'Delete Message': (account) => account.deleteMessage('cargo', message),
  'Clear Messages': (account) => account.clearMessages('cargo'),
};
const operations = (Object.keys(calls) as OperationName[]).filter((operation) => calls[operation]);
const changing = operations.filter((operation) => OPERATION_PERMISSIONS[operation].changes);
const reading = operations.filter((operation) => !OPERATION_PERMISSIONS[operation].changes);

/** Answers nothing that could be read: what is asked here is only what leaves the page. */
const fetched = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response('no', { status: 404 })));
vi.stubGlobal('fetch', fetched);
// A page without a content policy of its own.
vi.stubGlobal('location', new URL('http://127.0.0.1:5190/'));
vi.stubGlobal('document', { querySelector: () => null, addEventListener: () => {} });

async function connected(readOnly: boolean) {
  const { id } = await addConnection(
    {
      account: 'harborlane',
      endpoint: 'https://harborlane.queue.core.windows.net',
      secondaryEndpoint: 'https://harborlane-secondary.queue.core.windows.net',
      credential: { kind: 'key', key: await importKey(EMULATOR.key) },
    },
    'tab',
    { readOnly },
  );
  const account = accountFor(id);
  if (!account) throw new Error('No account');
  return { id, account };
}

const doing = (operation: OperationName, account: Account) =>
  Promise.resolve(calls[operation]?.(account)).catch((error: unknown) => error);

beforeEach(() => fetched.mockClear());

test('receiving is among what changes something', () => {
  expect(changing).toContain('Get Messages');
  expect(changing.length).toBeGreaterThan(8);
});

test.each(changing)('%s never leaves the page of a read-only connection', async (operation) => {
  const { account } = await connected(true);
  expect(await doing(operation, account)).toBeInstanceOf(ReadOnlyError);
  expect(fetched).not.toHaveBeenCalled();
});

test.each(changing)('%s is sent where changes are allowed', async (operation) => {
  const { account } = await connected(false);
  expect(await doing(operation, account)).not.toBeInstanceOf(ReadOnlyError);
  expect(fetched).toHaveBeenCalledOnce();
});

test.each(reading)('%s is sent all the same', async (operation) => {
  const { account } = await connected(true);
  expect(await doing(operation, account)).not.toBeInstanceOf(ReadOnlyError);
  expect(fetched).toHaveBeenCalledOnce();
});

test('read-only applies to an account object that is already in use, until changes are allowed', async () => {
  const { id, account } = await connected(false);
  await setReadOnly(id, true);
  expect(await doing('Put Message', account)).toBeInstanceOf(ReadOnlyError);

  allowChangesForNow(id);
  await doing('Put Message', account);
  expect(fetched).toHaveBeenCalledOnce();

  endAllowedChanges(id);
  expect(await doing('Put Message', account)).toBeInstanceOf(ReadOnlyError);
  expect(fetched).toHaveBeenCalledOnce();
});

test('a pending retry is not sent, once the connection is read-only', async () => {
  const { id, account } = await connected(false);
  fetched.mockImplementationOnce(async () => {
    void setReadOnly(id, true);
    return new Response('busy', { status: 503 });
  });
  expect(await doing('Put Message', account)).toBeInstanceOf(ReadOnlyError);
  expect(fetched).toHaveBeenCalledOnce();
});
