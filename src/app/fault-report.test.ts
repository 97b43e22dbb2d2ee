import { expect, test } from 'vitest';
import { faultReport } from './error-boundary';

const KEY = btoa('a planted account key that must never be found in any report!!!!');
const SIGNATURE = 'pl4nted+Signature/OfA5as0123456789abcdefgh0=';
const TOKEN =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJwbGFudGVkLWF1ZGllbmNlLTAxMjM0NTY3ODkifQ.pl4ntedTokenSignature0123456789abcdef012345';

test.each([
  ['an account key', KEY, `AccountName=harborlane;AccountKey=${KEY};EndpointSuffix=core.windows.net`],
  ['a signature', SIGNATURE, `https://harborlane.queue.core.windows.net/?sv=2024-11-04&sig=${SIGNATURE}&sp=r`],
  ['an encoded signature', encodeURIComponent(SIGNATURE), `GET /?sig=${encodeURIComponent(SIGNATURE)}&sp=r`],
  ['a token', TOKEN, `Bearer ${TOKEN} is no credential`],
])('%s in a message of a fault is not in its report', (_, secret, message) => {
  const report = faultReport(new TypeError(message));
  expect(report).toContain('TypeError: ');
  for (const part of [secret, ...secret.split('.').filter((one) => one.length > 36)])
    expect(report).not.toContain(part);
});

test('a stack is cut back to files, without the place in the address', () => {
  const fault = new Error('No such row');
  fault.stack =
    'Error: No such row\n    at draw (https://queues.example/app/assets/shell-1.js?x#/q/harborlane/orders:3:14)';
  expect(faultReport(fault)).not.toContain('orders');
  expect(faultReport(fault)).not.toContain('queues.example');
});

test('a message is not in the report a second time, as the beginning of the stack', () => {
  const fault = new Error(`GET https://harborlane.queue.core.windows.net/?sig=${SIGNATURE}\nat 10:11:12 by ${KEY}`);
  const report = faultReport(fault);
  for (const secret of [SIGNATURE, KEY]) expect(report).not.toContain(secret);
  expect(report.match(/10:11:12/g)).toHaveLength(1);
});
