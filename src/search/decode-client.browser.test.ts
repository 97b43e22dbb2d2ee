import { afterEach, expect, test } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { BRIEF, WHOLE } from '@/azure/bodies/budget';
import { wrapText } from '@/azure/bodies/encode-layers';
import { createDecoder } from './decode-client';

const packed = (text: string) => wrapText(text, ['base64', 'gzip']);
let decoder = createDecoder();
afterEach(() => {
  decoder.close();
  decoder = createDecoder();
});

test('a packed text is decoded off the page: whole for the details, its last stage for a row', async () => {
  const text = await packed('{"order":41907}');
  const whole = await decoder.decode(text);
  expect(whole.stages.map(({ label }) => label)).toEqual(['Base64', 'gzip', 'JSON']);
  const { stages, format } = await decoder.decode(text, { limits: BRIEF });
  expect({ stages, format }).toMatchObject({ stages: [{ label: 'JSON', text: '{"order":41907}' }], format: 'JSON' });
});

test('a worker that takes too long is ended, and the next text is decoded by another', async () => {
  const impatient = createDecoder({ timeLimitMs: 0 });
  const text = await packed('x'.repeat(4_000_000));
  const [first, second] = await Promise.all([impatient.decode(text), impatient.decode(await packed('{"a":1}'))]);
  expect(first).toEqual({
    stages: [{ kind: 'text', label: 'Text', text }],
    format: 'BASE64',
    stopped: 'took too long',
  });
  expect(second.stages[0]?.text).toBeDefined();
  impatient.close();
  expect(await decoder.decode(text)).toMatchObject({ format: 'BASE64' });
});

test('the details do not wait for the rows, and what nobody waits for is not decoded', async () => {
  const order: string[] = [];
  const control = new AbortController();
  const names = ['first', 'second', 'third', 'dropped', 'details'];
  const [first = '', second = '', third = '', unwanted = '', inner = ''] = await Promise.all(names.map(packed));
  const log = (name: string) => () => order.push(name);
  const asked = [
    decoder.decode(first, { limits: BRIEF }).then(log('first')),
    decoder.decode(second, { limits: BRIEF }).then(log('second')),
    decoder.decode(third, { limits: BRIEF }).then(log('third')),
    decoder.decode(inner).then(log('details')),
  ];
  const dropped = decoder.decode(unwanted, { limits: BRIEF, signal: control.signal });
  control.abort(new Error('not wanted'));
  await expect(dropped).rejects.toThrow('not wanted');
  await Promise.all(asked);
  expect(order).toEqual(['first', 'details', 'second', 'third']);
});

test('the bombs are stopped by counted work, long before the time', async () => {
  const heads = Uint8Array.from({ length: 200 }, (_, at) => [0xdd, 1, 0xff, 0xff, 0xff][at % 5] ?? 0);
  const zeros = await wrapText('\0'.repeat(30_000_000), ['base64', 'gzip', 'gzip']);
  for (const text of [bytesToBase64(heads), await packed('['.repeat(1_000_000)), zeros]) {
    const start = performance.now();
    const { stopped, format } = await decoder.decode(text, { limits: WHOLE });
    expect(stopped).not.toBe('took too long');
    expect(['BINARY', 'BASE64']).toContain(format);
    expect(performance.now() - start).toBeLessThan(4000);
  }
});
