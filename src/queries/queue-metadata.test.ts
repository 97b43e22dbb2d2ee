import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import type { Account, Metadata } from '@/azure/protocol/model';
import { queueMetadata, setQueueMetadata } from './queue-metadata';

const refusal = (status: number, code: string) => new StorageError('No.', { status, code });

/** An account whose list gives `listed` or is refused, with the metadata of its one queue; null when that is gone. */
function account(listed: Metadata | StorageError, own: Metadata | null, onlyQueue?: string) {
  const setQueueMetadataOf = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const made = {
    id: 'a',
    onlyQueue,
    async *listQueues() {
      if (listed instanceof StorageError) throw listed;
      yield [{ name: 'orders', metadata: listed }];
    },
    getQueueProperties: () =>
      own ? Promise.resolve({ metadata: own }) : Promise.reject(refusal(404, 'QueueNotFound')),
    setQueueMetadata: setQueueMetadataOf,
  };
  return { account: made as unknown as Account, wrote: setQueueMetadataOf };
}

const read = (of: Account, queue = 'orders') => new QueryClient().fetchQuery(queueMetadata(of, queue));

test('the list has the case of the names', async () => {
  expect(await read(account({ Owner: 'Ada' }, { owner: 'Ada' }).account)).toEqual({ Owner: 'Ada' });
  expect(await read(account({ Owner: 'Ada' }, null).account, 'audit')).toBeNull();
});

test.each(['AuthorizationPermissionMismatch', 'AuthorizationResourceTypeMismatch', 'AuthorizationFailure'])(
  'where the list is refused with %s, the queue itself is asked',
  async (code) => {
    expect(await read(account(refusal(403, code), { owner: 'Ada' }).account)).toEqual({ owner: 'Ada' });
    expect(await read(account(refusal(403, code), null).account)).toBeNull();
  },
);

test('other failures of the list are told', async () => {
  await expect(read(account(refusal(403, 'AuthenticationFailed'), {}).account)).rejects.toThrow('No.');
});

test('it is changed unless somebody else has changed it, also where the list is refused', async () => {
  const { account: of, wrote } = account(refusal(403, 'AuthorizationPermissionMismatch'), { owner: 'Ada' });
  const save = setQueueMetadata(of, 'orders').mutationFn as (change: {
    metadata: Metadata;
    expected: Metadata;
  }) => Promise<unknown>;
  expect(await save({ metadata: { owner: 'Eve' }, expected: { owner: 'Bob' } })).toEqual({
    conflict: { owner: 'Ada' },
  });
  expect(wrote).not.toHaveBeenCalled();
  expect(await save({ metadata: { owner: 'Eve' }, expected: { owner: 'Ada' } })).toBe('saved');
  expect(wrote).toHaveBeenCalledWith('orders', { owner: 'Eve' });
});
