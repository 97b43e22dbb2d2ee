import type { Browser } from '@playwright/test';
import { type Outcome, playSeed } from './play';
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
  say: (words: string) => void;
};

/** The seeds of the sequences that a seed stands for; with a count of 1 it is the seed itself. */
export function seedsOf(seed: number, count: number): number[] {
  const random = randomFrom(seed);
  return [seed, ...Array.from({ length: count - 1 }, () => random.seed())];
}

/** Plays so many sequences, shrinks those that fail and says what they are. Gives the faults in words. */
export async function playMany(browser: Browser, { seed, count, lanes, mostFaults, say }: Wish): Promise<string[]> {
  const began = Date.now();
  const waiting = seedsOf(seed, count).values();
  const faults: string[] = [];
  const total = { played: 0, steps: 0, refused: new Map<string, number>(), done: new Map<string, number>() };
  function note({ sequence, refused }: Outcome) {
    total.played++;
    total.steps += sequence.steps.length;
    for (const { action } of sequence.steps) total.done.set(action, (total.done.get(action) ?? 0) + 1);
    for (const { action } of refused) total.refused.set(action, (total.refused.get(action) ?? 0) + 1);
    if (total.played % 10 === 0 || total.played === count)
      say(
        `${total.played} of ${count} sequences, ${total.steps} steps, ${faults.length} faults, ${((Date.now() - began) / 1000).toFixed(0)} s`,
      );
  }
  async function lane() {
    const stage = await openStage();
    try {
      for (const one of waiting) {
        if (faults.length >= mostFaults) break;
        const outcome = await playSeed({ browser, stage }, one);
        note(outcome);
        if (!outcome.fault) continue;
        say(
          `Seed ${one} fails (${outcome.fault.kinds.join(', ')}), after ${outcome.sequence.steps.length} steps. Looking for fewer.`,
        );
        const words = `Seed ${one}. ${faultWords(await shrink({ browser, stage }, outcome))}`;
        faults.push(words);
        say(`\n${words}\n`);
      }
    } finally {
      await stage.close();
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
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
