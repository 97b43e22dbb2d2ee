import { describe, expect, test } from 'vitest';
import { placeholdersIn, sendQuestion } from './unasked';

describe('placeholders', () => {
  test.each([
    ['{"id":{{counter}},"at":"{{now:unix}}"}', ['{{counter}}', '{{now:unix}}']],
    ['{{ name }} {{ name }}', ['{{ name }}']],
    ['{{a}}{{b}}{{c}}{{d}}', ['{{a}}', '{{b}}', '{{c}}']],
    ['{"a":{"b":{"c":1}}}', []],
    ['{{}} {{ }} {x}', []],
    ['{{{counter}}}', ['{{counter}}']],
    ['', []],
  ])('in %s', (text, found) => {
    expect(placeholdersIn(text)).toEqual(found);
  });

  test('are found in a hostile text in time', () => {
    const start = performance.now();
    expect(placeholdersIn('{{'.repeat(500_000))).toEqual([]);
    expect(placeholdersIn(`{{${'a'.repeat(1_000_000)}`)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test('what is sent is asked about when a text is empty or holds a placeholder', () => {
  const none = { empty: 0, placeholders: [] };
  expect(sendQuestion(none, 1)).toBeUndefined();
  expect(sendQuestion({ ...none, empty: 1 }, 1)).toBe('The text is empty.');
  expect(sendQuestion({ ...none, empty: 1 }, 9)).toBe('1 of the texts is empty.');
  expect(sendQuestion({ ...none, empty: 1200 }, 9000)).toBe('1,200 of the texts are empty.');
  expect(sendQuestion({ empty: 0, placeholders: ['{{a}}', '{{b}}'] }, 1)).toBe(
    '{{a}}, {{b}} are sent as written: nothing fills them in here.',
  );
});
