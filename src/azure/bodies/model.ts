import type { Format } from './preview';

/**
 * One stage of the decode chain. `text` is exact, never re-serialised; `bytes` is set where the stage is not text.
 * `problem` says in a sentence what is wrong or left out; `remark` what is odd about the way in which the stage was
 * written, though all of it is read. `isList`: that the text only lists what is in the stage before.
 */
export type Stage = {
  kind:
    | 'text'
    | 'base64'
    | 'hex'
    | 'url'
    | 'json-string'
    | 'xml-escapes'
    | 'python-bytes'
    | 'quotes'
    | 'byte-list'
    | 'data-url'
    | 'nul'
    | 'length'
    | 'utf-16'
    | 'charset'
    | 'gzip'
    | 'zip'
    | 'msgpack'
    | 'cbor'
    | 'bson'
    | 'avro'
    | 'protobuf'
    | 'datacontract'
    | 'named'
    | 'json'
    | 'xml'
    | 'binary';
  /** Name in the decode chain: `Base64`, `gzip`, `zip archive, order.json`, `JSON`, … */
  label: string;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  problem?: string;
  remark?: string;
  isList?: true;
};

/** The name of every decoding in the decode chain, in the order in which they are offered. */
export const STEP_LABELS = {
  base64: 'Base64',
  hex: 'Hex',
  url: 'URL-encoded',
  'json-string': 'JSON string',
  'xml-escapes': 'XML escapes',
  'python-bytes': 'Python bytes',
  quotes: 'Quotes',
  'byte-list': 'Byte list',
  'data-url': 'Data URL',
  nul: 'Trailing NUL',
  length: 'Length prefix',
  gzip: 'gzip',
  zlib: 'zlib',
  deflate: 'deflate',
  brotli: 'brotli',
  zip: 'zip',
  msgpack: 'MessagePack',
  cbor: 'CBOR',
  bson: 'BSON',
  avro: 'Avro',
  protobuf: 'protobuf',
  datacontract: 'DataContract',
  'utf-16': 'UTF-16',
  'utf-32': 'UTF-32',
  'windows-1252': 'Windows-1252',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  shift_jis: 'Shift_JIS',
  'euc-kr': 'EUC-KR',
  gb18030: 'GB18030',
  big5: 'Big5',
} as const;

/** One decoding. */
export type Step = keyof typeof STEP_LABELS;

/** The first stage is always the message text itself; the last is its decoded content. */
export type DecodedBody = {
  stages: Stage[];
  format: Format;
  /** One note of each decoder that failed. */
  notes?: DecoderNote[];
  /** The limit that decoding ended at, to follow "stopped: ": `nested more than 500 levels deep`. */
  stopped?: string;
};

/** Why a decoder failed: `Not CBOR: tag not supported (4).` */
export type DecoderNote = { label: string; message: string; stopped?: string };

/** Input and output of a step. */
export type Content = string | Uint8Array<ArrayBuffer>;
/**
 * The decoded content, or the problem; both when only a part was decoded. `stopped`: as of `DecodedBody`. `label`: the name
 * in the chain, where what is inside tells more than the step. `remark`: as of `Stage`. `isList`: that the content is a list
 * of what is inside.
 */
export type Decoded = {
  content?: Content;
  problem?: string;
  stopped?: string;
  label?: string;
  remark?: string;
  isList?: true;
};
