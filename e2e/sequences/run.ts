import type { Browser } from '@playwright/test';
import { KEPT } from './kept';
import { type Outcome, playSeed, playSteps } from './play';
import { randomFrom } from './random';
import { faultWords, shrink } from './shrink';
import { openStage } from './stage';

export type Wish = {
  seed: number;
  count: number;
  /** Sequences at a time, each with a service of its own. They wait most of the time. */
  lanes: number;
  /** Faults after which to stop. */
  mostFaults: number;
  /** Words of actions that are not to be drawn, and of kept sequences that are not to be played. */
  without: readonly string[];
  /** The sequences that once failed come first. */
  withKept: boolean;
  say: (words: string) => void;
};

/** The seeds of the sequences that a seed stands for; with a count of 1 it is the seed itself. */
export function seedsOf(seed: number, count: number): number[] {
  const random = randomFrom(seed);
  return [seed, ...Array.from({ length: count - 1 }, () => random.seed())];
}

/** Plays so many sequences, shrinks those that fail and says what they are. Gives the faults in words. */
export async function playMany(
  browser: Browser,
  { seed, count, lanes, mostFaults, without, withKept, say }: Wish,
): Promise<string[]> {
  const began = Date.now();
  const waiting = seedsOf(seed, count).values();
  const kept = Object.entries(withKept ? KEPT : {})
    .filter(([name]) => !without.some((words) => name.includes(words)))
    .values();
  const faults: string[] = [];
  const total = { played: 0, steps: 0, refused: new Map<string, number>(), done: new Map<string, number>() };
  function note({ sequence, refused }: Outcome) {
    total.played++;
    total.steps += sequence.steps.length;
    for (const { action } of sequence.steps) total.done.set(action, (total.done.get(action) ?? 0) + 1);
    for (const { step, why } of refused) {
      const words = `${step.action}: ${why}`;
      total.refused.set(words, (total.refused.get(words) ?? 0) + 1);
    }
    if (total.played % 10 === 0 || total.played === count)
      say(
        `${total.played} of ${count} sequences, ${total.steps} steps, ${faults.length} faults, ${((Date.now() - began) / 1000).toFixed(0)} s`,
      );
  }
  function blame(words: string) {
    faults.push(words);
    say(`\n${words}\n`);
  }
  async function lane() {
    const stage = await openStage();
    const players = { browser, stage, without };
    try {
      for (const [name, sequence] of kept) {
        const outcome = await playSteps(players, sequence);
        if (outcome.fault) blame(`Kept: ${name}. ${faultWords(outcome)}`);
        else say(`Kept: ${name}: well.${outcome.refused.map(({ why }) => ` ${why}`).join('')}`);
      }
      for (const one of waiting) {
        if (faults.length >= mostFaults) break;
        const outcome = await playSeed(players, one);
        note(outcome);
        if (!outcome.fault) continue;
        const { kinds } = outcome.fault;
        say(
          `Seed ${one} fails (${kinds.join(', ')}), after ${outcome.sequence.steps.length} steps. Looking for fewer.`,
        );
        blame(`Seed ${one}. ${faultWords(await shrink(players, outcome))}`);
      }
    } finally {
      await stage.close();
    }
  }
  await Promise.all(Array.from({ length: withKept ? lanes : Math.min(lanes, count) }, lane));
  const words = (counts: Map<string, number>) =>
    [...counts].toSorted(([, a], [, b]) => b - a).map(([action, times]) => `  ${times} × ${action}`);
  say(
    [
      `Done:`,
      ...words(total.done),
      ...(total.refused.size > 0 ? ['Of these the page did not let be done:', ...words(total.refused)] : []),
    ].join('\n'),
  );
  return faults;
}
