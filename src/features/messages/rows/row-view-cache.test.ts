import { expect, onTestFinished, test, vi } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { wrapText } from '@/azure/bodies/encode-layers';
import type { Message } from '@/azure/protocol/model';
import { PartError } from '@/parts/part-error';
import { runTask } from '@/search/tasks';
import { decodeInBackground, rowView, whenDecoded } from './row-view-cache';
import { previewOf } from './use-preview';

// There is no worker in Node.
vi.mock('@/search/decode-client', () => ({ decoder: { run: runTask } }));

const PLAIN = { paths: [] };
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
  expect(previewOf(order, PLAIN)).toMatchObject({ format: 'BASE64', isPacked: true });
  await decodeInBackground(order.text, PLAIN);
  expect(previewOf(order, PLAIN)).toEqual({ format: 'JSON', preview: [{ key: 'order: ', text: '41907' }] });
});

test('another message with the same text needs no second look', async () => {
  const text = await packed('<order/>');
  const listener = vi.fn<() => void>();
  const stop = whenDecoded(listener);
  await Promise.all([decodeInBackground(text, PLAIN), decodeInBackground(text, PLAIN)]);
  await decodeInBackground(text, PLAIN);
  stop();
  expect(listener).toHaveBeenCalledOnce();
  expect(previewOf(message(text), PLAIN).format).toBe('XML');
});

test('packed text that is neither JSON nor XML is shown as it reads, damaged data as bytes', async () => {
  const note = await packed('two\nlines');
  const damaged = bytesToBase64(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 255));
  await decodeInBackground(note, PLAIN);
  await decodeInBackground(damaged, PLAIN);
  expect(previewOf(message(note), PLAIN)).toEqual({ format: 'BASE64', preview: [{ text: 'two⏎lines' }] });
  expect(previewOf(message(damaged), PLAIN)).toMatchObject({
    format: 'BINARY',
    preview: [{ text: expect.stringMatching(/^1f 8b 08/) }],
  });
});

test('what was found inside is kept up to a limit, the newest always, and rows that show it keep it', async () => {
  const first = message(await packed('["kept"]'));
  await decodeInBackground(first.text, PLAIN);
  expect(previewOf(first, PLAIN).format).toBe('JSON');
  // 1 MiB each; eight fill the limit.
  const others = Array.from({ length: 9 }, (_, digit) => `{"n":"${String(digit).repeat(1024 * 1024)}"}`);
  for (const text of others) await decodeInBackground(text, PLAIN);
  expect(rowView(first.text, PLAIN)).toBeUndefined();
  expect(rowView(others.at(-1) ?? '', PLAIN)).toBeDefined();
  expect(previewOf(first, PLAIN).format).toBe('JSON');
});

test('a row knows the values of its columns, and nothing else of a body', async () => {
  const text = await packed(JSON.stringify({ order: { id: 'A-7', lines: [1, 2] }, note: 'x'.repeat(100_000) }));
  const reading = { paths: ['order.id', 'order.lines', 'note', 'none'] };
  await decodeInBackground(text, reading);
  const { values } = rowView(text, reading) ?? {};
  expect([...(values ?? [])]).toEqual([
    ['order.id', 'A-7'],
    ['order.lines', '[1,2]'],
    ['note', 'x'.repeat(2000)],
    ['none', undefined],
  ]);
  expect(rowView(text, PLAIN)).toBeUndefined();
});

test('where the decoder does not arrive, nothing of it is kept, and the row is read once it has', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const order = message(await packed('{"late":1}'));
  const { decoder } = await import('@/search/decode-client');
  vi.spyOn(decoder, 'run').mockRejectedValueOnce(new PartError('unreachable'));
  const decoding = decodeInBackground(order.text, PLAIN);
  await vi.advanceTimersByTimeAsync(0);
  expect(previewOf(order, PLAIN)).toMatchObject({ format: 'BASE64', isPacked: true });
  await vi.advanceTimersByTimeAsync(2000);
  await decoding;
  expect(previewOf(order, PLAIN).format).toBe('JSON');
});
