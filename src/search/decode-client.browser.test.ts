import { afterEach, expect, test } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { WHOLE } from '@/azure/bodies/budget';
import { wrapText } from '@/azure/bodies/encode-layers';
import { createDecoder } from './decode-client';
import type { TaskOf } from './task';

const packed = (text: string) => wrapText(text, ['base64', 'gzip']);
/** Takes a worker a good while, at the limits. */
const slow = () => packed(`[${'1,'.repeat(120_000)}1]${' '.repeat(3_900_000)}`);
let decoder = createDecoder();
afterEach(() => {
  decoder.close();
  decoder = createDecoder();
});

const view = (text: string, steps?: undefined): TaskOf<'view'> => ({ kind: 'view', text, steps, limits: WHOLE });
const preview = (text: string, paths: string[] = []): TaskOf<'preview'> => ({
  kind: 'preview',
  text,
  steps: undefined,
  paths,
});

test('one worker gives the details, the row, the columns, the text for the editor, and the row of a file', async () => {
  const text = await packed('{"order":41907,"lines":[{"sku":"A"},{"sku":"B"}]}');
  const details = await decoder.run(view(text));
  expect(details.stages.map(({ label }) => label)).toEqual(['Base64', 'gzip', 'JSON']);
  expect(details).toMatchObject({
    laidOut: '{\n  "order": 41907,\n  "lines": [\n    { "sku": "A" },\n    { "sku": "B" }\n  ]\n}',
    paths: ['order', 'lines[0].sku', 'lines[1].sku'],
  });
  const row = await decoder.run(preview(text, ['order', 'none']));
  expect(row.preview).toMatchObject({ format: 'JSON' });
  expect(row.preview.preview[0]).toEqual({ key: 'order: ', text: '41907, ' });
  expect([...row.values]).toEqual([
    ['order', '41907'],
    ['none', undefined],
  ]);
  expect(await decoder.run({ kind: 'paths', text, steps: undefined, most: 9 })).toEqual(['order', 'lines[0].sku']);
  expect(await decoder.run({ kind: 'unwrap', text, steps: undefined })).toEqual({
    text: '{"order":41907,"lines":[{"sku":"A"},{"sku":"B"}]}',
    layers: ['base64', 'gzip'],
  });
  const message = { id: 'a', insertedAt: new Date(0), expiresAt: null, dequeueCount: 0, text };
  const form = { format: 'csv', fields: ['id', 'body'], guarded: true } as const;
  const bytes = await decoder.run({ kind: 'row', text, message, form, isFirst: true });
  expect(new TextDecoder().decode(bytes)).toBe('a,"{""order"":41907,""lines"":[{""sku"":""A""},{""sku"":""B""}]}"\r\n');
});

test('a worker that takes too long is ended, its text stays as it came, and the next is decoded by another', async () => {
  const impatient = createDecoder({ timeLimitMs: 0 });
  const text = await slow();
  const message = { id: 'a', insertedAt: new Date(0), expiresAt: null, dequeueCount: 0, text };
  const form = { format: 'jsonl', fields: ['body'], guarded: false } as const;
  const [first, row, edited, file] = await Promise.all([
    impatient.run(view(text)),
    impatient.run(preview(text)),
    impatient.run({ kind: 'unwrap', text, steps: undefined }),
    impatient.run({ kind: 'row', text, message, form, isFirst: true }),
  ]);
  impatient.close();
  expect(first).toMatchObject({ stages: [{ kind: 'text', text }], format: 'BASE64', stopped: 'took too long' });
  expect(row.preview).toMatchObject({ format: 'BASE64', stopped: 'took too long' });
  expect(edited).toEqual({ text, layers: [], raw: 'Decoding stopped: took too long.' });
  expect(new TextDecoder().decode(file)).toBe(`${JSON.stringify({ body: text })}\n`);
  expect(await decoder.run(view(text))).toMatchObject({ format: 'JSON' });
});

test('the details do not wait for the rows, and what nobody waits for is not decoded', async () => {
  const order: string[] = [];
  const control = new AbortController();
  const names = ['first', 'second', 'third', 'dropped', 'details'];
  const [first = '', second = '', third = '', unwanted = '', inner = ''] = await Promise.all(names.map(packed));
  const log = (name: string) => () => order.push(name);
  const asked = [
    decoder.run(preview(first)).then(log('first')),
    decoder.run(preview(second)).then(log('second')),
    decoder.run(preview(third)).then(log('third')),
    decoder.run(view(inner), { isUrgent: true }).then(log('details')),
  ];
  const dropped = decoder.run(preview(unwanted), { signal: control.signal });
  control.abort(new Error('not wanted'));
  await expect(dropped).rejects.toThrow('not wanted');
  await Promise.all(asked);
  expect(order).toEqual(['first', 'details', 'second', 'third']);
});

test('when the details are closed, what they asked for ends, and the next text is decoded', async () => {
  const control = new AbortController();
  const closed = decoder.run(view(await slow()), { signal: control.signal, isUrgent: true });
  const next = decoder.run(preview(await packed('{"a":1}')));
  control.abort(new Error('closed'));
  await expect(closed).rejects.toThrow('closed');
  expect((await next).preview.format).toBe('JSON');
});

test('the bombs are stopped by counted work, long before the time', async () => {
  const heads = Uint8Array.from({ length: 200 }, (_, at) => [0xdd, 1, 0xff, 0xff, 0xff][at % 5] ?? 0);
  const zeros = await wrapText('\0'.repeat(30_000_000), ['base64', 'gzip', 'gzip']);
  for (const text of [bytesToBase64(heads), await packed('['.repeat(1_000_000)), zeros]) {
    const { stopped, format } = await decoder.run(view(text));
    expect(stopped).not.toBe('took too long');
    expect(['BINARY', 'BASE64']).toContain(format);
  }
});
