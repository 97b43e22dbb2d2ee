import { encode as msgpack } from '@msgpack/msgpack';
import { encode as cbor, decode as fromCbor } from 'cborg';
import { bytesToBase64 } from '../base64';
import type { Stage } from '../model';
import { seeded } from './random-texts.fixture';

/** A body as a producer writes it. `text`: of its payload; `named`: a part of the name of its container; `holds`: what else is shown. */
export type RealBody = { producer: string; body: string; text?: string; named?: string; holds?: string };

type Payload = { json: string; value: Record<string, unknown>; xml: string; words: string; random: () => number };
type Made = Omit<RealBody, 'producer' | 'body'> & { body: string };
type Producer = [name: string, make: (payload: Payload) => Made | Promise<Made>];

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (content: string | Uint8Array) => bytesToBase64(typeof content === 'string' ? utf8(content) : content);
const unpadded = (text: string) => text.replace(/=+$/, '');
const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
const wrapped = (text: string, width: number, between: string) =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between);
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const joined = (...parts: (number | string | ArrayLike<number>)[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? part : typeof part === 'string' ? Array.from(utf8(part)) : Array.from(part),
    ),
  );
const little = (value: number, size: number) =>
  Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256);
const big = (value: number, size: number) => little(value, size).toReversed();

/** Packs bytes as the platform does. */
export async function packed(content: string | Uint8Array, format: CompressionFormat = 'gzip') {
  const stream = new Blob([new Uint8Array(typeof content === 'string' ? utf8(content) : content)])
    .stream()
    .pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A zip archive of deflated files. */
export async function zipped(files: readonly { name: string; text: string }[]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: number[] = [];
  const directory: number[] = [];
  for (const { name, text } of files) {
    const data = await packed(text, 'deflate-raw');
    const facts = [
      ...little(20, 2),
      0,
      0,
      8,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...little(data.length, 4),
      ...little(utf8(text).length, 4),
    ];
    const names = [...little(utf8(name).length, 2), 0, 0];
    directory.push(
      0x50,
      0x4b,
      1,
      2,
      20,
      0,
      ...facts,
      ...names,
      ...Array<number>(10).fill(0),
      ...little(parts.length, 4),
      ...utf8(name),
    );
    parts.push(0x50, 0x4b, 3, 4, ...facts, ...names, ...utf8(name), ...data);
  }
  const count = little(files.length, 2);
  return joined(
    parts,
    directory,
    'PK',
    5,
    6,
    0,
    0,
    0,
    0,
    count,
    count,
    little(directory.length, 4),
    little(parts.length, 4),
    0,
    0,
  );
}

const zigzag = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value * 2;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
};
const avroText = (text: string) => [...zigzag(utf8(text).length), ...utf8(text)];

/** An Avro file of one record of an id and a text. */
export async function avroFile(order: number, note: string, codec = 'null'): Promise<Uint8Array<ArrayBuffer>> {
  const schema =
    '{"type":"record","name":"Order","fields":[{"name":"order","type":"long"},{"name":"note","type":"string"}]}';
  const record = joined(zigzag(order), avroText(note));
  const data = codec === 'deflate' ? await packed(record, 'deflate-raw') : record;
  const sync = Array.from({ length: 16 }, (_, at) => at * 7);
  return joined(
    'Obj',
    1,
    zigzag(2),
    avroText('avro.schema'),
    avroText(schema),
    avroText('avro.codec'),
    avroText(codec),
    0,
    sync,
    zigzag(1),
    zigzag(data.length),
    data,
    sync,
  );
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** A message of Protocol Buffers: a number, a text, and a message of a text and a number. */
export const protobuf = (order: number, note: string): Uint8Array<ArrayBuffer> => {
  const line = joined(0x0a, varint(7), 'LMP-014', 0x10, 2);
  return joined(0x08, varint(order), 0x12, varint(utf8(note).length), note, 0x1a, varint(line.length), line);
};

/** A BSON document of a number and a text. */
export const bson = (order: number, note: string): Uint8Array<ArrayBuffer> => {
  const members = joined(
    0x10,
    'order',
    0,
    little(order, 4),
    2,
    'note',
    0,
    little(utf8(note).length + 1, 4),
    note,
    0,
    0,
  );
  return joined(little(members.length + 4, 4), members);
};

/** A text as `DataContractSerializer` writes it in binary XML. */
export const dataContract = (text: string): Uint8Array<ArrayBuffer> => {
  const namespace = 'http://schemas.microsoft.com/2003/10/Serialization/';
  const size = utf8(text).length;
  const head = size < 256 ? [0x99, size] : [0x9b, ...little(size, 2)];
  return joined(0x40, 6, 'string', 8, namespace.length, namespace, head, text);
};

const utf16 = (text: string, isLittle = true) =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).flatMap((code) =>
      isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255],
    ),
  );
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const pythonRepr = (bytes: Uint8Array) => {
  const body = Array.from(bytes, (byte) =>
    byte === 0x5c
      ? '\\\\'
      : byte === 10
        ? '\\n'
        : byte >= 0x20 && byte < 0x7f
          ? String.fromCharCode(byte)
          : `\\x${hex(Uint8Array.of(byte))}`,
  ).join('');
  return body.includes("'") && !body.includes('"') ? `b"${body}"` : `b'${body.replaceAll("'", "\\'")}'`;
};
const xmlEscaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Cyrillic in Windows-1251, Japanese in Shift_JIS: the platform writes neither, so they are given as bytes. */
const CYRILLIC = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0];
const JAPANESE = [0x82, 0xb1, 0x82, 0xf1, 0x82, 0xc9, 0x82, 0xbf, 0x82, 0xcd];
const CHINESE = [0xb6, 0xa9, 0xb5, 0xa5, 0xd2, 0xd1, 0xb4, 0xb4, 0xbd, 0xa8];

/** What producers document of how they write a message, with the payload that a person wants to read. */
const PRODUCERS: readonly Producer[] = [
  ['Azure Functions output binding, .NET', ({ json }) => ({ body: base64(json), text: json })],
  ['Azure Functions output binding, text', ({ words }) => ({ body: base64(words), text: words })],
  ['SDK of .NET, BinaryData', ({ json }) => ({ body: json, text: json })],
  ['SDK of .NET, QueueMessageEncoding.Base64', ({ xml }) => ({ body: base64(xml), text: xml })],
  ['SDK of Java, as it is', ({ xml }) => ({ body: xml, text: xml })],
  ['Java, Base64 MIME', ({ json }) => ({ body: wrapped(base64(json), 76, '\r\n'), text: json })],
  ['Java, Base64 URL without padding', ({ json }) => ({ body: unpadded(urlSafe(base64(json))), text: json })],
  ['Ruby, Base64.encode64', ({ json }) => ({ body: `${wrapped(base64(json), 60, '\n')}\n`, text: json })],
  ['Python, encodebytes', ({ json }) => ({ body: `${wrapped(base64(json), 76, '\n')}\n`, text: json })],
  ['Python, TextBase64EncodePolicy', ({ words }) => ({ body: base64(words), text: words })],
  ['Python, str(bytes)', ({ json }) => ({ body: pythonRepr(utf8(json)), text: json })],
  ['Python, str(b64encode)', ({ json }) => ({ body: `b'${base64(json)}'`, text: json })],
  [
    'Python, json.dumps twice',
    ({ json }) => ({
      body: JSON.stringify(json).replace(
        /[\u0080-\uffff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
      text: json,
    }),
  ],
  ['Go, RawStdEncoding', ({ json }) => ({ body: unpadded(base64(json)), text: json })],
  ['Go, RawURLEncoding', ({ json }) => ({ body: unpadded(urlSafe(base64(json))), text: json })],
  ['Go, StdEncoding of text', ({ words }) => ({ body: base64(words), text: words })],
  ['JavaScript, JSON.stringify twice', ({ json }) => ({ body: JSON.stringify(json), text: json })],
  ['JavaScript, Buffer.toString in Base64 twice', ({ json }) => ({ body: base64(base64(json)), text: json })],
  ['JavaScript, encodeURIComponent', ({ json }) => ({ body: encodeURIComponent(json), text: json })],
  ['JavaScript, encodeURIComponent of Base64', ({ json }) => ({ body: encodeURIComponent(base64(json)), text: json })],
  [
    'JavaScript, encodeURIComponent twice',
    ({ json }) => ({ body: encodeURIComponent(encodeURIComponent(json)), text: json }),
  ],
  ['older SDK of Python, XML escapes', ({ json }) => ({ body: xmlEscaped(json), text: json })],
  ['older SDK, XML escapes of XML', ({ xml }) => ({ body: xmlEscaped(xml), text: xml })],
  ['C, a buffer with its NUL', ({ json }) => ({ body: base64(`${json}\0`), text: json })],
  ['C, a buffer that is too large', ({ json }) => ({ body: base64(`${json}${'\0'.repeat(11)}`), text: json })],
  ['openssl base64', ({ json }) => ({ body: `${wrapped(base64(json), 64, '\n')}\n`, text: json })],
  ['PowerShell, Unicode', ({ json }) => ({ body: base64(utf16(json)), text: json })],
  ['Windows, UTF-16 with a mark', ({ json }) => ({ body: base64(utf16(`\ufeff${json}`)), text: json })],
  ['Java, UTF-16BE with a mark', ({ xml }) => ({ body: base64(utf16(`\ufeff${xml}`, false)), text: xml })],
  ['.NET, UTF-8 with a mark', ({ json }) => ({ body: base64(`\ufeff${json}`), text: `\ufeff${json}` })],
  ['gzip', async ({ json }) => ({ body: base64(await packed(json)), text: json })],
  [
    'gzip, two members',
    async ({ json }) => ({
      body: base64(joined(await packed(json.slice(0, 20)), await packed(json.slice(20)))),
      text: json,
    }),
  ],
  [
    'gzip, padded with zeros',
    async ({ json }) => ({ body: base64(joined(await packed(json), Array<number>(9).fill(0))), text: json }),
  ],
  [
    'gzip behind its length, .NET',
    async ({ json }) => ({ body: base64(joined(little(utf8(json).length, 4), await packed(json))), text: json }),
  ],
  [
    'gzip behind its length, big-endian',
    async ({ json }) => ({ body: base64(joined(big(utf8(json).length, 4), await packed(json))), text: json }),
  ],
  ['gzip without padding', async ({ json }) => ({ body: unpadded(base64(await packed(json))), text: json })],
  ['gzip in hex', async ({ json }) => ({ body: hex(await packed(json)), text: json })],
  ['zlib', async ({ json }) => ({ body: base64(await packed(json, 'deflate')), text: json })],
  [
    'zlib behind its length, Qt',
    async ({ json }) => ({
      body: base64(joined(big(utf8(json).length, 4), await packed(json, 'deflate'))),
      text: json,
    }),
  ],
  ['deflate, Durable Task', async ({ json }) => ({ body: base64(await packed(json, 'deflate-raw')), text: json })],
  [
    'gzip of MessagePack',
    async ({ value }) => ({ body: base64(await packed(msgpack(value))), text: JSON.stringify(value) }),
  ],
  ['MessagePack', ({ value }) => ({ body: base64(msgpack(value)), text: JSON.stringify(value) })],
  ['CBOR', ({ value }) => ({ body: base64(cbor(value)), text: JSON.stringify(fromCbor(cbor(value))) })],
  [
    'BSON',
    ({ words, random }) => {
      const order = Math.floor(random() * 1e6);
      return { body: base64(bson(order, words)), text: `{"order":${order},"note":${JSON.stringify(words)}}` };
    },
  ],
  ['hex', ({ json }) => ({ body: hex(utf8(json)), text: json })],
  ['hex in capitals with 0x', ({ xml }) => ({ body: `0x${hex(utf8(xml)).toUpperCase()}`, text: xml })],
  [
    'CloudEvents 1.0',
    ({ json }) => {
      const event = `{"specversion":"1.0","type":"harbor.order","source":"/orders","id":"1","data":${json}}`;
      return { body: base64(event), text: event };
    },
  ],
  [
    'Event Grid',
    ({ json }) => {
      const event = `[{"id":"1","eventType":"order","subject":"/orders","eventTime":"2026-01-02T03:04:05Z","dataVersion":"1","data":${json}}]`;
      return { body: base64(event), text: event };
    },
  ],
  [
    'Celery',
    ({ json }) => {
      const envelope = `{"body":"${base64(json)}","content-encoding":"utf-8","content-type":"application/json","headers":{"lang":"py","task":"ship"}}`;
      return { body: base64(envelope), text: envelope };
    },
  ],
  [
    'Dapr',
    ({ json }) => {
      const event = `{"data":${json},"datacontenttype":"application/json","id":"1","pubsubname":"queue","source":"shop","specversion":"1.0","topic":"orders","type":"com.dapr.event.sent"}`;
      return { body: base64(event), text: event };
    },
  ],
  [
    'MassTransit',
    ({ json }) => {
      const envelope = `{"messageId":"c2a8c77e-3c7c-4b45-8a2b-6f1c35d84d1c","messageType":["urn:message:Shop:Order"],"message":${json}}`;
      return { body: base64(envelope), text: envelope };
    },
  ],
  [
    'NServiceBus',
    ({ json }) => {
      const wrapper = `\ufeff{"IdForCorrelation":null,"Id":"c2a8","MessageIntent":1,"Headers":{"NServiceBus.ContentType":"application/json"},"Body":"${base64(json)}"}`;
      return { body: base64(wrapper), text: wrapper };
    },
  ],
  [
    'Rebus',
    ({ json }) => {
      const message = `{"Headers":{"rbs2-content-type":"application/json;charset=utf-8"},"Body":"${base64(json)}"}`;
      return { body: base64(message), text: message };
    },
  ],
  [
    'Logic Apps',
    ({ json }) => ({
      body: base64(`{"ContentData":"${base64(json)}","ContentType":"application/json"}`),
      text: `{"ContentData":"${base64(json)}","ContentType":"application/json"}`,
    }),
  ],
  [
    'zip of one file',
    async ({ json }) => ({
      body: base64(await zipped([{ name: 'order.json', text: json }])),
      text: json,
      named: 'zip archive, order.json',
    }),
  ],
  [
    'zip of two files',
    async ({ json, xml }) => ({
      body: base64(
        await zipped([
          { name: 'order.json', text: json },
          { name: 'order.xml', text: xml },
        ]),
      ),
      named: 'zip archive, 2 files: order.json, order.xml',
      holds: 'order.xml',
    }),
  ],
  [
    'Avro',
    async ({ words, random }) => {
      const order = Math.floor(random() * 1e6);
      return {
        body: base64(await avroFile(order, words)),
        named: 'Avro file, Order',
        text: `[{"order":${order},"note":${JSON.stringify(words)}}]`,
      };
    },
  ],
  [
    'Avro, deflate',
    async ({ words, random }) => {
      const order = Math.floor(random() * 1e6);
      return {
        body: base64(await avroFile(order, words, 'deflate')),
        named: 'Avro file, Order',
        text: `[{"order":${order},"note":${JSON.stringify(words)}}]`,
      };
    },
  ],
  [
    'Avro, snappy',
    async ({ words }) => ({
      body: base64(await avroFile(7, words, 'snappy')),
      named: 'Avro file, Order',
      holds: '"name":"note"',
    }),
  ],
  [
    'protobuf',
    ({ words, random }) => ({
      body: base64(protobuf(Math.floor(random() * 1e6), words)),
      named: 'Looks like protobuf',
      holds: JSON.stringify(words),
    }),
  ],
  ['DataContract', ({ json }) => ({ body: base64(joined(dataContract(json), 1)), named: 'DataContract', text: json })],
  [
    'DataContract without its end',
    ({ json }) => ({ body: base64(dataContract(json)), named: 'DataContract', text: json }),
  ],
  [
    'pickle',
    ({ words }) => ({
      body: base64(
        joined(
          0x80,
          4,
          0x95,
          little(20, 8),
          '}',
          0x94,
          0x8c,
          4,
          'note',
          0x94,
          0x8c,
          utf8(words).length,
          words,
          0x94,
          's.',
        ),
      ),
      named: 'Python pickle',
      holds: words,
    }),
  ],
  [
    'Java object',
    ({ words }) => ({
      body: base64(
        joined(
          [0xac, 0xed, 0, 5, 0x73, 0x72],
          big(10, 2),
          'shop.Order',
          little(7, 8),
          [2, 0, 1],
          'L',
          big(4, 2),
          'note',
          't',
          big(18, 2),
          'Ljava/lang/String;',
          'xpt',
          big(utf8(words).length, 2),
          words,
        ),
      ),
      named: 'Java object, shop.Order',
      holds: words,
    }),
  ],
  [
    '.NET BinaryFormatter',
    ({ words }) => ({
      body: base64(
        joined(
          [0, 1, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 0, 0, 12, 2, 0, 0, 0, 4],
          'Shop',
          [5, 1, 0, 0, 0, 10],
          'Shop.Order',
          [1, 0, 0, 0, 4],
          'note',
          [1, 2, 0, 0, 0, 6, 3, 0, 0, 0, utf8(words).length],
          words,
          11,
        ),
      ),
      named: '.NET BinaryFormatter, Shop.Order',
      holds: words,
    }),
  ],
  [
    'zstd',
    ({ random }) => ({
      body: base64(
        joined(
          [0x28, 0xb5, 0x2f, 0xfd, 0x24],
          Array.from({ length: 40 }, () => Math.floor(random() * 256)),
        ),
      ),
      named: 'zstd',
    }),
  ],
  [
    'PDF',
    ({ random }) => ({
      body: base64(
        joined(
          '%PDF-1.7\n',
          Array.from({ length: 40 }, () => 128 + Math.floor(random() * 128)),
        ),
      ),
      named: 'PDF document',
    }),
  ],
  [
    'PNG',
    ({ random }) => ({
      body: base64(
        joined(
          [0x89, 0x50, 0x4e, 0x47, 13, 10, 0x1a, 10],
          Array.from({ length: 40 }, () => Math.floor(random() * 256)),
        ),
      ),
      named: 'PNG image',
    }),
  ],
  [
    'Latin-1',
    ({ random }) => {
      const text = `{"ville":"Orléans","note":"Livrée à 8h","n":${Math.floor(random() * 1e6)}}`;
      return { body: base64(latin1(text)), named: 'Windows-1252', text };
    },
  ],
  [
    'Latin-1, XML that says so',
    ({ random }) => {
      const text = `<?xml version="1.0" encoding="ISO-8859-1"?><n id="${Math.floor(random() * 1e6)}">Größe</n>`;
      return { body: base64(latin1(text)), named: 'Windows-1252', text };
    },
  ],
  [
    'Windows-1251',
    ({ random }) => {
      const order = Math.floor(random() * 1e6);
      return {
        body: base64(joined(`{"note":"`, CYRILLIC, `","order":${order}}`)),
        named: 'Windows-1251',
        text: `{"note":"Привет мир","order":${order}}`,
      };
    },
  ],
  [
    'Shift_JIS',
    ({ random }) => {
      const order = Math.floor(random() * 1e6);
      return {
        body: base64(joined(`{"note":"`, JAPANESE, `","order":${order}}`)),
        named: 'Shift_JIS',
        text: `{"note":"こんにちは","order":${order}}`,
      };
    },
  ],
  [
    'GB18030',
    ({ random }) => {
      const order = Math.floor(random() * 1e6);
      return {
        body: base64(joined(`{"note":"`, CHINESE, `","order":${order}}`)),
        named: 'GB18030',
        text: `{"note":"订单已创建","order":${order}}`,
      };
    },
  ],
];

const EVENTS = ['created', 'paid', 'shipped', 'cancelled', 'returned'];
const NAMES = ['Ada Lovelace', "Zoë O'Brien", 'José Núñez', '山田 太郎', 'Łukasz', 'Grace Hopper'];
const NOTES = ['Leave at the door', 'ring twice', 'gate code 4711, please', 'fragile', 'Größe XL – 3×', 'ok'];

/** `count` bodies of every producer, the same for the same seed. */
export async function realBodies(count: number, seed: number): Promise<RealBody[]> {
  const random = seeded(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const bodies: RealBody[] = [];
  for (let index = 0; index < count; index++)
    for (const [producer, make] of PRODUCERS) {
      const value = {
        order: Math.floor(random() * 1e6),
        event: pick(EVENTS),
        customer: { name: pick(NAMES), tier: random() < 0.5 ? 'gold' : 'basic' },
        lines: Array.from({ length: 1 + Math.floor(random() * 3) }, (_, line) => ({
          sku: `SKU-${line}`,
          qty: line + 1,
        })),
        note: pick(NOTES),
      };
      const json = random() < 0.2 ? JSON.stringify(value, null, 2) : JSON.stringify(value);
      const words = `${pick(NOTES)} ${Math.floor(random() * 1000)}`;
      const xml = `<order id="${value.order}"><event>${value.event}</event><note>${words.replace('&', '')}</note></order>`;
      bodies.push({ producer, ...(await make({ json, value, xml, words, random })) });
    }
  return bodies;
}

/** Whether a body was read to its payload, and its container named. */
export function isReadRight(body: RealBody, stages: readonly Stage[]): boolean {
  const last = stages.at(-1)?.text;
  if (body.named !== undefined && !stages.some(({ label }) => label.includes(body.named ?? ''))) return false;
  if (body.text !== undefined) return last === body.text;
  return body.holds === undefined || (last?.includes(body.holds) ?? false);
}
