import { expect, test, vi } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { wrapText } from '@/azure/bodies/encode-layers';
import type { Message } from '@/azure/protocol/model';
import { decodedText, decodeInBackground, whenDecoded } from './decoded-text-cache';
import { previewOf } from './use-preview';

const packed = (text: string) => wrapText(text, ['base64', 'gzip']);
const message = (text: string): Message => ({
  id: 'a',
  insertedAt: new Date(0),
  expiresAt: null,
  dequeueCount: 0,
  text,
});

test('a packed message is Base64 until it was looked into, then it is what is inside', async () => {
  const order = message(await packed('{"order":41907}'));
  expect(previewOf(order)).toMatchObject({ format: 'BASE64', isPacked: true });
  await decodeInBackground(order.text);
  expect(previewOf(order)).toEqual({ format: 'JSON', preview: [{ key: 'order: ', text: '41907' }] });
});

test('another message with the same text needs no second look', async () => {
  const text = await packed('<order/>');
  const listener = vi.fn<() => void>();
  const stop = whenDecoded(listener);
  await Promise.all([decodeInBackground(text), decodeInBackground(text)]);
  await decodeInBackground(text);
  stop();
  expect(listener).toHaveBeenCalledOnce();
  expect(previewOf(message(text)).format).toBe('XML');
});

test('packed text that is neither JSON nor XML is shown as it reads, damaged data as bytes', async () => {
  const note = await packed('two\nlines');
  const damaged = bytesToBase64(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 255));
  await Promise.all([decodeInBackground(note), decodeInBackground(damaged)]);
  expect(previewOf(message(note))).toEqual({ format: 'BASE64', preview: [{ text: 'two⏎lines' }] });
  expect(previewOf(message(damaged))).toMatchObject({
    format: 'BINARY',
    preview: [{ text: expect.stringMatching(/^1f 8b 08/) }],
  });
});

test('what was found inside is kept up to a limit, the newest always, and rows that show it keep it', async () => {
  const first = message(await packed('["kept"]'));
  await decodeInBackground(first.text);
  expect(previewOf(first).format).toBe('JSON');
  // 1 MiB each; eight fill the limit.
  const others: string[] = [];
  for (let digit = 0; digit < 9; digit++) {
    const text = await packed(String(digit).repeat(1024 * 1024));
    await decodeInBackground(text);
    others.push(text);
  }
  expect(decodedText(first.text)).toBeUndefined();
  expect(decodedText(others.at(-1) ?? '')).toBeDefined();
  expect(previewOf(first).format).toBe('JSON');
});
