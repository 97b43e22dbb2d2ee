import type { ProgramName, Stage } from '../../samples/loops/program';
import { type Check, type Facts, learn, noFacts } from '../film/facts';
import type { LabEvent } from '../film/lab-event';
import { WATCHER } from '../film/world';
import { ORDERS, POISON } from '../run/calls';
import type { Params } from '../run/params';
import type { Act, Input, Run } from '../run/run';
import { newRun } from '../run/run';

/** How a check is seen to hold. */
export type Watched = 'peek' | 'count' | 'answers' | 'effects';

/** An answer to a question: right is the one whose check holds when the step ticks. */
export type Option = { text: string; holds: Check };

export type Question = { question: string; options: readonly Option[] };

export type Step = {
  title: string;
  /** One or two sentences. */
  say?: string;
  /** Asked while time stands still, before the step begins. */
  ask?: Question;
  /** Ticks the step off. */
  until: Check;
  watch: Watched;
  /** The queue that a peek or a count must have looked at; the one of orders when left out. */
  of?: 'poison';
  /** What was seen, in a few words, once it holds: `count 1, peek empty`. */
  seen: (facts: Facts) => string;
  /** What is to be seen, in a few words, as long as it does not hold. */
  waits: string;
  /** What to do, and why that ticks the step off: one or two sentences, for those who ask. */
  hint: string;
  /** The act that a person does in this step, if any; its button stands in the step. */
  act?: Act;
  /** Ms of work before that act. */
  after?: number;
  /** The line of the lesson's program that does it. */
  line?: Stage;
};

export type Lesson = {
  /** As in the list of titles. */
  id: string;
  params: Partial<Params>;
  /** Acts that the lesson itself makes. */
  script?: readonly Input[];
  /** It starts without its queues. */
  bare?: boolean;
  /** The program beside the scene: that of a worker, or what the person does by hand. */
  program: ProgramName;
  /** What the host of Azure Functions does otherwise, as its code has it. */
  inFunctions?: string;
  steps: readonly Step[];
  /** Acts of a person that tick every step off. */
  solution: readonly Input[];
};

/** The run that a lesson starts from. */
export const runOfLesson = ({ params, script = [], bare }: Lesson, seed?: number): Run => ({
  ...newRun(params, seed),
  inputs: [...script],
  ...(bare && { bare }),
});

/** When a step ticked, by what was known then. `proof`: the call whose answer told it; undefined where none did. */
export type Tick = { at: number; facts: Facts; proof?: number };

/** What is known of a lesson while its run is followed. */
export type Progress = {
  ticks: readonly Tick[];
  facts: Facts;
  /** The last call that told anything, by what it told: `peek orders`, `answers`. */
  told: Readonly<Record<string, number>>;
};

export const noProgress: Progress = { ticks: [], facts: noFacts(), told: {} };

/**
 * Follows a run through the steps of a lesson. A step begins when the one before it has ticked, and ticks at the end of the first
 * ms in which its check holds. `events` hold whole ms, and come after those before.
 */
export function followLesson(
  { steps }: Pick<Lesson, 'steps'>,
  progress: Progress,
  events: readonly LabEvent[],
): Progress {
  let { facts } = progress;
  const told = { ...progress.told };
  const ticks = [...progress.ticks];
  for (const [index, event] of events.entries()) {
    facts = learn(facts, event);
    const kind = toldBy(event);
    if (kind !== undefined && event.what === 'answered') told[kind] = event.call;
    if (events[index + 1]?.at === event.at) continue;
    for (let step = steps[ticks.length]; step?.until(facts); step = steps[ticks.length])
      ticks.push({ at: event.at, facts, ...proofOf(step, told) });
  }
  return { ticks, facts, told };
}

/** What an answer tells of; undefined for one that tells nothing, such as that of a receive which found no message. */
function toldBy(event: LabEvent): string | undefined {
  if (event.what !== 'answered') return undefined;
  const { actor, request, reply } = event;
  if (request.op === 'peek' || request.op === 'count') return `${request.op} ${request.queue}`;
  const isEmpty = request.op === 'receive' && reply.ok && reply.messages?.length === 0;
  return actor === WATCHER || isEmpty ? undefined : 'answers';
}

function proofOf({ watch, of }: Step, told: Progress['told']): { proof?: number } {
  const kind = watch === 'peek' || watch === 'count' ? `${watch} ${of ? POISON : ORDERS}` : 'answers';
  const proof = told[kind];
  return proof === undefined ? {} : { proof };
}

/** Indexes of the options that hold. */
export const rightOptions = ({ options }: Question, facts: Facts): number[] =>
  options.flatMap(({ holds }, index) => (holds(facts) ? [index] : []));
