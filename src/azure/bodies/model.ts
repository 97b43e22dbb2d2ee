import type { Format } from './preview';

/**
 * One step of the decode chain. `text` is exact, never re-serialised; `bytes` is there where the step is not text.
 * `problem` says in a sentence what is wrong or left out.
 */
export type Stage = {
  kind: 'text' | 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'msgpack' | 'cbor' | 'json' | 'xml' | 'binary';
  /** As the decode chain shows it: `Base64`, `gzip`, `zlib`, `JSON`, … */
  label: string;
  text?: string;
  bytes?: Uint8Array<ArrayBuffer>;
  problem?: string;
};

/** What can be taken off a text, one after the other. */
export type Step = 'base64' | 'hex' | 'url' | 'utf-16' | 'gzip' | 'zlib' | 'deflate' | 'brotli' | 'msgpack' | 'cbor';

/** The first stage is always the message text as it came; the last is what it means. */
export type DecodedBody = {
  stages: Stage[];
  format: Format;
  /** What each decoder said that was asked in vain. */
  said?: DecoderNote[];
};

/** What one decoder said of a body: `Not CBOR: tag not supported (4).` */
export type DecoderNote = { label: string; words: string };

/** What a step is taken from, and what comes out of it. */
export type Content = string | Uint8Array<ArrayBuffer>;
/** What came out, or why nothing did; both when only a part did. */
export type Decoded = { content?: Content; problem?: string };
