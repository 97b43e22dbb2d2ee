import type { Format } from './preview';

/**
 * One stage of the decode chain. `text` is exact, never re-serialised; `bytes` is set where the stage is not text.
 * `problem` says in a sentence what is wrong or left out.
 */
export type Stage = {
  kind: 'text' | 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'msgpack' | 'cbor' | 'json' | 'xml' | 'binary';
  /** Name in the decode chain: `Base64`, `gzip`, `zlib`, `JSON`, … */
  label: string;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  problem?: string;
};

/** The name of every decoding in the decode chain, in the order in which they are offered. */
export const STEP_LABELS = {
  base64: 'Base64',
  hex: 'Hex',
  url: 'URL-encoded',
  'utf-16': 'UTF-16',
  gzip: 'gzip',
  zlib: 'zlib',
  deflate: 'deflate',
  brotli: 'brotli',
  msgpack: 'MessagePack',
  cbor: 'CBOR',
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
/** The decoded content, or the problem; both when only a part was decoded. `stopped`: as of `DecodedBody`. */
export type Decoded = { content?: Content; problem?: string; stopped?: string };
