import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTextBomb } from '@/azure/bodies/bombs.fixture';
import { putMessageCall, updateMessageCall } from '@/azure/operations/messages';
import { elide, requestText } from './request-preview';

const AZURE = 'https://harborlaneprod.queue.core.windows.net';
const LOCAL = 'http://127.0.0.1:10001/devstoreaccount1';

describe('the request', () => {
  test('the preview of a put shows the parameters in the order in which they are sent', () => {
    const call = putMessageCall('orders', { text: 'a<b\r\n', timeToLive: 'never', visibilityDelay: 5 });
    const text = requestText(AZURE, call);
    expect(text).toContain(`POST ${AZURE}/orders/messages?visibilitytimeout=5&messagettl=-1\n`);
    expect(text).toMatch(/^POST https.*\n\n<\?xml.*a&lt;b&#xD;\n<\/MessageText><\/QueueMessage>$/s);
  });

  test('the preview of an update encodes the receipt', () => {
    const call = updateMessageCall('orders', { id: 'i', receipt: 'a+/=' }, { visibilityTimeout: 0, text: '' });
    expect(requestText(LOCAL, call)).toContain(
      `PUT ${LOCAL}/orders/messages/i?popreceipt=a%2B%2F%3D&visibilitytimeout=0\n`,
    );
  });

  test('a long text is shortened in the middle, with the number of characters left out', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const { head, left, tail } = elide(text, most);
        expect(head.length + left + tail.length).toBe(text.length);
        expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
      }),
    );
  });

  test('of any text, the request is as short as of another', () => {
    fc.assert(
      fc.property(anyTextBomb, (text) => {
        const { head, tail } = elide(requestText(AZURE, putMessageCall('orders', { text, timeToLive: 60 })), 900);
        expect(head.length + tail.length).toBeLessThanOrEqual(900);
      }),
    );
  });
});
