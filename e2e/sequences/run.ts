import type { Browser } from '@playwright/test';
import { KEPT } from './kept';
import { type Outcome, type Players, playSeed, playSteps } from './play';
import { randomFrom } from './random';
import { faultWords, shrink } from './shrink';
import { openStage } from './stage';

export type Wish = {
  seed: number;
  count: number;
  /** Sequences in parallel, each with its own service. They wait most of the time. */
  lanes: number;
  /** Faults after which to stop. */
  mostFaults: number;
  /** Texts of actions that are not drawn, and of stored sequences that are not played. */
  without: readonly string[];
  /** True plays the sequences that once failed first. */
  withKept: boolean;
  say: (words: string) => void;
};

/** The seeds of sequences from one seed, which is the first. */
function seedsOf(seed: number, count: number): number[] {
  const random = randomFrom(seed);
  return [seed, ...Array.from({ length: count - 1 }, () => random.seed())];
}

/** Plays sequences, shortens and reports those that fail. Returns the faults as text. */
export async function playMany(browser: Browser, wish: Wish): Promise<string[]> {
  const { seed, count, lanes, mostFaults, without, withKept, say } = wish;
  const seeds = seedsOf(seed, count).values();
  const kept = Object.entries(withKept ? KEPT : {})
    .filter(([name]) => !without.some((words) => name.includes(words)))
    .values();
  const faults: string[] = [];
  /** The faults that were shortened. */
  const known: { seed: number; kinds: string; actions: string[] }[] = [];
  const tally = createTally(count);
  function blame(words: string) {
    faults.push(words);
    say(`\n${words}\n`);
  }

  async function playKept(players: Players) {
    for (const [name, sequence] of kept) {
      const outcome = await playSteps(players, sequence);
      const { fault, refused } = outcome;
      if (fault) blame(`Kept: ${name}. ${faultWords(outcome)}`);
      else say(`Kept: ${name}: well.${refused.map(({ why }) => ` Not done: ${why}`).join('')}`);
    }
  }

  async function playRandom(players: Players) {
    for (const one of seeds) {
      if (faults.length >= mostFaults) return;
      const outcome = await playSeed(players, one);
      const progress = tally.add(outcome);
      if (progress) say(`${progress}, ${faults.length} faults`);
      if (!outcome.fault) continue;
      const kinds = outcome.fault.kinds.join(', ');
      const actions = new Set(outcome.sequence.steps.map(({ action }) => action));
      const like = known.find((other) => other.kinds === kinds && other.actions.every((name) => actions.has(name)));
      if (like) {
        say(`Seed ${one} fails (${kinds}), most likely as ${like.seed} does.`);
        continue;
      }
      say(`Seed ${one} fails (${kinds}), after ${outcome.sequence.steps.length} steps. Looking for fewer.`);
      const short = await shrink(players, outcome);
      known.push({ seed: one, kinds, actions: short.sequence.steps.map(({ action }) => action) });
      blame(`Seed ${one}. ${faultWords(short)}`);
    }
  }

  async function lane() {
    const stage = await openStage();
    try {
      await playKept({ browser, stage, without });
      await playRandom({ browser, stage, without });
    } finally {
      await stage.close();
    }
  }
  await Promise.all(Array.from({ length: withKept ? lanes : Math.min(lanes, count) }, lane));
  say(tally.words());
  return faults;
}

const countUp = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** Counts what was played. */
function createTally(count: number) {
  const began = Date.now();
  const done = new Map<string, number>();
  const refused = new Map<string, number>();
  let [played, steps] = [0, 0];
  return {
    /** Returns the progress now and then. */
    add(outcome: Outcome): string | undefined {
      played++;
      steps += outcome.sequence.steps.length;
      for (const { action } of outcome.sequence.steps) countUp(done, action);
      for (const { step, why } of outcome.refused) countUp(refused, `${step.action}: ${why}`);
      if (played % 10 !== 0 && played !== count) return undefined;
      return `${played} of ${count} sequences, ${steps} steps, ${((Date.now() - began) / 1000).toFixed(0)} s`;
    },
    words: () =>
      [
        'Done:',
        ...linesOf(done),
        ...(refused.size > 0 ? ['Not let be done by the page:', ...linesOf(refused)] : []),
      ].join('\n'),
  };
}

const linesOf = (counts: Map<string, number>) =>
  [...counts].toSorted(([, a], [, b]) => b - a).map(([words, times]) => `  ${times} × ${words}`);
