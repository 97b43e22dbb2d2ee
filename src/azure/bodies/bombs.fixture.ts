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
export const anyTextBomb = fc.oneof(jsonBomb, xmlBomb, textBomb);
