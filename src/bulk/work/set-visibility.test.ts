import { expect, test } from 'vitest';
import { failing } from '../bulk.fixture';
import { leasedScene, NO_ANSWER, NOT_ALLOWED, NOT_KNOWN } from './leased.fixture';
import { setVisibility } from './set-visibility';

test('a message is hidden from now on, or shown at once to everybody', async () => {
  const { handle, account, clock } = await leasedScene();
  expect(await setVisibility(300)(handle())).toMatchObject({ kind: 'done' });
  clock.advance(299_000);
  expect(await account.peekMessages('orders')).toEqual([]);
  const other = await leasedScene();
  expect(await setVisibility(0)(other.handle())).toMatchObject({ kind: 'done' });
  expect(await other.account.peekMessages('orders')).toHaveLength(1);
});

test.each([
  ['refused', NOT_ALLOWED, 'failed', 'Not changed. Not allowed.'],
  ['lost', NO_ANSWER, 'maybeDone', `It may have been changed: the answer was lost. ${NOT_KNOWN}`],
])('an update that is %s is told', async (_, error, kind, reason) => {
  const { handle, from } = await leasedScene();
  const outcome = await setVisibility(300)(handle(failing(from, 'updateMessage', error)));
  expect(outcome).toMatchObject({ kind, reason });
});
