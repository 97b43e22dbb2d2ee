import { type Check, type Facts, learn, noFacts } from '../film/facts';
import type { LabEvent } from '../film/lab-event';
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
  /** What was seen, in a few words, once it holds: `count 1, peek empty`. */
  seen: (facts: Facts) => string;
  /** The act that a person does in this step, if any; its button stands in the step. */
  act?: Act;
};

export type Lesson = {
  /** As in the list of titles. */
  id: string;
  params: Partial<Params>;
  /** Acts that the lesson itself makes. */
  script?: readonly Input[];
  /** It starts without its queues. */
  bare?: boolean;
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

/** When a step ticked, by what was known then. */
export type Tick = { at: number; facts: Facts };

/** What is known of a lesson while its run is followed. */
export type Progress = { ticks: readonly Tick[]; facts: Facts };

export const noProgress: Progress = { ticks: [], facts: noFacts() };

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
  const ticks = [...progress.ticks];
  for (const [index, event] of events.entries()) {
    facts = learn(facts, event);
    if (events[index + 1]?.at === event.at) continue;
    for (let step = steps[ticks.length]; step?.until(facts); step = steps[ticks.length])
      ticks.push({ at: event.at, facts });
  }
  return { ticks, facts };
}

/** Indexes of the options that hold. */
export const rightOptions = ({ options }: Question, facts: Facts): number[] =>
  options.flatMap(({ holds }, index) => (holds(facts) ? [index] : []));
