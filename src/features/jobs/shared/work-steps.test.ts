import { describe, expect, test } from 'vitest';
import { exclusionOf, inSafeOrder, stepsProblem, stepsTitle, undoText, type WorkStep, workLabel } from './work-steps';

describe('steps', () => {
  test('are done in the safe order, however they were added', () => {
    expect(inSafeOrder(['delete', 'change', 'send'])).toEqual(['change', 'send', 'delete']);
    expect(inSafeOrder(['delete', 'send'])).toEqual(['send', 'delete']);
  });

  test.each<[WorkStep[], string]>([
    [['change', 'send', 'delete'], 'Change text, then send to payments, then delete here'],
    [['delete', 'send'], 'Send to payments, then delete here'],
    [['change'], 'Change text'],
    [[], 'Choose steps'],
    [['delete', 'export'], 'Export, then delete here'],
  ])('%j are the title “%s”', (steps, title) => expect(stepsTitle(steps, 'payments')).toBe(title));

  test.each<[WorkStep, WorkStep[], RegExp | undefined]>([
    ['hide', ['send'], /Not beside “Send to”/],
    ['hide', ['export', 'delete'], /Not beside “Delete here”/],
    ['send', ['change', 'hide'], /Not beside “Set visibility”: a message that is hidden is not sent/],
    ['delete', ['hide'], /is not deleted too/],
    ['hide', ['export', 'change'], undefined],
    ['export', ['send', 'delete'], undefined],
    ['delete', ['change'], undefined],
  ])('%s beside %j is refused for a reason: %s', (step, steps, reason) => {
    const refused = exclusionOf(step, steps);
    expect(refused === undefined ? reason : reason?.test(refused)).toBe(reason === undefined ? undefined : true);
  });

  test('without a target are said so in the title', () => {
    expect(stepsTitle(['send'], '')).toBe('Send to a queue');
  });

  test.each<[WorkStep[], boolean, string | undefined]>([
    [[], false, 'Add a step.'],
    [['change', 'delete'], false, 'The changed text would be deleted. Add “Send to”, or remove one of the two.'],
    [['delete'], true, 'To delete all messages, clear the queue, or export them first.'],
    [['delete'], false, undefined],
    [['export', 'delete'], true, undefined],
    [['export', 'change'], true, undefined],
    [['change'], true, undefined],
    [['change', 'send', 'delete'], true, undefined],
    [['change', 'hide'], true, undefined],
    [
      ['send', 'hide'],
      false,
      'A message that is sent or deleted cannot be hidden too. Remove “Set visibility”, or the others.',
    ],
  ])('%j, of the whole queue %s, make a job unless: %s', (steps, isWhole, problem) =>
    expect(stepsProblem(steps, isWhole)).toBe(problem),
  );

  test.each<[WorkStep[], string[] | undefined, boolean, string]>([
    [['change', 'send', 'delete'], ['a', 'b'], true, 'Redrive 2 messages'],
    [['send', 'delete'], ['a'], false, 'Move 1 message'],
    [['send'], undefined, false, 'Copy all 40 messages'],
    [['delete'], ['a'], false, 'Delete 1 message'],
    [['change'], undefined, false, 'Change all 40 messages'],
    [['change', 'hide'], ['a', 'b'], false, 'Change and hide 2 messages'],
    [['hide'], ['a'], false, 'Hide 1 message'],
    [['export'], ['a'], false, 'Export 1 message'],
    [['export', 'delete'], undefined, false, 'Export and delete all 40 messages'],
    [['export', 'send', 'delete'], ['a', 'b'], true, 'Export and redrive 2 messages'],
  ])('%j of %j, redriven %s, are begun by “%s”', (steps, ids, isRedrive, label) =>
    expect(workLabel(steps, { ids, total: ids?.length ?? 40 }, isRedrive)).toBe(label),
  );

  test.each<[WorkStep[], RegExp]>([
    [['change', 'send', 'delete'], /adds the old texts to orders again .* 32 million characters/],
    [['send', 'delete'], /adds the texts to orders again/],
    [['send'], /not taken back/],
    [['delete'], /can be added again/],
    [['change'], /writes the old texts again where messages stay leased to you/],
    [['change', 'hide'], /cannot be undone: the old texts are gone/],
    [['hide'], /^It cannot be undone\. /],
    [['export', 'delete'], /can be added again.* in the file can be imported again/],
    [['export'], /Nothing has to be undone/],
  ])('%j say what Undo does after them', (steps, words) => expect(undoText(steps, 'orders')).toMatch(words));
});
