import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from './base64';
import {
  base64Size,
  decodeBase64ToText,
  decodeBody,
  encodeBase64,
  guessFormat,
  isJson,
  isXml,
  jsonProblem,
} from './decode-body';
import { prettyJson } from './format-json';
import { prettyXml } from './format-xml';

const base64 = bytesToBase64;

async function pack(content: string | Uint8Array<ArrayBuffer>, format: CompressionFormat = 'gzip') {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
const labels = async (text: string) => (await decodeBody(text)).stages.map((stage) => stage.label);
const line = (text: string) =>
  guessFormat(text)
    .preview.map(({ key = '', text: rest }) => key + rest)
    .join('');

/** JSON as texts, not values: numbers beyond 64 bits, duplicate keys, every escape, any blanks. */
const blank = fc.stringMatching(/^[ \t\n\r]{0,3}$/);
const jsonString = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  fc.constantFrom('"\\u0041"', '"\\/"', '"\\ud83d"', '"a b"', '"{,:}"'),
);
const scalar = fc.oneof(
  jsonString,
  fc.constantFrom('0', '-0.0', '12345678901234567890', '1E400', '1.10', 'true', 'false', 'null'),
);
const { json } = fc.letrec<{ value: string; json: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('json')),
  json: fc.oneof(
    fc
      .tuple(fc.array(fc.tuple(blank, tie('value'), blank).map((parts) => parts.join(''))), blank)
      .map(([items, space]) => (items.length > 0 ? `[${items.join(',')}]` : `[${space}]`)),
    fc
      .tuple(
        fc.array(
          fc
            .tuple(blank, jsonString, blank, tie('value'), blank)
            .map(([a, key, b, value, c]) => `${a}${key}${b}:${value}${c}`),
        ),
        blank,
      )
      .map(([members, space]) => (members.length > 0 ? `{${members.join(',')}}` : `{${space}}`)),
  ),
}));

const bare = (text: string) => text.replace(/\s/g, '');
const formatOf = async (text: string) => (await decodeBody(text)).format;

/** Drops blanks outside of strings. */
const squeezed = (text: string) =>
  text.replace(/("(?:[^"\\]|\\.)*")|[ \t\n\r]+/gs, (_, string?: string) => string ?? '');

describe('JSON', () => {
  test('is laid out with short flat parts on one line', () => {
    const text =
      '{"order":41907,"total":{"gross":184.4,"vat":30.73},"lines":[{"sku":"LMP-014-BRS","qty":2}],"none":[]}';
    expect(prettyJson(text)).toBe(
      [
        '{',
        '  "order": 41907,',
        '  "total": { "gross": 184.4, "vat": 30.73 },',
        '  "lines": [',
        '    { "sku": "LMP-014-BRS", "qty": 2 }',
        '  ],',
        '  "none": []',
        '}',
      ].join('\n'),
    );
  });

  test('keeps every token byte for byte when laid out', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(isJson(text)).toBe(true);
        expect(squeezed(prettyJson(text))).toBe(squeezed(text));
      }),
    );
  });

  test('is laid out the same the second time', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(prettyJson(prettyJson(text))).toBe(prettyJson(text));
      }),
    );
  });

  test('keeps long numbers, duplicate keys, key order and escapes', () => {
    const text = '{"b":12345678901234567890,"a":1.10,"a":"\\u0041\\/","2":0}';
    expect(squeezed(prettyJson(text))).toBe(text);
  });

  test('is recognised exactly where JSON.parse succeeds', () => {
    const nearly = fc.oneof(
      json.chain((text) => fc.nat(text.length).map((at) => text.slice(0, at) + text.slice(at + 1))),
      fc.stringMatching(/^[{}[\]",:0-9.eE+\-tru\\ ]{0,20}$/),
    );
    fc.assert(
      fc.property(nearly, (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(jsonProblem(text) === undefined).toBe(parses);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3, 'Expected a key in double quotes'],
    ['{"a": 1 "b": 2}', 1, 9, 'Expected , or }'],
    ['[1, 2', 1, 6, 'The [ is never closed'],
    ['{"a": "x', 1, 7, 'The string is never closed'],
    ['{"a": "\\x"}', 1, 8, '\\x is not an escape of JSON'],
    ['{"a" 1}', 1, 6, 'Expected : after the key'],
    ['[1,]', 1, 4, 'Expected a value'],
    ['{} {}', 1, 4, 'Nothing may follow the value'],
    ['[01]', 1, 2, 'Expected a value'],
  ])('%j is refused at line %d, column %d: %s', (text, atLine, column, message) => {
    expect(jsonProblem(text)).toMatchObject({ line: atLine, column, message });
  });

  test('of nothing but brackets neither overflows the stack nor explodes in size', () => {
    const text = '['.repeat(32_768) + ']'.repeat(32_768);
    const pretty = prettyJson(text);
    expect(squeezed(pretty)).toBe(text);
    expect(pretty.length).toBeLessThan(6_000_000);
  });
});

describe('XML', () => {
  test('is laid out with one element a line', () => {
    const text =
      '<?xml version="1.0"?><order id="1"><line sku="a"/><note>keep  <b>this</b> </note><empty> </empty></order>';
    expect(prettyXml(text)).toBe(
      [
        '<?xml version="1.0"?>',
        '<order id="1">',
        '  <line sku="a"/>',
        '  <note>keep  <b>this</b> </note>',
        '  <empty> </empty>',
        '</order>',
      ].join('\n'),
    );
  });

  test('keeps text, CDATA, comments and preserved blanks byte for byte', () => {
    const text = '<a><!-- x\n y --><b xml:space="preserve"> <c/> </b><d><![CDATA[ <no> ]]></d><e q=">"/></a>';
    expect(prettyXml(text).replace(/\n */g, '')).toBe(text.replace(/\n */g, ''));
    expect(prettyXml(text)).toContain('<b xml:space="preserve"> <c/> </b>');
  });

  const xmlText = fc.stringMatching(/^[a-z0-9 \n]{0,6}$/);
  const { element } = fc.letrec<{ element: string }>((tie) => ({
    element: fc
      .tuple(
        fc.constantFrom('a', 'b:c', 'Ü'),
        fc.array(fc.oneof({ depthSize: 'small' }, xmlText, tie('element')), { maxLength: 4 }),
      )
      .map(([name, children]) =>
        children.length > 0 ? `<${name} k="1">${children.join('')}</${name}>` : `<${name}/>`,
      ),
  }));
  test('differs from its layout in blanks only', () => {
    fc.assert(
      fc.property(element, (text) => {
        expect(isXml(text)).toBe(true);
        expect(bare(prettyXml(text))).toBe(bare(text));
        expect(prettyXml(prettyXml(text))).toBe(prettyXml(text));
      }),
    );
  });

  test.each(['<p>one<br></p>', '<a/><b/>', '<a>', 'a < b > c', '<a></b>', '<>', '<a b="', '< a/>', '<!-- only -->'])(
    'is not what %j is',
    (text) => {
      expect(isXml(text)).toBe(false);
      expect(prettyXml(text)).toBe(text);
    },
  );
});

describe('Base64', () => {
  test('gives back every well-formed text, a leading U+FEFF too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeBase64ToText(encodeBase64(text))).toBe(text);
      }),
    );
    expect(decodeBase64ToText(encodeBase64('\uFEFFx'))).toBe('\uFEFFx');
  });

  test('has the length that base64Size returns', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(base64(bytes)).toHaveLength(base64Size(bytes.length));
      }),
    );
  });

  test.each(['dGVzdB==', 'dGVzdA=', 'dGVzd A==', 'YR==', '/w=='])('%j holds no text', (text) => {
    expect(decodeBase64ToText(text)).toBeUndefined();
  });

  test.each([
    'test',
    'abcd',
    'Hello',
    'orders12',
    '12345678',
    'd41d8cd98f00b204e9800998ecf8427e',
    'AKIAIOSFODNN7EXAMPLE',
    'PaymentCapturedX',
    'ping',
  ])('the plain word %j stays text', async (text) => {
    expect(guessFormat(text).format).toBe('TEXT');
    expect(await labels(text)).toEqual(['Text']);
  });
});

describe('the decode chain', () => {
  const order = '{"id":12345678901234567890}';

  test('starts with the message text and ends with its content', async () => {
    expect(await labels('ping from worker 3')).toEqual(['Text']);
    expect(await labels(order)).toEqual(['Text', 'JSON']);
    expect(await labels('<a/>')).toEqual(['Text', 'XML']);
    expect(await labels(encodeBase64('plain words'))).toEqual(['Base64', 'Text']);
    expect(await labels(encodeBase64(order))).toEqual(['Base64', 'JSON']);
    expect(await labels(base64(await pack(order)))).toEqual(['Base64', 'gzip', 'JSON']);
    expect(await labels(base64(await pack(order, 'deflate')))).toEqual(['Base64', 'zlib', 'JSON']);
    expect(await labels(base64(await pack(await pack('<a/>'))))).toEqual(['Base64', 'gzip', 'gzip', 'XML']);
    expect(await labels(base64(Uint8Array.of(8, 0xbb, 0xc7, 2, 0x12, 7, 0x63)))).toEqual(['Base64', 'Binary']);
  });

  test('has the format of its last stage', async () => {
    expect(await formatOf('')).toBe('EMPTY');
    expect(await formatOf('x')).toBe('TEXT');
    expect(await formatOf(encodeBase64(order))).toBe('JSON');
    expect(await formatOf(encodeBase64('plain words'))).toBe('BASE64');
    expect(await formatOf(base64(await pack(Uint8Array.of(0, 1, 255))))).toBe('BINARY');
  });

  test('keeps the text of each stage exact', async () => {
    const { stages } = await decodeBody(base64(await pack(order)));
    expect(stages.at(-1)?.text).toBe(order);
    expect(stages[1]?.bytes).toEqual(await pack(order));
  });

  test('says when packed data is damaged and shows what came out', async () => {
    const packed = await pack('x'.repeat(200_000) + Array.from({ length: 5000 }, (_, n) => n).join());
    const { stages } = await decodeBody(base64(packed.subarray(0, packed.length - 900)));
    expect(stages[1]?.problem).toMatch(/^The gzip data is damaged after \d+ bytes\.$|^This is not sound gzip data\.$/);
    const junk = await decodeBody(base64(Uint8Array.of(0x1f, 0x8b, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    expect(junk.stages.at(-1)?.problem).toBe('This is not sound gzip data.');
  });

  test('unpacks no more than the limit and cuts between characters', async () => {
    const { stages } = await decodeBody(base64(await pack('é'.repeat(3_000_000))));
    expect(stages[1]?.problem).toBe('Only the first 4 MiB are unpacked.');
    expect(stages[2]).toMatchObject({ kind: 'text' });
    const odd = await decodeBody(base64(await pack(`a${'é'.repeat(3_000_000)}`)));
    expect(odd.stages[2]?.text).toHaveLength(1 + (4 * 1024 * 1024 - 2) / 2);
  });

  test('stops when its signal aborts', async () => {
    await expect(decodeBody(base64(await pack(order)), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test('takes any text at all', async () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.uint8Array().map(base64),
      fc.uint8Array().map((bytes) => base64(Uint8Array.of(0x1f, 0x8b, 8, ...bytes))),
      fc.stringMatching(/^[<>a/!?[\]"'= -]{0,16}$/),
      json,
    );
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const { stages, format } = await decodeBody(text);
        expect(stages[0]?.text).toBe(text);
        expect((guessFormat(text).format === 'EMPTY') === (format === 'EMPTY')).toBe(true);
        prettyJson(text);
        prettyXml(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the preview of a row', () => {
  test('shows JSON without outer braces and quotes, with its keys marked', () => {
    expect(guessFormat('{"order":41907,"event":"paid","to":{"id":"x","tags":["a","b"]}}')).toEqual({
      format: 'JSON',
      preview: [
        { key: 'order: ', text: '41907, ' },
        { key: 'event: ', text: 'paid, ' },
        { key: 'to: ', text: '{' },
        { key: 'id: ', text: 'x, ' },
        { key: 'tags: ', text: '[a, b]}' },
      ],
    });
    expect(line('[1, "two"]')).toBe('1, two');
  });

  test('decodes Base64 and leaves out blanks of JSON', () => {
    expect(guessFormat(encodeBase64('{\n  "a": 1\n}')).format).toBe('JSON');
    expect(line(encodeBase64('{\n  "a": 1\n}'))).toBe('a: 1');
    expect(guessFormat(encodeBase64('two\nlines'))).toEqual({ format: 'BASE64', preview: [{ text: 'two⏎lines' }] });
  });

  test('shows bytes as hex, line ends as ⏎ and XML as it is', () => {
    expect(guessFormat(base64(Uint8Array.of(8, 0xbb, 0xc7, 2, 0x12, 7, 0x63)))).toEqual({
      format: 'BINARY',
      preview: [{ text: '08 bb c7 02 12 07 63' }],
      isPacked: true,
    });
    expect(line('a\r\nb\rc\nd')).toBe('a⏎b⏎c⏎d');
    expect(guessFormat('<order xmlns="urn:oms:v2">\n</order>')).toEqual({
      format: 'XML',
      preview: [{ text: '<order xmlns="urn:oms:v2">⏎</order>' }],
    });
    expect(guessFormat('').format).toBe('EMPTY');
  });

  test('names characters that change the text direction', () => {
    expect(line('safe\u202egpj.exe')).toBe('safeU+202Egpj.exe');
    expect(line('{"\u2066a": "b\u202ec"}')).toBe('U+2066a: bU+202Ec');
    expect(line('שלום')).toBe('שלום');
  });

  test('calls what only begins like JSON text', () => {
    expect(guessFormat('{not json}').format).toBe('TEXT');
    expect(guessFormat('[ERROR] disk full').format).toBe('TEXT');
  });

  test('stays short and quick for the largest bodies', () => {
    const bodies = [
      `{"a":"${'x'.repeat(65_000)}"}`,
      `[${'1,'.repeat(32_000)}1]`,
      encodeBase64(`{"a":"${'x'.repeat(49_000)}"}`),
      'x'.repeat(65_536),
      base64(new Uint8Array(49_152).fill(200)),
    ];
    const started = performance.now();
    for (const body of bodies) {
      expect(line(body).length).toBeLessThan(1000);
    }
    expect(performance.now() - started).toBeLessThan(250);
  });

  test('decodes 64 KiB within a blink', async () => {
    const packed = await pack(JSON.stringify(Array.from({ length: 60_000 }, (_, n) => ({ n }))));
    const body = base64(packed.subarray(0, 49_000));
    const started = performance.now();
    await decodeBody(body);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
