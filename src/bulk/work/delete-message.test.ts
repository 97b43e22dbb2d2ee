import { expect, test } from 'vitest';
import { StorageError } from '@/azure/protocol/errors';
import { failing } from '../bulk.fixture';
import { deleteMessage } from './delete-message';
import { leasedScene, NO_ANSWER, NOT_ALLOWED } from './leased.fixture';

const GONE = new StorageError('Gone.', { status: 404, code: 'MessageNotFound' });

test.each([
  ['lost', NO_ANSWER, 0, 'maybeDone', 'It may have been deleted: the answer was lost. No answer.'],
  ['that it may not', NOT_ALLOWED, 0, 'failed', 'Not deleted. Not allowed.'],
  ['that it may not, and the message has expired', NOT_ALLOWED, 601, 'failed', 'Not deleted. Not allowed.'],
  ['that the receipt is void, and the record knows nothing of it', GONE, 0, 'failed', 'Not deleted. Gone.'],
  ['that the receipt is void, and the message has expired', GONE, 601, 'skipped', 'The message has expired. Gone.'],
])('the answer is %s', async (_, error, seconds, kind, reason) => {
  const { handle, from, clock } = await leasedScene();
  clock.advance(seconds * 1000);
  expect(await deleteMessage(handle(failing(from, 'deleteMessage', error)))).toMatchObject({ kind, reason, error });
});

test('a deleted queue has no messages, and there is nothing to delete', async () => {
  const { handle, account } = await leasedScene();
  await account.deleteQueue('orders');
  expect(await deleteMessage(handle())).toMatchObject({
    kind: 'skipped',
    reason: expect.stringMatching(/^The queue was deleted\. /),
    error: { code: 'QueueNotFound' },
  });
});
