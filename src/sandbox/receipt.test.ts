import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReceipt, toReceipt } from './receipt';

const bytesOf = (receipt: string) => Uint8Array.from(atob(receipt), (character) => character.charCodeAt(0));

describe('a receipt', () => {
  test('has the form of those that Azure gives, and ends in a Windows file time', () => {
    const epochMs = fc.integer({ min: 0, max: 253_402_300_799_000 });
    fc.assert(
      fc.property(epochMs, fc.nat(2 ** 32 - 1), (visibleAt, number) => {
        const view = new DataView(bytesOf(toReceipt(visibleAt, number)).buffer);
        expect(view.byteLength).toBe(20);
        expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([2, 3]);
        expect(view.getUint32(8, true)).toBe(number);
        expect(view.getBigUint64(12, true)).toBe((BigInt(visibleAt) + 11_644_473_600_000n) * 10_000n);
      }),
    );
  });

  test('of an Update begins otherwise and ends in the dequeue count', () => {
    const [view, other] = [toReceipt(5, 7, 2), toReceipt(5, 7)].map((text) => new DataView(bytesOf(text).buffer));
    expect(view?.byteLength).toBe(24);
    expect([view?.getUint32(0, true), view?.getUint32(4, true), view?.getUint32(8, true)]).toEqual([3, 3, 7]);
    expect(view?.getBigUint64(12, true)).toBe(other?.getBigUint64(12, true));
    expect(view?.getUint32(20, true)).toBe(2);
  });

  test('differs for each number', () => {
    expect(new Set(Array.from({ length: 1000 }, (_, n) => toReceipt(5, n))).size).toBe(1000);
  });

  test.each(['AgAAAAMAAAAAAAAA', 'AgAAAAMAAACr/b+y3MzWAQ==', toReceipt(0, 1), toReceipt(0, 1, 1)])(
    'may be %s',
    (text) => {
      expect(isReceipt(text)).toBe(true);
    },
  );

  test.each(['', 'abc', `${toReceipt(0, 1)}Random`, 'a b=', 'AgAAAAMA AAA', '====', 'ab=c', 'é'])(
    'cannot be "%s"',
    (text) => {
      expect(isReceipt(text)).toBe(false);
    },
  );
});
