import { expect, test } from 'vitest';
import { filterText } from './filter-words';

const none = {
  text: '',
  chips: { leased: false, poison: undefined, expiring: false },
  expressions: [],
  picked: undefined,
};

test.each([
  [{ picked: { column: 'path:currency', key: '"EURO"' } }, 'currency is EURO'],
  [{ picked: { column: 'path:order.total', key: '12' } }, 'order.total is 12'],
  [{ picked: { column: 'path:currency', key: '' } }, 'currency is not there'],
  [{ picked: { column: 'path:currency', key: '""' } }, 'currency is empty'],
  [{ picked: { column: 'dequeues', key: '5' } }, 'dequeue count is 5'],
  [
    { text: ' gold ', chips: { leased: false, poison: 5, expiring: true } },
    '“gold” and 5+ dequeues and expiring within 1 h',
  ],
  [{ expressions: ['total > 100', 'tier = "gold"'] }, 'total > 100 and tier = "gold"'],
  [{ text: 'אבג 12' }, '“\u2068אבג 12\u2069”'],
  [{ text: 'א'.repeat(100) }, `“\u2068${'א'.repeat(78)}…\u2069`],
  [{ text: 'x'.repeat(100) }, `“${'x'.repeat(79)}…`],
])('%j reads %s', (part, words) => expect(filterText({ ...none, ...part })).toBe(words));
