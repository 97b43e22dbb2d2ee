import { expect, test } from 'vitest';
import { MOD, shownKeys } from './shown-keys';

test.each([
  ['$mod+k', `${MOD} K`],
  ['g e', 'G E'],
  ['Shift+?', '?'],
  ['Shift+F6', 'Shift F6'],
  ['Shift+ArrowDown', 'Shift ↓'],
  ['Delete', 'Del'],
  ['Backquote', '`'],
  ['[', '['],
])('%s is shown as %s', (binding, shown) => {
  expect(shownKeys(binding)).toBe(shown);
});
