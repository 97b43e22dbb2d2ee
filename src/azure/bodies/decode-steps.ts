import { DECODERS } from './decoders';
import type { UnpackLimit } from './decompress';
import { guessBytes, guessText } from './guess-decoder';
import { type Meaning, meaning, structured, textStage } from './meaning';
import type { Content, DecodedBody, DecoderNote, Stage, Step } from './model';
import type { Format } from './preview';

/** Decodes a text that may be URL escapes or hex digits. */
export async function decodeText(text: string, limit: UnpackLimit): Promise<DecodedBody> {
  const guess = await guessText(text, limit, []);
  if (!guess) return { stages: [textStage(text)], format: 'TEXT' };
  return decodeBySteps(text, [guess.step], limit);
}

/** Decodes bytes that are no text; `stages` are those before them. */
export async function decodeBytes(
  bytes: Uint8Array<ArrayBuffer>,
  stages: readonly Stage[],
  limit: UnpackLimit,
): Promise<DecodedBody> {
  const notes: DecoderNote[] = [];
  const guess = await guessBytes(bytes, limit, notes);
  if (!guess) return { stages: [...stages, { kind: 'binary', label: 'Binary', bytes }], format: 'BINARY', notes };
  const { stage, format } = last(guess.content);
  return { stages: [...stages, stageOf(guess.step, bytes), stage], format: named(guess.step, format) };
}

/** Takes the steps that a person chose, up to the first that fails; that one says why. */
export async function decodeBySteps(text: string, steps: readonly Step[], limit: UnpackLimit): Promise<DecodedBody> {
  const stages: Stage[] = [];
  let content: Content = text;
  for (const step of steps) {
    const { content: next, problem } = await DECODERS[step].decode(content, limit);
    stages.push({ ...stageOf(step, content), ...(problem !== undefined && { problem }) });
    if (next === undefined) {
      const notes = [{ label: DECODERS[step].label, message: problem ?? '' }];
      return { stages, format: typeof content === 'string' ? 'TEXT' : 'BINARY', notes };
    }
    content = next;
  }
  const { stage, format } = last(content);
  const lastStep = steps.at(-1);
  if (!lastStep) return { stages: stage.kind === 'text' ? [stage] : [textStage(text), stage], format };
  return { stages: [...stages, stage], format: named(lastStep, format) };
}

const stageOf = (step: Step, content: Content): Stage => ({
  kind: DECODERS[step].kind,
  label: DECODERS[step].label,
  ...(typeof content === 'string' ? { text: content } : { bytes: content }),
});

function last(content: Content): Meaning {
  if (typeof content !== 'string') return meaning(content);
  return structured(content) ?? { stage: textStage(content), format: 'TEXT' };
}

/** The format after `step`: MessagePack and CBOR become JSON for reading only. */
const named = (step: Step, format: Format): Format =>
  step === 'msgpack'
    ? 'MSGPACK'
    : step === 'cbor'
      ? 'CBOR'
      : format === 'TEXT' && step === 'utf-16'
        ? 'BASE64'
        : format;
