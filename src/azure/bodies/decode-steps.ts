import { DECODERS } from './decoders';
import type { UnpackLimit } from './decompress';
import { guessBytes, guessText } from './guess-decoder';
import { type Meaning, meaning, structured } from './meaning';
import type { Content, DecodedBody, DecoderNote, Stage, Step } from './model';
import type { Format } from './preview';

/** A text that may be URL escapes or hex digits. */
export async function decodeText(text: string, limit: UnpackLimit): Promise<DecodedBody> {
  const guess = await guessText(text, limit, []);
  if (!guess) return { stages: [{ kind: 'text', label: 'Text', text }], format: 'TEXT' };
  return decodeBySteps(text, [guess.step], limit);
}

/** Bytes that are no text: `stages` led to them. */
export async function decodeBytes(
  bytes: Uint8Array<ArrayBuffer>,
  stages: readonly Stage[],
  limit: UnpackLimit,
): Promise<DecodedBody> {
  const said: DecoderNote[] = [];
  const guess = await guessBytes(bytes, limit, said);
  if (!guess) return { stages: [...stages, { kind: 'binary', label: 'Binary', bytes }], format: 'BINARY', said };
  const { stage, format } = last(guess.content);
  return { stages: [...stages, stageOf(guess.step, bytes), stage], format: named(guess.step, format) };
}

/** The steps that a person asks for, as far as they lead; the one that fails says why. */
export async function decodeBySteps(text: string, steps: readonly Step[], limit: UnpackLimit): Promise<DecodedBody> {
  const stages: Stage[] = [];
  let content: Content = text;
  for (const step of steps) {
    const { content: next, problem } = await DECODERS[step].decode(content, limit);
    stages.push({ ...stageOf(step, content), ...(problem !== undefined && { problem }) });
    if (next === undefined) {
      const said = [{ label: DECODERS[step].label, words: problem ?? '' }];
      return { stages, format: typeof content === 'string' ? 'TEXT' : 'BINARY', said };
    }
    content = next;
  }
  const { stage, format } = last(content);
  const lastStep = steps.at(-1);
  if (!lastStep) {
    const raw: Stage = { kind: 'text', label: 'Text', text };
    return { stages: stage.kind === 'text' ? [raw] : [raw, stage], format };
  }
  return { stages: [...stages, stage], format: named(lastStep, format) };
}

const stageOf = (step: Step, content: Content): Stage => ({
  kind: DECODERS[step].kind,
  label: DECODERS[step].label,
  ...(typeof content === 'string' ? { text: content } : { bytes: content }),
});

function last(content: Content): Meaning {
  if (typeof content !== 'string') return meaning(content);
  return structured(content) ?? { stage: { kind: 'text', label: 'Text', text: content }, format: 'TEXT' };
}

/** What these two hold is JSON only to be read here. */
const named = (step: Step, format: Format): Format =>
  step === 'msgpack'
    ? 'MSGPACK'
    : step === 'cbor'
      ? 'CBOR'
      : format === 'TEXT' && step === 'utf-16'
        ? 'BASE64'
        : format;
