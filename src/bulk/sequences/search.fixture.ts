import fc from 'fast-check';
import { createRandom, type Random } from '@/sandbox/random';
import { each } from '../requests/each';
import { ACTIONS, actionNamed } from './actions.fixture';
import { inWords, RECEIPTS, replay, type Sequence, type Step } from './replay.fixture';

/** A sequence, and by which of the four kinds of receipts. */
export type Trial = Sequence & { receipts: number };

const stepOf = {
  action: fc.nat({ max: ACTIONS.length - 1 }),
  which: fc.nat({ max: 15 }),
  how: fc.nat({ max: 7 }),
  stop: fc.nat({ max: 12 }),
  tab: fc.nat({ max: 1 }),
};

/** Up to 8 steps, which shrink: fewer of them, on fewer messages, without stops. */
const trials: fc.Arbitrary<Trial> = fc.record({
  messages: fc.integer({ min: 3, max: 12 }),
  steps: fc.array(fc.record(stepOf), { maxLength: 8 }),
  receipts: fc.nat({ max: RECEIPTS.length - 1 }),
});

const HOLDS = fc.asyncProperty(trials, async (trial) => {
  const told = await tryOut(trial);
  if (told !== undefined) throw new Error(told);
});

/** What is wrong with it, in words; undefined when nothing is. */
async function tryOut({ receipts, ...sequence }: Trial): Promise<string | undefined> {
  const rules = RECEIPTS[receipts] ?? { void: 'MessageNotFound', shared: true };
  try {
    const told = await replay(sequence, rules);
    return told.violations.length === 0 ? undefined : inWords(told, rules);
  } catch (error) {
    return `${String(error)} ${JSON.stringify(sequence)}`;
  }
}

/** The fewest steps that go wrong as this trial does, in words and as it can be tried again. */
async function shrunk(trial: Trial): Promise<string> {
  const details = await fc.check(HOLDS, { examples: [[trial]], numRuns: 1, interruptAfterTimeLimit: 20_000 });
  const least = details.counterexample?.[0] ?? trial;
  const words = (await tryOut(least)) ?? 'It went wrong once, and not again.';
  return `${words}\n${JSON.stringify(least)}`;
}

const below = (random: Random, count: number): number => Math.floor(random.share() * count);

/** Any step, or one of that action. */
function anyStep(random: Random, action = below(random, ACTIONS.length)): Step {
  return {
    action,
    which: below(random, 16),
    how: below(random, 8),
    // Every other job stops in the middle.
    stop: random.share() < 0.5 ? 0 : 1 + below(random, 12),
    tab: below(random, 2),
  };
}

/** Half of the queue is leased before, so that all can be done that needs a lease. */
const START: Step = { action: actionNamed('Receive'), which: 2, how: 0, stop: 0, tab: 0 };

/** These actions in their order, with the rest as it comes. */
const inOrder = (random: Random, actions: readonly number[], receipts: number): Trial => ({
  messages: 3 + below(random, 3),
  steps: [START, ...actions.map((action) => anyStep(random, action))],
  receipts,
});

/** Pairs with one of several steps of which a short search plays a share: what they are made of is in pairs of its own. */
const PIPELINES = new Set(
  ['Change and move', 'Change and copy', 'Change and hide', 'Export and delete', 'Export, change and move'].map(
    actionNamed,
  ),
);
const SHARE_OF_PIPELINES = 0.3;

/** All pairs of actions by receipts of Azure, but for those of several steps; by each of the others, and of these, a share. */
export function* pairs(seed: number, share: number): Generator<Trial> {
  const random = createRandom(seed);
  const sharesOf = (one: number, other: number) =>
    PIPELINES.has(one) || PIPELINES.has(other) ? Math.max(share, SHARE_OF_PIPELINES) : 1;
  for (const receipts of RECEIPTS.keys()) {
    for (const one of ACTIONS.keys()) {
      for (const other of ACTIONS.keys()) {
        if (random.share() < (receipts === 0 ? sharesOf(one, other) : share))
          yield inOrder(random, [one, other], receipts);
      }
    }
  }
}

/** Triples of actions by each kind of receipts: a share of them. */
export function* triples(seed: number, share: number): Generator<Trial> {
  const random = createRandom(seed);
  for (const receipts of RECEIPTS.keys()) {
    for (const one of ACTIONS.keys()) {
      for (const other of ACTIONS.keys()) {
        for (const last of ACTIONS.keys()) {
          if (random.share() < share) yield inOrder(random, [one, other, last], receipts);
        }
      }
    }
  }
}

/** Any steps, so many times by each of the four kinds of receipts. */
export function* sequences(seed: number, count: number): Generator<Trial> {
  const random = createRandom(seed);
  for (const receipts of RECEIPTS.keys()) {
    for (let index = 0; index < count; index++) {
      const steps = Array.from({ length: 3 + below(random, 6) }, () => anyStep(random));
      yield { messages: 3 + below(random, 10), steps, receipts };
    }
  }
}

const JOBS = [
  'Move',
  'Redrive',
  'Requeue',
  'Change and move',
  'Change and copy',
  'Change and hide',
  'Export and delete',
  'Export, change and move',
  'Copy',
  'Change text',
  'Set visibility',
  'Delete messages',
  'Browse all',
  'Export',
];
const HANDS = ['Another consumer meets a late start', 'Another consumer receives', 'Time', 'Lost answer', 'Receive'];

/** A job that is stopped in the middle, what happens meanwhile, and what comes of it when it goes on and is tried again. */
export function* interruptions(seed: number, count: number): Generator<Trial> {
  const random = createRandom(seed);
  const oneOf = (names: readonly string[]): Step =>
    anyStep(random, actionNamed(names[below(random, names.length)] ?? ''));
  for (const receipts of RECEIPTS.keys()) {
    for (let index = 0; index < count; index++) {
      const steps = [
        oneOf(['Receive', 'Browse and keep', 'Refresh']),
        ...(random.share() < 0.3 ? [oneOf(['Lost answer', 'Target refuses', 'Delete', 'Second tab'])] : []),
        { ...oneOf(JOBS), how: below(random, 4), stop: 1 + below(random, 8) },
        oneOf(HANDS),
        { ...oneOf(HANDS), how: random.share() < 0.5 ? 3 : 0 },
        { ...oneOf(['Go on']), stop: 0 },
        oneOf(['Retry failed', 'Undo a move', 'Undo a change']),
        anyStep(random),
      ];
      for (const step of steps) step.tab = 0;
      yield { messages: 3 + below(random, 3), steps, receipts };
    }
  }
}

/** Trials that run side by side, since each waits for the service's signatures now and then. */
const AT_A_TIME = 4;

/** The first faults in all of these, shrunk; stops when there is one. */
export async function faultsIn(all: Iterable<Trial>): Promise<string[]> {
  const wrong: Trial[] = [];
  await each(untilWrong(all, wrong), AT_A_TIME, async (trial) => {
    if ((await tryOut(trial)) !== undefined) wrong.push(trial);
  });
  const faults: string[] = [];
  for (const trial of wrong.slice(0, 1)) faults.push(await shrunk(trial));
  return faults;
}

function* untilWrong(all: Iterable<Trial>, wrong: readonly Trial[]): Generator<Trial> {
  for (const trial of all) {
    if (wrong.length > 0) return;
    yield trial;
  }
}
