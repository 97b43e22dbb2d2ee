import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { WHOLE } from '@/azure/bodies/budget';
import { wrapText } from '@/azure/bodies/encode-layers';
import { createMessageIndex } from './message-index';
import { parseFilter } from './parse-filter';
import { createQueryRunner } from './run-query';
import { runTask } from './tasks';

const ORDER = '{"order":41907,"customer":{"name":"Ada Lovelace"}}';
const base64 = bytesToBase64(new TextEncoder().encode(ORDER));
const packed = await wrapText(ORDER, ['base64', 'gzip']);

/** The same order as real queues hold it. */
const BODIES: [what: string, text: string][] = [
  ['Base64 in lines', `${base64.replace(/.{20}/g, '$&\n')}\n`],
  ['Base64 without padding', base64.replace(/=+$/, '')],
  ['Base64 of the URL alphabet', base64.replaceAll('+', '-').replaceAll('/', '_')],
  ['Base64 in Base64', btoa(base64)],
  ['a JSON string', JSON.stringify(ORDER)],
  ['a JSON string without its quotes', JSON.stringify(ORDER).slice(1, -1)],
  ['a JSON string of Base64', JSON.stringify(base64)],
  ['Python bytes', `b'${ORDER}'`],
  ['Python bytes of Base64', `b'${base64}'`],
  ['XML escapes', ORDER.replaceAll('"', '&quot;')],
  ['URL escapes of Base64', encodeURIComponent(base64)],
  ['a NUL at the end', btoa(`${ORDER}\0`)],
  ['gzip in lines', packed.replace(/.{20}/g, '$&\r\n')],
];

describe.each(BODIES)('%s', (_, text) => {
  test('is one order to the row, the columns, the details, the editor, a file and the search', async () => {
    const row = await runTask<'preview'>({
      kind: 'preview',
      text,
      steps: undefined,
      paths: ['order', 'customer.name'],
    });
    expect(row.preview.format).toBe('JSON');
    expect([...row.values.values()]).toEqual(['41907', 'Ada Lovelace']);

    const view = await runTask<'view'>({ kind: 'view', text, steps: undefined, limits: WHOLE });
    expect(view.stages.at(-1)?.text).toBe(ORDER);
    expect(view.paths).toContain('order');

    const edited = await runTask<'unwrap'>({ kind: 'unwrap', text, steps: undefined });
    expect(edited.text).toBe(ORDER);
    expect(edited.raw).toBeUndefined();
    const isPacked = edited.layers.includes('gzip');
    expect(isPacked || (await wrapText(edited.text, edited.layers)) === text).toBe(true);

    const message = { id: 'a', insertedAt: new Date(0), expiresAt: null, dequeueCount: 0, text };
    const form = { format: 'jsonl', fields: ['body'], guarded: false } as const;
    const file = await runTask<'row'>({ kind: 'row', text, message, form, isFirst: true });
    expect(JSON.parse(new TextDecoder().decode(file))).toEqual({ body: ORDER });

    const index = createMessageIndex();
    index.put({ slot: 0, id: 'a', text, insertedAt: 0, expiresAt: 1, dequeueCount: 0, size: 1, leaseEnds: null });
    const { terms } = parseFilter('Lovelace format:json');
    const query = { terms, expressions: ['customer.name = "Ada Lovelace"'] };
    const found = await createQueryRunner(index).run(
      query,
      0,
      () => true,
      () => {},
    );
    expect([...(found?.slots ?? [])]).toEqual([0]);
  });
});

test.each([
  ['a pickle', btoa('\u0080\u0004\u0095}\u008c\u0005order.')],
  ['an image', btoa('\u0089PNG\r\n\u001a\n\0\0\0\u0001\u00ff')],
  ['gzip that is cut off', packed.slice(0, -12)],
  ['Base64 that is cut off', base64.slice(0, 41)],
])('%s goes into a file as it came, since what is read is not the whole', async (_, text) => {
  const message = { id: 'a', insertedAt: new Date(0), expiresAt: null, dequeueCount: 0, text };
  const form = { format: 'jsonl', fields: ['body'], guarded: false } as const;
  const file = await runTask<'row'>({ kind: 'row', text, message, form, isFirst: true });
  expect(JSON.parse(new TextDecoder().decode(file))).toEqual({ body: text });
});
