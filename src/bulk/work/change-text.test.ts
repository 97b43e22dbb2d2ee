import { expect, test } from 'vitest';
import { failing } from '../bulk.fixture';
import { changeText } from './change-text';
import { saveText } from './lease-actions';
import { leasedScene, NO_ANSWER, NOT_ALLOWED, NOT_KNOWN } from './leased.fixture';
import { type TextChange } from './new-text';

const NOT_CERTAIN = 'Not changed: what its text is now is not certain. Release it and look again.';
const shout: TextChange = (text) => ({ text: `${text}!` });

test('a text is replaced, and the outcome has it before and after', async () => {
  const { handle, textsIn } = await leasedScene();
  expect(await changeText(shout)(handle())).toMatchObject({ kind: 'done', value: { before: 'a', after: 'a!' } });
  expect(await textsIn('orders')).toEqual(['a!']);
});

test('a dry run has the same outcome, and sends nothing', async () => {
  const { handle, textsIn } = await leasedScene();
  const outcome = await changeText(shout, { dryRun: true })(handle());
  expect(outcome).toMatchObject({ kind: 'done', value: { before: 'a', after: 'a!' } });
  expect(await textsIn('orders')).toEqual(['a']);
});

test('a text that stays as it is needs no request', async () => {
  const { handle, from } = await leasedScene();
  const outcome = await changeText((text) => ({ text }))(handle(failing(from, 'updateMessage', NOT_ALLOWED)));
  expect(outcome).toMatchObject({
    kind: 'skipped',
    reason: 'The text stays the same.',
    value: { before: 'a', after: 'a' },
  });
});

test('a text that nobody can tell is not changed', async () => {
  const { handle, doubtText, textsIn } = await leasedScene();
  await doubtText();
  expect(handle().state).toBe('held');
  expect(await changeText(shout)(handle())).toMatchObject({ kind: 'failed', reason: NOT_CERTAIN });
  expect(await textsIn('orders')).toEqual(['a']);
});

test('a text that was saved while the change was planned is not replaced', async () => {
  const { handle, from, id, textsIn } = await leasedScene();
  const change: TextChange = async (text) => {
    await saveText(from, { id, text: 'saved' });
    return { text: `${text}!` };
  };
  expect(await changeText(change)(handle())).toMatchObject({ kind: 'failed', reason: NOT_CERTAIN });
  expect(await textsIn('orders')).toEqual(['saved']);
});

test('a change that throws refuses the text', async () => {
  const { handle, textsIn } = await leasedScene();
  const refuse = changeText(() => Promise.reject(new Error('No template is that long.')));
  expect(await refuse(handle())).toMatchObject({
    kind: 'failed',
    reason: 'Not changed. No template is that long.',
  });
  expect(await textsIn('orders')).toEqual(['a']);
});

test.each([
  ['refused', NOT_ALLOWED, 'failed', 'Not changed. Not allowed.'],
  ['lost', NO_ANSWER, 'maybeDone', `It may have been changed: the answer was lost. ${NOT_KNOWN}`],
])('an update that is %s is told', async (_, error, kind, reason) => {
  const { handle, from } = await leasedScene();
  const outcome = await changeText(shout)(handle(failing(from, 'updateMessage', error)));
  expect(outcome).toMatchObject({ kind, reason, value: { before: 'a', after: 'a!' } });
});
