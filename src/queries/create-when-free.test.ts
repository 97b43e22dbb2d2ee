import { expect, test, vi } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import { createWhenFree } from './queues';

const beingDeleted = () => new StorageError('The queue is being deleted.', { status: 409, code: 'QueueBeingDeleted' });
const patient = new AbortController().signal;
const wait = async (_: number, signal?: AbortSignal) => signal?.throwIfAborted();

test('counts down from five and tries again until the name is free', async () => {
  const waits: number[] = [];
  const create = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(beingDeleted())
    .mockRejectedValueOnce(beingDeleted())
    .mockResolvedValue('created');

  const result = await createWhenFree(create, { signal: patient, wait, onWait: (left) => waits.push(left) });

  expect(result).toBe('created');
  expect(waits).toEqual([5, 4, 3, 2, 1, 5, 4, 3, 2, 1]);
});

test('gives up after two minutes with what Azure said', async () => {
  const create = vi.fn<() => Promise<string>>().mockRejectedValue(beingDeleted());

  await expect(createWhenFree(create, { signal: patient, wait, onWait: () => {} })).rejects.toMatchObject({
    code: 'QueueBeingDeleted',
  });
  expect(create).toHaveBeenCalledTimes(25);
});

test('does not try again after any other answer', async () => {
  const exists = new StorageError('It exists.', { status: 409, code: 'QueueAlreadyExists' });
  const create = vi.fn<() => Promise<string>>().mockRejectedValue(exists);

  await expect(createWhenFree(create, { signal: patient, wait, onWait: () => {} })).rejects.toBe(exists);
  expect(create).toHaveBeenCalledTimes(1);
});

test('stops when told to while it waits', async () => {
  const controller = new AbortController();
  const create = vi.fn<() => Promise<string>>().mockRejectedValue(beingDeleted());

  const creating = createWhenFree(create, {
    signal: controller.signal,
    wait,
    onWait: (left) => {
      if (left === 2) controller.abort();
    },
  });

  await expect(creating).rejects.toThrow('abort');
  expect(create).toHaveBeenCalledTimes(1);
});
