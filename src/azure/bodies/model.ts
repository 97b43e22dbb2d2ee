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

/** One decoding. */
export type Step = 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'zlib' | 'deflate' | 'brotli' | 'msgpack' | 'cbor';

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
