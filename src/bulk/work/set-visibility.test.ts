import { describe, expect, test } from 'vitest';
import { failing } from '../bulk.fixture';
import { saveText } from './lease-actions';
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

const change = (text: string) => ({ text: `${text}!` });

describe('a message that is changed and hidden', () => {
  test('has its new text by the one request that hides it', async () => {
    const { handle, from, account, clock } = await leasedScene();
    const updates: unknown[] = [];
    const updateMessage: typeof from.account.updateMessage = (queue, receipt, made, options) => {
      updates.push(made);
      return from.account.updateMessage(queue, receipt, made, options);
    };
    const target = { ...from, account: { ...from.account, updateMessage } };
    expect(await setVisibility(300, change)(handle(target))).toMatchObject({ kind: 'done' });
    expect(updates).toEqual([{ visibilityTimeout: 300, text: 'a!' }]);
    clock.advance(299_000);
    expect(await account.peekMessages('orders')).toEqual([]);
    clock.advance(2000);
    expect(await account.peekMessages('orders')).toMatchObject([{ text: 'a!' }]);
  });

  test('stays as it is, and visible, where the change refuses its text or another was saved meanwhile', async () => {
    const { handle, textsIn } = await leasedScene();
    expect(await setVisibility(300, () => ({ refused: 'It has no such value.' }))(handle())).toMatchObject({
      kind: 'failed',
      reason: 'Not changed and not hidden. It has no such value.',
    });
    expect(handle().state).toBe('held');
    const other = await leasedScene();
    const saved = async (text: string) => {
      await saveText(other.from, { id: other.id, text: 'saved', visibilityTimeout: undefined });
      return change(text);
    };
    expect(await setVisibility(300, saved)(other.handle())).toMatchObject({ kind: 'failed' });
    expect([await textsIn('orders'), await other.textsIn('orders')]).toEqual([['a'], ['saved']]);
  });
});
