import type { Budget } from './budget';
import { DECODERS } from './decoders';
import { type Meaning, meaning, structured, textStage } from './meaning';
import { type Content, type Decoded, type DecodedBody, STEP_LABELS, type Stage, type Step } from './model';
import type { Format } from './preview';

/** Takes the steps that a person chose, up to the first that fails; that one says why. */
export async function decodeBySteps(text: string, steps: readonly Step[], budget: Budget): Promise<DecodedBody> {
  const stages: Stage[] = [];
  let content: Content = text;
  let stop: { stopped?: string } = {};
  for (const step of steps.slice(0, MAX_STEPS)) {
    const decoded = await DECODERS[step].decode(content, budget);
    const { content: next, problem, stopped } = decoded;
    if (stopped !== undefined && stop.stopped === undefined) stop = { stopped };
    stages.push(stageOf(step, content, decoded));
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

/** The stage of a step. `content` is what it was made from. */
export const stageOf = (step: Step, content: Content, { label, problem, remark }: Decoded): Stage => ({
  kind: DECODERS[step].kind,
  label: label ?? STEP_LABELS[step],
  ...(typeof content === 'string' ? { text: content } : { bytes: content }),
  ...(problem !== undefined && { problem }),
  ...(remark !== undefined && { remark }),
});

function last(content: Content, limits: Budget): Meaning {
  if (typeof content !== 'string') return meaning(content, limits);
  return structured(content, limits) ?? { stage: textStage(content), format: 'TEXT' };
}

/** Steps whose output is JSON for reading only, of bytes. */
const FOR_READING: ReadonlySet<Step> = new Set(['bson', 'avro', 'protobuf']);

/** The format after `step`: MessagePack and CBOR become JSON for reading only. */
const named = (step: Step, format: Format): Format =>
  step === 'msgpack'
    ? 'MSGPACK'
    : step === 'cbor'
      ? 'CBOR'
      : FOR_READING.has(step)
        ? 'BINARY'
        : format === 'TEXT' && step === 'utf-16'
          ? 'BASE64'
          : format;
