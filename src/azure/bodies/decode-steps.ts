import type { Budget } from './budget';
import { DECODERS } from './decoders';
import { guessBytes, guessText } from './guess-decoder';
import { type Meaning, meaning, structured, textStage } from './meaning';
import { type Content, type DecodedBody, type DecoderNote, STEP_LABELS, type Stage, type Step } from './model';
import type { Format } from './preview';

/** Decodes a text that may be URL escapes or hex digits. */
export async function decodeText(text: string, budget: Budget): Promise<DecodedBody> {
  const guess = await guessText(text, budget, []);
  if (!guess) return { stages: [textStage(text)], format: 'TEXT' };
  return decodeBySteps(text, [guess.step], budget);
}

/** Decodes bytes that are no text; `stages` are those before them. */
export async function decodeBytes(
  bytes: Uint8Array<ArrayBuffer>,
  stages: readonly Stage[],
  budget: Budget,
): Promise<DecodedBody> {
  const notes: DecoderNote[] = [];
  const guess = await guessBytes(bytes, budget, notes);
  if (!guess) {
    const stopped = notes.find((note) => note.stopped !== undefined)?.stopped;
    const binary: Stage = { kind: 'binary', label: 'Binary', bytes };
    return { stages: [...stages, binary], format: 'BINARY', notes, ...(stopped !== undefined && { stopped }) };
  }
  const { stage, format, ...rest } = last(guess.content, budget);
  return { stages: [...stages, stageOf(guess.step, bytes), stage], format: named(guess.step, format), ...rest };
}

/** Takes the steps that a person chose, up to the first that fails; that one says why. */
export async function decodeBySteps(text: string, steps: readonly Step[], budget: Budget): Promise<DecodedBody> {
  const stages: Stage[] = [];
  let content: Content = text;
  let stop: { stopped?: string } = {};
  for (const step of steps.slice(0, MAX_STEPS)) {
    const { content: next, problem, stopped } = await DECODERS[step].decode(content, budget);
    if (stopped !== undefined && stop.stopped === undefined) stop = { stopped };
    stages.push({ ...stageOf(step, content), ...(problem !== undefined && { problem }) });
    if (next === undefined) {
      const notes = [{ label: STEP_LABELS[step], message: problem ?? '' }];
      return { stages, format: typeof content === 'string' ? 'TEXT' : 'BINARY', notes, ...stop };
    }
    content = next;
  }
  const { stage, format, ...rest } = last(content, budget);
  const lastStep = steps.at(-1);
  const marks = { ...rest, ...stop };
  if (!lastStep) return { stages: stage.kind === 'text' ? [stage] : [textStage(text), stage], format, ...marks };
  return { stages: [...stages, stage], format: named(lastStep, format), ...marks };
}

/** Steps that are taken of those that a person chose. */
const MAX_STEPS = 8;

const stageOf = (step: Step, content: Content): Stage => ({
  kind: DECODERS[step].kind,
  label: STEP_LABELS[step],
  ...(typeof content === 'string' ? { text: content } : { bytes: content }),
});

function last(content: Content, limits: Budget): Meaning {
  if (typeof content !== 'string') return meaning(content, limits);
  return structured(content, limits) ?? { stage: textStage(content), format: 'TEXT' };
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
