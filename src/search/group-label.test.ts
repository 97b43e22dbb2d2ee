import { expect, test } from 'vitest';
import { groupLabel } from './group-label';

test.each([
  ['format', 'json', 'json'],
  ['path:total', '12.5', '12.5'],
  ['path:tier', '"gold"', 'gold'],
  ['path:tier', '""', 'Empty text'],
  ['path:tier', '', 'Not there'],
  ['path:tier', 'null', 'null'],
  ['path:tier', '{cut off', '{cut off'],
])('%s %j is written %s', (column, key, label) => {
  expect(groupLabel(column, key)).toBe(label);
});
