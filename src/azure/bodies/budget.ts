import { counted, exactly } from '../../words/counts';

const MiB = 1024 * 1024;

/** Work that decoding one message text may cause. It is counted, so that a text stops at the same place everywhere. */
export type Limits = {
  /** Bytes that come out of decompression, over all layers. */
  bytes: number;
  /** Items of MessagePack or CBOR, and 16 characters of text that are written for them. */
  steps: number;
  /** Tokens of a JSON or XML text that are read, up to `MAX_TOKENS`. */
  tokens: number;
};

/** Tokens of a JSON or XML text that are read at most. */
export const MAX_TOKENS = 1_000_000;
/** For a row, and for the search. */
export const BRIEF: Limits = { bytes: MiB, steps: 200_000, tokens: 250_000 };
/** For the details, and for a file. */
export const WHOLE: Limits = { bytes: 4 * MiB, steps: 1_000_000, tokens: 250_000 };
/** For "Try for longer". */
export const LONGER: Limits = { bytes: 16 * MiB, steps: 4_000_000, tokens: MAX_TOKENS };

/** Levels of JSON, XML, MessagePack and CBOR. What walks a value may recurse so far. */
export const MAX_DEPTH = 500;
/** Compressed data inside compressed data is rare; a file that contains itself must still end. */
export const MAX_LAYERS = 3;
export const PACKED_TOO_OFTEN = `packed more than ${counted(MAX_LAYERS, 'time')}`;
export const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep`;
/** What a JSON or XML text ended at that has more tokens than were to be read. */
export const tooManyTokens = (tokens: number) => `more than ${exactly(tokens, 'part')}`;

const FINAL: ReadonlySet<string> = new Set([TOO_DEEP, tooManyTokens(MAX_TOKENS), PACKED_TOO_OFTEN]);
/** Whether decoding that stopped for this reason may go on with more of everything. */
export const mayGoOn = (stopped: string) => !FINAL.has(stopped);

/** What is left of the limits while one text is decoded. */
export type Budget = Limits & { signal?: AbortSignal | undefined };

/** A limit was reached; the message says which, to follow "stopped: ". */
export class Stopped extends Error {}

/** Takes steps from what is left. @throws Stopped when there are not enough */
export function spend(budget: Budget, steps: number) {
  budget.steps -= steps;
  if (budget.steps < 0) throw new Stopped('more parts than one message may have');
}

/** Of a text that the editor takes: one that is packed may be a thousand times the message, and an editor is no viewer. */
export const MOST_EDITED = { characters: 256 * 1024, lines: 20_000 };

/** Whether a text is more than the editor takes. */
export function isTooLarge(text: string): boolean {
  if (text.length > MOST_EDITED.characters) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= MOST_EDITED.lines; at = text.indexOf('\n', at + 1)) lines++;
  return lines > MOST_EDITED.lines;
}
