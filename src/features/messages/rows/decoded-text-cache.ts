import { decodeBody, type Preview, previewOfStage } from '@/azure/bodies/decode-body';
import { type Step } from '@/azure/bodies/model';

/** What a message text means once Base64 and compression are taken off. */
export type DecodedText = {
  preview: Preview;
  /** Empty for bytes. */
  text: string;
};

/** Characters of texts kept, as they came and decoded; the oldest go first. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** Bytes unpacked of one text: what is behind is found in the details alone, for the sake of rows that stay quick. */
const MAX_UNPACKED_BYTES = 1024 * 1024;

// By the text and not the message: while live, each answer brings new messages with the texts of before.
const known = new Map<string, DecodedText>();
const underWay = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();
let kept = 0;

/** What a queue's messages are decoded by; undefined: what each text suggests. */
export type Steps = readonly Step[] | undefined;

/** What is inside a message text, as far as it is known. */
export const decodedText = (text: string, steps?: Steps): DecodedText | undefined => known.get(keyOf(text, steps));

/** Decodes a message text unless that is done or under way; never rejects. */
export function decodeInBackground(text: string, steps?: Steps): Promise<void> {
  const key = keyOf(text, steps);
  if (known.has(key)) return Promise.resolve();
  const running = underWay.get(key) ?? decode(text, steps);
  underWay.set(key, running);
  return running;
}

const keyOf = (text: string, steps: Steps) => (steps ? `${steps.join('>')}\0${text}` : text);

/** Calls back whenever something was decoded; returns what stops it. */
export function whenDecoded(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function decode(text: string, steps: Steps) {
  const { stages, format } = await decodeBody(text, { steps, maxUnpackedBytes: MAX_UNPACKED_BYTES });
  const last: { text?: string; bytes?: Uint8Array } = stages.at(-1) ?? {};
  const key = keyOf(text, steps);
  keep(key, { preview: previewOfStage(format, last), text: last.text ?? '' });
  underWay.delete(key);
  for (const listener of listeners) listener();
}

function keep(text: string, inside: DecodedText) {
  known.set(text, inside);
  kept += charactersOf(text, inside);
  for (const [oldest, value] of known) {
    if (kept <= MOST_CHARACTERS || oldest === text) return;
    known.delete(oldest);
    kept -= charactersOf(oldest, value);
  }
}

const charactersOf = (text: string, inside: DecodedText) => text.length + inside.text.length;
