import { describe, expect, test } from 'vitest';
import { BRIEF } from '@/azure/bodies/budget';
import { runTask } from './tasks';
import { jsonForm, xmlAsJson } from './xml-as-json';

const parsed = (text: string) => JSON.parse(xmlAsJson(text) ?? 'null') as unknown;

describe('XML as JSON', () => {
  test.each<[string, unknown]>([
    ['<a>x</a>', { a: 'x' }],
    ['<a/>', { a: '' }],
    ['<?xml version="1.0"?>\n<order id="5"><total>12.50</total></order>\n', { order: { '@id': 5, total: 12.5 } }],
    ['<o><l>1</l><m/><l>2</l></o>', { o: { l: [1, 2], m: '' } }],
    ['<n k="v">text</n>', { n: { '@k': 'v', '#text': 'text' } }],
    ['<p>one <b>two</b> three</p>', { p: { b: 'two', '#text': 'one  three' } }],
    ['<s:E xmlns:s="urn:x"><s:B/></s:E>', { 's:E': { '@xmlns:s': 'urn:x', 's:B': '' } }],
    ['<a><![CDATA[<b>&amp;</b>]]></a>', { a: '<b>&amp;</b>' }],
    ['<a>&lt;&#65;&#x42;&unknown;</a>', { a: '<AB&unknown;' }],
    [`<a one='"' two = "'" three/>`, { a: { '@one': '"', '@two': "'" } }],
    ['<a>007</a>', { a: '007' }],
    ['<a>12345678901234567890</a>', { a: '12345678901234567890' }],
    ['<a>true</a>', { a: 'true' }],
  ])('%s', (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  test.each(['', 'text', '{"a":1}', '<a>', '<a></b>', '<a/><b/>', '<a/>rest'])('none of %s', (text) => {
    expect(xmlAsJson(text)).toBeUndefined();
    expect(jsonForm(text)).toBe(text);
  });

  test('keeps names that JavaScript gives a meaning as keys', () => {
    const value = parsed('<a><__proto__>x</__proto__><constructor/></a>') as { a: object };
    expect(Object.keys(value.a)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
  });

  test('takes a hostile text in time, and no more memory than a few times its length', () => {
    const start = performance.now();
    const attributes = Array.from({ length: 30_000 }, (_, at) => `a${at}="1"`).join(' ');
    for (const text of [
      `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
      `<a ${attributes}/>`,
      `<a ${'b'.repeat(1_000_000)}/>`,
      `<a ${'= '.repeat(500_000)}/>`,
      `<a>${'&amp;'.repeat(200_000)}</a>`,
      `<a>${'<b/>'.repeat(200_000)}</a>`,
      `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]><a>${'&b;'.repeat(100_000)}</a>`,
    ])
      expect(xmlAsJson(text)?.length ?? 0).toBeLessThan(10 * text.length);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

describe('the columns of an XML body', () => {
  const text = '<order id="7"><status>failed</status><line sku="a">1</line><line sku="b">2</line></order>';

  test('are offered, its attributes too, of the first of several elements', async () => {
    const paths = await runTask({ kind: 'paths', text, steps: undefined, most: 50 });
    expect(paths).toEqual(['order["@id"]', 'order.status', 'order.line[0]["@sku"]', 'order.line[0]["#text"]']);
    const { paths: offered } = await runTask({ kind: 'view', text, steps: undefined, limits: BRIEF });
    expect(offered).toContain('order.status');
  });

  test('have the values that stand there, also packed in Base64', async () => {
    const wanted = ['order["@id"]', 'order.status', 'order.line[1]["@sku"]', 'order.none'];
    for (const sent of [text, btoa(text)]) {
      const { values } = await runTask({ kind: 'preview', text: sent, steps: undefined, paths: wanted });
      expect([...values.values()]).toEqual(['7', 'failed', 'b', undefined]);
    }
  });
});
