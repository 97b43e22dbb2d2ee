import { encode as msgpack } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { bytesToBase64 } from '../base64';
import { chain } from '../chain.fixture';
import { decodeBody } from '../decode-body';
import { wrapText } from '../encode-layers';
import { unwrapText } from '../unwrap-text';
import { avroFile, bson, dataContract, packed, protobuf, zipped } from './real-bodies.fixture';

const ORDER = '{"order":41907,"event":"created"}';
const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (content: string | ArrayLike<number>) =>
  bytesToBase64(typeof content === 'string' ? utf8(content) : Uint8Array.from(content));
const hex = (text: string, between = '') =>
  Array.from(utf8(text), (byte) => byte.toString(16).padStart(2, '0')).join(between);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const joined = (...parts: ArrayLike<number>[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

/** Two bytes that need `+` and `/`, or `-` and `_`. */
const MARKED = '{"q":"ÿ?>~ÿ","order":4190}';

describe('Base64 as decoders in the field accept it', () => {
  test.each([
    [
      'lines of 60 with a line feed at the end',
      'eyJvcmRlciI6NDE5MDcsImV2ZW50IjoiY3JlYXRlZCIsImN1c3RvbWVyIjp7\nIm5hbWUiOiJBZGEgTG92ZWxhY2UiLCJ0aWVyIjoiZ29sZCJ9LCJub3RlIjoi\nTGVhdmUgYXQgdGhlIGRvb3IifQ==\n',
    ],
    ['the URL alphabet without padding', 'eyJxIjoiw7w_Pn7DvyIsIm9yZGVyIjo0MTkwN30'],
    ['lines of 16 with CRLF', base64(ORDER).replace(/.{16}/g, '$&\r\n')],
    ['blanks inside', base64(ORDER).replace(/.{4}/g, '$& ')],
    ['tabs and blanks around', `\t ${base64(ORDER)} \n`],
    ['a line feed at the end', `${base64(ORDER)}\n`],
    ['no padding', base64(`${ORDER} `).replace(/=+$/, '')],
    ['the URL alphabet with padding', base64(MARKED).replaceAll('+', '-').replaceAll('/', '_')],
    ['lines of 4 without padding', base64(`${ORDER} `).replace(/=+$/, '').replace(/.{4}/g, '$&\n')],
    ['form feeds and vertical tabs between', base64(ORDER).replace(/.{20}/g, '$&\f\v')],
    ['too much padding', `${base64(`${ORDER} `)}=`],
    ['too little padding', base64(`${ORDER}  `).replace(/=+$/, '=')],
    ['a byte order mark before it', `\ufeff${base64(ORDER)}`],
    ['XML without padding', base64('<order id="7"/>  ').replace(/=+$/, '')],
  ])('%s', async (_, text) => {
    const { labels, format } = await chain(text);
    expect(labels).toMatch(/^Base64 → (JSON|XML)$/);
    expect(['JSON', 'XML']).toContain(format);
    const { text: inner, layers, raw } = await unwrapText(text);
    // What cannot be written so again is edited as it came, with no layers.
    expect(await wrapText(inner, layers)).toBe(text);
    expect(raw === undefined).toBe(!/^\ufeff|=$/.test(text) || text.length % 4 === 0);
  });

  test('an edited text is written in lines of the same width', async () => {
    const text = base64('{"a":"0123456789"}').replace(/.{8}/g, '$&\n');
    const { layers } = await unwrapText(text);
    const edited = await wrapText('{"a":"0123456789, and more"}', layers);
    expect(edited).toBe('eyJhIjoi\nMDEyMzQ1\nNjc4OSwg\nYW5kIG1v\ncmUifQ==\n');
  });

  test('gzip in lines, and words beyond doubt', async () => {
    const text = base64(await packed(ORDER)).replace(/.{20}/g, '$&\n');
    expect(await chain(text)).toMatchObject({ labels: 'Base64 → gzip → JSON', text: ORDER });
    const words = base64('Leave at the door').replace(/=+$/, '');
    expect(await chain(words)).toMatchObject({ labels: 'Base64 → Text', text: 'Leave at the door', format: 'BASE64' });
  });
});

describe('one more layer inside of a text', () => {
  test.each([
    ["b'eyJvcmRlciI6NDE5MDd9'", 'Python bytes → Base64 → JSON', '{"order":41907}'],
    ['"{\\"order\\":41907,\\"note\\":\\"a\\"}"', 'JSON string → JSON', '{"order":41907,"note":"a"}'],
    [
      '{&quot;order&quot;:41907,&quot;note&quot;:&quot;a &amp;lt; b&quot;}',
      'XML escapes → JSON',
      '{"order":41907,"note":"a &lt; b"}',
    ],
    [`b'{"note":"Zo\\xc3\\xab","n":1}'`, 'Python bytes → JSON', '{"note":"Zoë","n":1}'],
    [`b"{'a': 1}\\n"`, 'Python bytes → Text', "{'a': 1}\n"],
    [`bytearray(b'${ORDER}')`, 'Python bytes → JSON', ORDER],
    [`'${ORDER}'`, 'Quotes → JSON', ORDER],
    [`data:application/json;base64,${base64(ORDER)}`, 'Data URL → Base64 → JSON', ORDER],
    [`data:application/json;charset=utf-8,${encodeURIComponent(ORDER)}`, 'Data URL → URL-encoded → JSON', ORDER],
    [`[${utf8(ORDER).join(' ')}]`, 'Byte list → JSON', ORDER],
    [utf8(ORDER).join(','), 'Byte list → JSON', ORDER],
    ['{\\u0022order\\u0022:41907}', 'JSON string → JSON', '{"order":41907}'],
    [`b'plain words'`, 'Python bytes → Text', 'plain words'],
    [base64(base64(ORDER)), 'Base64 → Base64 → JSON', ORDER],
    [base64(base64(base64(ORDER))), 'Base64 → Base64 → Base64 → JSON', ORDER],
    [JSON.stringify(base64(ORDER)), 'JSON string → Base64 → JSON', ORDER],
    [JSON.stringify('<a b="1"/>'), 'JSON string → XML', '<a b="1"/>'],
    [JSON.stringify(JSON.stringify(ORDER)), 'JSON string → JSON string → JSON', ORDER],
    ['{\\"order\\":41907}', 'JSON string → JSON', '{"order":41907}'],
    ['&lt;order id=&#34;7&#x22;/&gt;', 'XML escapes → XML', '<order id="7"/>'],
    ['{&amp;quot;a&amp;quot;:1}', 'XML escapes → XML escapes → JSON', '{"a":1}'],
    [base64(`${ORDER}\0`), 'Base64 → Trailing NUL → JSON', ORDER],
    [base64('plain words\0\0\0'), 'Base64 → Trailing NUL → Text', 'plain words'],
    [encodeURIComponent(base64(`${ORDER} `)), 'URL-encoded → Base64 → JSON', `${ORDER} `],
    [encodeURIComponent(encodeURIComponent(ORDER)), 'URL-encoded → URL-encoded → JSON', ORDER],
    [hex(ORDER), 'Hex → JSON', ORDER],
    [hex(ORDER, ' '), 'Hex → JSON', ORDER],
    [`0x${hex(ORDER).toUpperCase()}`, 'Hex → JSON', ORDER],
    [hex(base64(ORDER)), 'Hex → Base64 → JSON', ORDER],
    [base64(hex(ORDER)), 'Base64 → Hex → JSON', ORDER],
    [base64(JSON.stringify(ORDER)), 'Base64 → JSON string → JSON', ORDER],
    [base64(`b'${ORDER}'`), 'Base64 → Python bytes → JSON', ORDER],
  ])('%s', async (text, labels, inner) => {
    expect(await chain(text)).toMatchObject({ labels, text: inner });
    const { text: edited, layers, raw } = await unwrapText(text);
    expect(edited).toBe(raw === undefined ? inner : text);
    expect(raw ?? '').toMatch(/^$|cannot be written again exactly/);
    expect(await wrapText(edited, layers)).toBe(text);
  });

  test('what is edited most is written again exactly', async () => {
    for (const [text, layers] of [
      ["b'eyJvcmRlciI6NDE5MDd9'", ['python-bytes', 'base64']],
      ['"{\\"order\\":41907}"', ['json-string', undefined]],
      [base64(`${ORDER}\0\0`), ['base64', 'nul 2']],
    ] as const)
      expect((await unwrapText(text)).layers).toEqual(layers.filter((layer) => layer !== undefined));
  });

  test('the cause of Python bytes and of NULs is named', async () => {
    expect((await chain("b'eyJvcmRlciI6NDE5MDd9'")).problem).toMatch(/str\(bytes\) of Python.*consumers fail/);
    expect((await chain(base64(`${ORDER}\0\0`))).problem).toBe(
      'It ends with 2 NUL characters, which are no part of the text.',
    );
  });

  test.each([
    ['a JSON string of words', '"hello world"'],
    ['a number', '41907'],
    ['words with an ampersand', 'Smith &amp; Sons'],
    ['a quoted word that is no literal', "b'not closed"],
    ['two literals', "b'a' b'b'"],
    ['escapes of HTML in words', 'a &lt; b and c'],
    ['an unknown escape', '"{\\x}"'],
    ['a percent sign', 'up 100%25 now'],
  ])('%s stays text', async (_, text) => {
    expect(await chain(text)).toMatchObject({ labels: 'Text', format: 'TEXT' });
  });
});

const gzipped = await packed(ORDER);

describe('bytes with a signature', async () => {
  test.each<[string, ArrayLike<number> | string, RegExp, string]>([
    [
      'zip',
      'UEsDBBQAAAAIAAAAAACkKsyhiAAAAKsAAAAKAAAAb3JkZXIuanNvbjXNsQrCMBRG4VcJ/3wLaSmI2QQ3KwiO4hCaixbbXExvA1Ly7tKh83fgrJAUOMG19dEeCJw5Khz6xF45gNAvs8q0JSuinxgOp+BNJ5lH3zMIOmyKl4wBhTAOkWe4x4r5s8Chu94qW7cgfPUH1xTa5Xy/VNY2u9TlSYii26Jjn9l4NfpmE0QSyh9QSwECFAAUAAAACAAAAAAApCrMoYgAAACrAAAACgAAAAAAAAAAAAAAAAAAAAAAb3JkZXIuanNvblBLBQYAAAAAAQABADgAAACwAAAAAAA=',
      /^Base64 → zip archive, order\.json → JSON$/,
      'Lovelace',
    ],
    [
      'DataContract',
      'QAZzdHJpbmcIM2h0dHA6Ly9zY2hlbWFzLm1pY3Jvc29mdC5jb20vMjAwMy8xMC9TZXJpYWxpemF0aW9uL5qrAHsib3JkZXIiOjQxOTA3LCJldmVudCI6ImNyZWF0ZWQiLCJjdXN0b21lciI6eyJuYW1lIjoiQWRhIExvdmVsYWNlIiwidGllciI6ImdvbGQifSwibGluZXMiOlt7InNrdSI6IkxNUC0wMTQiLCJxdHkiOjJ9LHsic2t1IjoiRFNLLTAwMiIsInF0eSI6MX1dLCJub3RlIjoiTGVhdmUgYXQgdGhlIGRvb3IifQ==',
      /^Base64 → DataContract, string → JSON$/,
      'Lovelace',
    ],
    [
      'Latin-1',
      'eyJ2aWxsZSI6Ik9ybOlhbnMiLCJub3RlIjoiTGl2cullIOAgOGgiLCJwcml4IjoiMjQgoyJ9',
      /^Base64 → Windows-1252 → JSON$/,
      '{"ville":"Orléans","note":"Livrée à 8h","prix":"24 £"}',
    ],
    [
      'zip of three',
      await zipped([
        { name: 'a.json', text: ORDER },
        { name: 'b.txt', text: 'b' },
        { name: 'c', text: 'c' },
      ]),
      /zip archive, 3 files: a\.json, b\.txt, c/,
      'a.json  33 bytes',
    ],
    ['Avro', await avroFile(41907, 'ring'), /Avro file, Order → JSON/, '[{"order":41907,"note":"ring"}]'],
    [
      'Avro, deflate',
      await avroFile(41907, 'ring twice, please', 'deflate'),
      /Avro file, Order → JSON/,
      '[{"order":41907,"note":"ring twice, please"}]',
    ],
    ['Avro, zstandard', await avroFile(41907, 'ring', 'zstandard'), /Avro file, Order → JSON/, '"name":"Order"'],
    [
      'protobuf',
      protobuf(41907, 'created'),
      /Looks like protobuf → JSON/,
      '{"1":41907,"2":"created","3":{"1":"LMP-014","2":2}}',
    ],
    ['BSON', bson(41907, 'ring'), /BSON → JSON/, '{"order":41907,"note":"ring"}'],
    [
      'DataContract of bytes',
      joined(
        [0x40, 12],
        utf8('base64Binary'),
        [8, 51],
        utf8('http://schemas.microsoft.com/2003/10/Serialization/'),
        [0x9f, gzipped.length],
        gzipped,
      ),
      /DataContract, base64Binary → gzip → JSON/,
      ORDER,
    ],
    [
      'DataContract of an object',
      joined(
        [0x40, 5],
        utf8('Order'),
        [8, 10],
        utf8('http://a/b'),
        [0x40, 2],
        utf8('Id'),
        [0x8d, 0xb3, 0xa3, 0, 0, 0x40, 4],
        utf8('Note'),
        [0x99, 4],
        utf8('ring'),
        [1],
      ),
      /DataContract, Order → XML/,
      '<Order xmlns="http://a/b"><Id>41907</Id><Note>ring</Note></Order>',
    ],
    ['a string of DataContract', dataContract('plain words'), /DataContract, string → Text/, 'plain words'],
    ['gzip behind a length', joined([ORDER.length, 0, 0, 0], gzipped), /Length, 4 bytes → gzip → JSON/, ORDER],
    [
      'gzip behind a length, big-endian',
      joined([0, 0, 0, ORDER.length], gzipped),
      /Length, 4 bytes, big-endian → gzip → JSON/,
      ORDER,
    ],
    ['JSON behind a length', joined([0, 0, 0, ORDER.length], utf8(ORDER)), /Length.*→ JSON/, ORDER],
    ['JSON behind the number of its schema', joined([0, 0, 0, 0, 9], utf8(ORDER)), /Schema number.* → JSON/, ORDER],
    [
      'a frame of gRPC',
      joined([0, 0, 0, 0, protobuf(1, 'ring').length], protobuf(1, 'ring')),
      /gRPC frame → Looks like protobuf → JSON/,
      '"ring"',
    ],
    ['a value of AMQP', joined([0, 0x53, 0x77, 0xa1, ORDER.length], utf8(ORDER)), /AMQP value → Texts in it/, ORDER],
    ['a string of BinaryWriter', joined([3], utf8('{} ')), /Length → JSON/, '{} '],
    [
      'pickle',
      joined([0x80, 3, 0x7d, 0x71, 0, 0x58, 5, 0, 0, 0], utf8('order'), [0x4a, 1, 2, 3, 4, 0x73, 0x2e]),
      /Python pickle, protocol 3 → Texts/,
      'order',
    ],
    ['Java', joined([0xac, 0xed, 0, 5, 0x74, 0, 5], utf8('hello')), /Java object, String → Texts/, 'hello'],
    [
      'UTF-16 big-endian',
      joined([0xfe, 0xff], Array.from(ORDER, (char) => [0, char.charCodeAt(0)]).flat()),
      /UTF-16 → JSON/,
      ORDER,
    ],
    ['UTF-32', Array.from(ORDER, (char) => [char.charCodeAt(0), 0, 0, 0]).flat(), /UTF-32 → JSON/, ORDER],
    ['words in Latin-1', latin1('Livrée à 8h, Orléans'), /Windows-1252 → Text/, 'Livrée à 8h, Orléans'],
    [
      'XML in Latin-2 that says so',
      joined(utf8('<?xml version="1.0" encoding="windows-1250"?><n>'), [0xb3, 0xf3, 0x64, 0x9f], utf8('</n>')),
      /Windows-1250 → XML/,
      'łódź',
    ],
    [
      'Korean',
      joined(utf8('{"note":"'), [0xc1, 0xd6, 0xb9, 0xae, 0xc0, 0xcc], utf8('"}')),
      /EUC-KR → JSON/,
      '{"note":"주문이"}',
    ],
  ])('%s', async (_, content, labels, text) => {
    const found = await chain(typeof content === 'string' ? content : base64(content));
    expect(found.labels).toMatch(labels);
    expect(found.text).toContain(text);
  });

  test.each([
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 4, 0x58]],
    ['LZ4', [4, 0x22, 0x4d, 0x18, 0x64, 0x40]],
    ['Snappy', [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x31, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0xff]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ['PNG image', [0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa]],
    ['JPEG image', [0xff, 0xd8, 0xff, 0xe0]],
    ['PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0, 0xff]],
    ['Parquet file', [0x50, 0x41, 0x52, 0x31, 0x15, 0]],
    ['Thrift call', [0x80, 1, 0, 1, 0, 0, 0, 4]],
  ])('%s is named', async (name, bytes) => {
    const { labels, format } = await chain(base64([...bytes, 0xff, 0xfe, 0, 0x81, 0xc1, 0x90, 0xc1]));
    expect(labels.startsWith(`Base64 → ${name}`)).toBe(true);
    expect(format).toBe('BINARY');
  });

  test.each([
    ['zstd, 171 bytes unpacked', [0x28, 0xb5, 0x2f, 0xfd, 0x20, 171, ...Array<number>(20).fill(0xc1)]],
    [
      'PNG image, 640 × 480',
      [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 2, 128, 0, 0, 1, 224],
    ],
    ['tar archive, order.json', [...utf8('order.json'), ...Array<number>(247).fill(0), ...utf8('ustar'), 0, 0xc1]],
  ])('%s is named with what its head says', async (label, bytes) => {
    expect((await chain(base64(bytes))).labels).toBe(`Base64 → ${label}`);
  });

  test('a text that is cut off in a character, and one with a wrong byte, are UTF-8', async () => {
    const text = '{"note":"Größe, Zoë, Łukasz';
    const cut = utf8(`${text}é`);
    expect(await chain(base64(cut.subarray(0, cut.length - 1)))).toMatchObject({
      labels: 'Base64 → UTF-8, damaged → Text',
      text,
      problem: 'The text is cut off inside of a character.',
    });
    const wrong = joined(utf8('{"a":"Größe, Zoë, Łukasz'), [0xff], utf8('"}'));
    expect(await chain(base64(wrong))).toMatchObject({
      labels: 'Base64 → UTF-8, damaged → JSON',
      problem: 'The bytes are no UTF-8 in 1 place, which are shown as U+FFFD.',
    });
  });

  test('Base64 that is cut off is read as far as it goes, and says so', async () => {
    for (const lost of [1, 2, 3, 5]) {
      const found = await chain(base64(`${ORDER} `).replace(/=+$/, '').slice(0, -lost));
      expect(found.text?.startsWith('{"order":41907,"event":"creat')).toBe(true);
    }
    const cut = await chain(base64(ORDER).slice(0, 41));
    expect(cut.problem).toBe('The Base64 is cut off: its last character is no whole byte.');
  });

  test('Base64 whose + have become blanks is read, and the cause is named', async () => {
    const inner = '{"order":41907,"event":"created","a":">>>>>>"}';
    const text = base64(inner).replaceAll('+', ' ');
    expect(text).toContain(' ');
    expect(await chain(text)).toMatchObject({
      labels: 'Base64 → JSON',
      text: inner,
      problem: expect.stringMatching(/blanks/),
    });
    expect(await unwrapText(text)).toMatchObject({ text, layers: [], raw: expect.stringMatching(/exactly/) });
  });

  test('what is wrong with a charset is said', async () => {
    expect((await chain('eyJ2aWxsZSI6Ik9ybOlhbnMiLCJub3RlIjoiTGl2cullIOAgOGgiLCJwcml4IjoiMjQgoyJ9')).problem).toBe(
      'The bytes are not UTF-8. They are read as Windows-1252.',
    );
  });
});

describe('an id or a token', () => {
  test.each([
    'tGLpdwjeK8z9U8dbKpuYy7P6',
    'k3JpT0xW9vQz2LmN8sBd4Rf6Yh1Gc7Xa',
    'V1StGXR8_Z5jdHi6B-myT',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'c2a8c77e-3c7c-4b45-8a2b-6f1c35d84d1c',
    'cjld2cjxh0000qzrmn831i7rn',
    '9Qm7hZ2xYtLw4KcVbN8pRs3DfGjH6TaE',
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'AKIAIOSFODNN7EXAMPLE',
    '5f2b18e3a9c04d7e8b6f1a2c3d4e5f60',
    'ya29.a0AfH6SMBx-4Zk',
    'PaymentCapturedX',
    'OrderCreatedEventHandlerV2',
  ])('%s stays text, and is not shown as bytes', async (text) => {
    expect(await chain(text)).toMatchObject({ labels: 'Text', format: 'TEXT', text });
  });

  test('the details say that it may be Base64', async () => {
    const { notes } = await decodeBody('tGLpdwjeK8z9U8dbKpuYy7P6');
    expect(notes).toEqual([{ label: 'Base64', message: 'May be Base64 of 18 bytes, but nothing in them tells.' }]);
  });

  test('padding is a sign, and so is what is inside', async () => {
    expect((await chain('/wEC/4AB+g==')).labels).toBe('Base64 → Binary');
    expect((await chain(base64(msgpack({ order: 7, note: 'x1' })).replace(/=+$/, ''))).labels).toBe(
      'Base64 → MessagePack → JSON',
    );
  });
});
