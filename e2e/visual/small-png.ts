import { deflateSync, inflateSync } from 'node:zlib';

const HEAD = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
/** Kind of colours in a PNG: with a palette. */
const PALETTE = 3;
const KIND_AT = 25;
const MOST_COLOURS = 256;

/**
 * The same picture in at most 256 colours, in about a third of the bytes. A picture that has a palette stays as it is. Takes 8-bit RGB or RGBA without interlacing, as browsers write it.
 */
export function smallPng(png: Buffer): Buffer {
  if (png[KIND_AT] === PALETTE) return png;
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const pixels = pixelsOf(png, width, height);

  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = paletteOf([...counts].toSorted(([, one], [, other]) => other - one).map(([colour]) => colour));
  const places = new Map(palette.map((colour, place) => [colour, place]));
  for (const colour of counts.keys()) if (!places.has(colour)) places.set(colour, nearest(palette, colour));

  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(pixels[y * width + x] ?? 0) ?? 0;
  const header = Buffer.from(png.subarray(16, 29));
  header[9] = PALETTE;
  return Buffer.concat([
    HEAD,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => partsOf(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * At most 256 of the colours, so that none is far from all of these: those that are not frequent are left out when one that is
 * stays nearby, and nearby is as near as it can be.
 */
function paletteOf(colours: readonly number[]): number[] {
  for (let near = 0; ; near += 6) {
    const palette: number[] = [];
    for (const colour of colours) {
      if (palette.some((other) => distance(other, colour) <= near ** 2)) continue;
      palette.push(colour);
      if (palette.length > MOST_COLOURS) break;
    }
    if (palette.length <= MOST_COLOURS) return palette;
  }
}

const partsOf = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

/** The square of how far two colours are apart. */
function distance(one: number, other: number): number {
  const [red, green, blue] = partsOf(one);
  const [r, g, b] = partsOf(other);
  return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [place, other] of palette.entries()) {
    const apart = distance(other, colour);
    if (apart < least) [best, least] = [place, apart];
  }
  return best;
}

/** The colours of the pixels in their order, without their transparency. */
function pixelsOf(png: Buffer, width: number, height: number): Uint32Array {
  const depth = png[KIND_AT] === 6 ? 4 : 3;
  const data = inflateSync(Buffer.concat(chunksOf(png).flatMap(({ type, body }) => (type === 'IDAT' ? [body] : []))));
  const length = width * depth;
  const pixels = new Uint32Array(width * height);
  let above: Uint8Array = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    const start = y * (length + 1);
    const row = new Uint8Array(data.subarray(start + 1, start + 1 + length));
    unfilter(row, above, data[start] ?? 0, depth);
    for (let x = 0; x < width; x++) {
      const at = x * depth;
      pixels[y * width + x] = ((row[at] ?? 0) << 16) | ((row[at + 1] ?? 0) << 8) | (row[at + 2] ?? 0);
    }
    above = row;
  }
  return pixels;
}

/** Undoes in place the filter of a row (PNG specification, section 9). */
function unfilter(row: Uint8Array, above: Uint8Array, filter: number, depth: number): void {
  for (let at = 0; at < row.length; at++) {
    const left = row[at - depth] ?? 0;
    const up = above[at] ?? 0;
    const before = at < depth ? 0 : (above[at - depth] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, before)][filter] ?? 0;
    row[at] = ((row[at] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, before: number): number {
  const guess = left + up - before;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - before)];
  return a <= b && a <= c ? left : b <= c ? up : before;
}

function chunksOf(png: Buffer): { type: string; body: Buffer }[] {
  const found = [];
  for (let at = HEAD.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1;
  }
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
}
