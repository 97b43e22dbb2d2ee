import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { anyTextBomb, cborBomb, msgpackBomb } from '@/azure/bodies/bombs.fixture';
import { BRIEF, WHOLE } from '@/azure/bodies/budget';
import { wrapText } from '@/azure/bodies/encode-layers';
import { runTask } from './tasks';

/** A message text of 64 KiB at most, plain or packed, of anything. */
const messageText = fc.oneof(
  anyTextBomb.map((text) => Promise.resolve(text.slice(0, 65_536))),
  anyTextBomb.map((text) => wrapText(text.repeat(20).slice(0, 3_000_000), ['base64', 'gzip'])),
  fc.oneof(msgpackBomb, cborBomb).map((bytes) => Promise.resolve(bytesToBase64(bytes))),
);
const layout = (text: string) => runTask<'layout'>({ kind: 'layout', text });
const inserted = { id: 'a', insertedAt: new Date(0), expiresAt: null, dequeueCount: 0 };

test('whatever is in a message, what a row, the details, the columns, the editor and a file get of it is bounded', async () => {
  await fc.assert(
    fc.asyncProperty(messageText, async (promised) => {
      const text = await promised;
      const paths = ['a', 'a.a', '[0]', '[0][0]', 'no such'];
      const row = await runTask<'preview'>({ kind: 'preview', text, steps: undefined, paths });
      const line = row.preview.preview.map(({ key = '', text: piece }) => key + piece).join('');
      // 300 characters, one token over them, each of which may be named by six.
      expect(line.length).toBeLessThanOrEqual(6 * 900);
      expect([...row.values.keys()]).toEqual(paths);
      for (const value of row.values.values()) expect(value?.length ?? 0).toBeLessThanOrEqual(2000);

      const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE });
      const last = view.stages.at(-1);
      const size = last?.text?.length ?? last?.bytes?.length ?? 0;
      expect(size).toBeLessThanOrEqual(Math.max(text.length, WHOLE.bytes));
      expect(view.laidOut?.length ?? 0).toBeLessThanOrEqual(70 * size);
      expect(view.paths.length).toBeLessThanOrEqual(40);
      for (const path of view.paths) expect(path.length).toBeLessThanOrEqual(500 * 8);
      expect((await runTask<'paths'>({ kind: 'paths', text, steps: undefined, most: 5 })).length).toBeLessThanOrEqual(
        5,
      );

      const edited = await runTask<'unwrap'>({ kind: 'unwrap', text, steps: undefined });
      const isUnwrapped = edited.layers.length > 0;
      expect(isUnwrapped || edited.text === text).toBe(true);
      expect(edited.text.length).toBeLessThanOrEqual(isUnwrapped ? 256 * 1024 : text.length);
      expect(edited.text.split('\n').length).toBeLessThanOrEqual(isUnwrapped ? 20_000 : text.length + 1);
      for (const format of ['csv', 'jsonl', 'json'] as const) {
        const form = { format, fields: ['body'], guarded: true } as const;
        const message = { ...inserted, text };
        const bytes = await runTask<'row'>({ kind: 'row', text, message, form, isFirst: true });
        // Each character is three bytes, and quoted or guarded by one more, or an escape of six.
        expect(bytes.length).toBeLessThanOrEqual(6 * Math.max(size, text.length) + 20);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('a text of more parts than are read is a stopped one, as text, in the row, the details and a file', async () => {
  const json = `[${'1,'.repeat(130_000)}1]`;
  const text = await wrapText(json, ['base64', 'gzip']);
  const stopped = 'more than 250,000 parts';
  const row = await runTask<'preview'>({ kind: 'preview', text, steps: undefined, paths: [] });
  expect(row.preview.stopped).toBe(stopped);
  const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: BRIEF });
  expect(view).toMatchObject({ stopped, format: 'BASE64' });
  expect(view.laidOut).toBeUndefined();
  expect(view.stages.at(-1)).toMatchObject({ kind: 'text', text: json });
  const message = { ...inserted, text };
  const form = { format: 'jsonl', fields: ['body'], guarded: false } as const;
  const bytes = await runTask<'row'>({ kind: 'row', text, message, form, isFirst: true });
  // As it came: a part would pass for the whole.
  expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({ body: text });
});

test('a packed text that is too large for an editor is edited as it came, and says so', async () => {
  for (const inner of ['x'.repeat(300_000), '\n'.repeat(30_000)]) {
    const text = await wrapText(inner, ['base64', 'gzip']);
    expect(await runTask<'unwrap'>({ kind: 'unwrap', text, steps: undefined })).toEqual({
      text,
      layers: [],
      raw: 'The text inside is over 256 KiB or 20,000 lines.',
    });
  }
});

test('a text is laid out for the editor, unless that makes it too large for it', async () => {
  expect(await layout('{"a":1,"b":[]}')).toBe('{\n  "a": 1,\n  "b": []\n}');
  expect(await layout('<a><b/></a>')).toBe('<a>\n  <b/>\n</a>');
  const deep = '['.repeat(32) + '1,'.repeat(10_000) + '1' + ']'.repeat(32);
  expect(await layout(deep)).toBe(deep);
});

test('a file has the body by the steps that its message is shown by', async () => {
  const text = '7b2261223a317d7d';
  const form = { format: 'jsonl', fields: ['body'], guarded: false } as const;
  const row = async (steps: ['hex'] | [] | undefined) =>
    new TextDecoder().decode(
      await runTask<'row'>({ kind: 'row', text, steps, message: { ...inserted, text }, form, isFirst: true }),
    );
  expect(JSON.parse(await row(undefined))).toEqual({ body: text });
  expect(JSON.parse(await row([]))).toEqual({ body: text });
  expect(JSON.parse(await row(['hex']))).toEqual({ body: '{"a":1}}' });
});
