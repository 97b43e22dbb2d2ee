import fc from 'fast-check';

export const bytesOf = (...parts: (number | ArrayLike<number>)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? part : Array.from(part))));
export const repeated = (piece: readonly number[], count: number) => Array.from({ length: count }, () => piece).flat();

/** A length that a head announces, and that need not be true. */
const announced = fc.oneof(fc.nat(30), fc.constantFrom(0xffff, 0x7fff_ffff, 0xffff_ffff));
const bigEndian = (value: number, width: number) =>
  Array.from({ length: width }, (_, at) => Math.floor(value / 256 ** (width - 1 - at)) % 256);
const tail = fc.uint8Array({ maxLength: 40 });
/** MessagePack by its grammar: heads that announce, and heads in heads. */
export const msgpackBomb = fc
  .array(
    fc.oneof(
      announced.map((count) => [0xdd, ...bigEndian(count, 4)]),
      announced.map((count) => [0xdf, ...bigEndian(count, 4)]),
      announced.map((count) => [0xdb, ...bigEndian(count, 4)]),
      announced.map((count) => [0xc6, ...bigEndian(count, 4)]),
      announced.map((count) => [0xc9, ...bigEndian(count, 4), 0xff]),
      fc
        .tuple(fc.constantFrom(0x91, 0x81, 0x92, 0x82, 0xa1, 0xc0, 0xd6, 0xcf), fc.nat(3000))
        .map(([head, count]) => repeated([head], count)),
    ),
    { maxLength: 60 },
  )
  .chain((heads) => tail.map((rest) => bytesOf(heads.flat(), rest)));
/** CBOR likewise. */
export const cborBomb = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(0x5a, 0x7a, 0x9a, 0xba), announced)
        .map(([head, count]) => [[head], bigEndian(count, 4)].flat()),
      announced.map((count) => [[0xc2, 0x5a], bigEndian(count, 4), repeated([0xff], Math.min(count, 5000))].flat()),
      fc.constantFrom([0xc1, 0xfb], [0xc2, 0x5f, 0x41, 0xff], [0x7f, 0x60], [0xd9, 0xd9, 0xf7]),
      fc
        .tuple(fc.constantFrom(0x9f, 0xbf, 0x81, 0xa1, 0x5f, 0x40, 0x60, 0xc0, 0xc3, 0xff, 0xf9), fc.nat(3000))
        .map(([head, count]) => repeated([head], count)),
    ),
    { maxLength: 60 },
  )
  .chain((heads) => tail.map((rest) => bytesOf(heads.flat(), rest)));
const piece = (...pieces: string[]) =>
  fc
    .array(
      fc.tuple(fc.constantFrom(...pieces), fc.nat(2000)).map(([one, count]) => one.repeat(count)),
      { maxLength: 6 },
    )
    .map((all) => all.join(''));
/** JSON and what nearly is, nested and repeated. */
export const jsonBomb = piece(
  '[',
  ']',
  '{"a":',
  '}',
  '[[1],',
  '"',
  '\\"',
  '{"":[',
  ']}',
  '9',
  '-',
  '0',
  ' ',
  '\n',
  'e',
  '.5,',
  ',',
);
/** XML likewise. */
export const xmlBomb = piece(
  '<a>',
  '</a>',
  '<a',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE a',
  '[',
  '>',
  ' ',
  '"',
  '<?',
  '\n',
);

const littleEndian = (value: number, width: number) => bigEndian(value, width).toReversed();
/** Protocol Buffers likewise: lengths that are not true, and messages in messages. */
export const protobufBomb = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(0x0a, 0x12, 0xfa, 0x0b), fc.nat(3000)).map(([byte, count]) => repeated([byte], count)),
      fc.tuple(fc.nat(127), fc.nat(127)).map(([size, byte]) => [0x0a, size].concat(repeated([byte], size))),
      fc.nat(60).map((levels) => Array.from({ length: levels }, (_, at) => [0x0a, 2 * (levels - at - 1)]).flat()),
      fc.constantFrom([0x08, ...repeated([0xff], 12)], [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x0d], [0x09, 1]),
    ),
    { maxLength: 30 },
  )
  .chain((fields) => tail.map((rest) => bytesOf(fields.flat(), rest)));
/** BSON: its own length is true, those inside are not. */
export const bsonBomb = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(2, 3, 4, 5), announced)
        .map(([type, size]) => [[type, 0x61, 0], littleEndian(size, 4), [0]].flat()),
      fc.tuple(fc.constantFrom(3, 4), fc.nat(800)).map(([type, count]) => repeated([type, 0x61, 0, 9, 0, 0, 0], count)),
      fc.tuple(fc.constantFrom(10, 0, 1, 0x0b, 0x11), fc.nat(2000)).map(([type, count]) => repeated([type, 0], count)),
    ),
    { maxLength: 20 },
  )
  .map((elements) => bytesOf(littleEndian(elements.flat().length + 5, 4), elements.flat(), 0));
/** Binary XML of .NET: elements in elements, and texts that are longer than there is. */
export const dataContractBomb = fc
  .array(
    fc.oneof(
      fc.nat(1200).map((count) => repeated([0x40, 1, 0x61], count)),
      fc.nat(2000).map((count) => repeated([0x01], count)),
      announced.map((size) => [0x9c].concat(littleEndian(size, 4))),
      fc
        .tuple(fc.constantFrom(0x82, 0x85, 0x9a, 0x04, 0x08, 0xaa), fc.nat(2000))
        .map(([byte, count]) => repeated([byte], count)),
      fc.nat(200).map((count) => [0x98, count].concat(repeated([0x26], count))),
    ),
    { maxLength: 20 },
  )
  .map((records) => bytesOf([0x40, 1, 0x61, 8, 1, 0x62], records.flat()));
/** A zip archive whose directory declares what is not there: entries over one another, of any size, and many. */
export const zipBomb = fc
  .tuple(
    fc.array(fc.tuple(announced, announced, announced, fc.constantFrom(0, 8, 9, 12)), { maxLength: 40 }),
    announced,
    tail,
  )
  .map(([entries, count, rest]) => {
    const local = [0x50, 0x4b, 3, 4, ...repeated([0], 26)];
    const directory = entries.flatMap(([packed, size, at, method]) =>
      [
        [0x50, 0x4b, 1, 2, 0, 0, 0, 0, 0, 0, method, 0],
        repeated([0], 8),
        littleEndian(packed, 4),
        littleEndian(size, 4),
        [1, 0, 0, 0, 0, 0],
        repeated([0], 8),
        littleEndian(at, 4),
        [0x61],
      ].flat(),
    );
    const start = local.length + rest.length;
    const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...littleEndian(count % 65_536, 2), ...littleEndian(count % 65_536, 2)];
    return bytesOf(local, rest, directory, end, littleEndian(directory.length, 4), littleEndian(start, 4), 0, 0);
  });
const SCHEMAS = [
  '"null"',
  '{"type":"array","items":"null"}',
  '{"type":"map","values":"null"}',
  '{"type":"record","name":"R","fields":[{"name":"r","type":["null","R"]}]}',
  '{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}',
  '{"type":"record","name":"R","fields":[]}',
  '{"type":"record","name":"R"}',
  `{"type":"record","name":"R","fields":[${Array.from({ length: 300 }, (_, at) => `{"name":"${'n'.repeat(50)}${at}","type":"null"}`).join()}]}`,
  '{"type":{"type":{"type":"R"}}}',
  '{"type":"fixed","name":"F","size":0}',
  '{"type":"fixed","name":"F","size":1e99}',
  '{"type":"enum","name":"E"}',
  '[[[["null"]]]]',
  '{"type":"R","name":"R"}',
  `${'['.repeat(300)}"null"${']'.repeat(300)}`,
  '{',
];
/** An Avro file: a schema that has nothing in it, itself in it, or much, with counts that are not true. */
export const avroBomb = fc
  .tuple(
    fc.constantFrom(...SCHEMAS),
    fc.constantFrom('null', 'deflate', 'snappy'),
    fc.uint8Array({ maxLength: 200 }),
    fc.boolean(),
  )
  .map(([schema, codec, data, isMany]) => {
    const text = (one: string) => [...zigzag(one.length), ...Array.from(one, (char) => char.charCodeAt(0))];
    const count = isMany ? [0xfe, 0xff, 0xff, 0xff, 0xff, 0x7f] : [6];
    return bytesOf(
      [0x4f, 0x62, 0x6a, 1, 4, ...text('avro.schema'), ...text(schema), ...text('avro.codec'), ...text(codec), 0],
      repeated([7], 16),
      count,
      zigzag(data.length),
      data,
      repeated([7], 16),
    );
  });
const zigzag = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value * 2;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
};
/** Texts in texts: literals, escapes, Base64 and URL escapes around one another and around what does not end. */
export const layersBomb = fc
  .tuple(
    piece(
      "b'",
      "'",
      '"',
      '\\x41',
      '\\',
      '&amp;',
      '&lt;',
      '&#60;',
      '%25',
      '%2541',
      'eyJh',
      '`',
      'data:;base64,',
      '1, 2,',
      '[-1 ',
      'bytearray(b"',
      '7b',
      '\0',
      '=',
      '\n',
      ' ',
      '{',
      '\\"',
    ),
    fc.array(fc.constantFrom('base64', 'json', 'xml', 'python', 'url', 'hex', 'lines', 'nul'), { maxLength: 12 }),
  )
  .map(([inner, layers]) => layers.reduce(layered, inner.slice(0, 3000)));
function layered(text: string, layer: string): string {
  if (text.length > 40_000) return text;
  const bytes = new TextEncoder().encode(text);
  switch (layer) {
    case 'json':
      return JSON.stringify(text);
    case 'xml':
      return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    case 'python':
      return `b'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
    case 'url':
      return encodeURIComponent(text.toWellFormed());
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'nul':
      return `${text}\0\0`;
  }
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return layer === 'lines' ? base64.replace(/.{60}/g, '$&\n') : base64;
}

/** Text that is no format: what is invisible, turns the direction, begins a formula, or is nearly an encoding. */
export const textBomb = piece(
  '\u200b',
  '\u202e',
  'a\u0301',
  '\u0000',
  '\u{1f469}\u200d',
  '\n',
  '\r',
  '\t',
  ' ',
  'a',
  '=',
  ';=',
  '\n"=',
  '"',
  ',',
  '%20',
  '%',
  '+',
  'a=b&',
  '0f',
  'AAAA',
  '{{counter}}',
  '{{',
  '}}',
  '{{ uuid',
  '$(',
  '`',
  "'",
  '\\',
);

/** Any of the texts. */
export const anyTextBomb = fc.oneof(jsonBomb, xmlBomb, textBomb, layersBomb);
