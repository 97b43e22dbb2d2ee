import { expect, test } from 'vitest';
import { mergedNames } from './known-queues';

test.each<[string, readonly string[] | undefined, boolean, readonly string[], readonly string[]]>([
  ['nothing is known', undefined, false, [], []],
  ['nothing was listed', undefined, false, ['orders', 'audit'], ['orders', 'audit']],
  ['a part was listed', ['audit', 'orders'], false, ['orders', 'stock'], ['audit', 'orders', 'stock']],
  ['a part was listed, with all that were opened', ['audit', 'orders'], false, ['orders'], ['audit', 'orders']],
  ['all were listed', ['audit', 'orders'], true, ['orders'], ['audit', 'orders']],
  ['all were listed, and one that was opened is gone', ['orders'], true, ['audit', 'orders'], ['orders']],
  ['there are none', [], true, ['orders'], []],
  ['a signature is for one queue', ['orders'], false, [], ['orders']],
])('when %s, each queue is named once', (_, listed, isWhole, opened, names) =>
  expect(mergedNames(listed, isWhole, opened)).toEqual(names),
);
