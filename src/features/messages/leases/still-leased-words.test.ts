import { expect, test } from 'vitest';
import type { LeaseDoubt } from '@/messages/record';
import { doubts, stillLeased } from './restored-leases-text';

const leases = (...all: (LeaseDoubt | 'none')[]) => all.map((doubt) => (doubt === 'none' ? {} : { doubt }));

test.each<[(LeaseDoubt | 'none')[], string, string]>([
  [['none'], '1 message is still leased by this tab until 09:41', ''],
  [['none', 'none'], '2 messages are still leased by this tab until 09:41', ''],
  [
    ['lostAnswer'],
    '1 message is perhaps still leased by this tab until 09:41',
    'Not certain: of 1 the answer to a change was lost. ',
  ],
  [
    ['hiddenReceipt', 'none', 'delete', 'delete'],
    '4 messages are still leased by this tab until 09:41, 3 of them perhaps',
    'Not certain: of 1 the CORS rule hides the receipt that works now, of 2 the answer to a delete was lost. ',
  ],
])('leases with %j are not told as more certain than they are', (all, title, detail) => {
  expect(stillLeased(leases(...all), '09:41')).toBe(title);
  expect(doubts(leases(...all))).toBe(detail);
});
