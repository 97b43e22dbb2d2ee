import { createPair } from '@/sandbox/histories/pair.fixture';
import { runHistories } from '@/sandbox/histories/run-histories.fixture';

export type HistoriesBench = { url: string; clock: string; operations: number; seed: number };

/** Random histories at the sandbox and at an Azurite whose clock is held; a difference is what `failure` says. */
export async function compareHistories({ url, clock, ...work }: HistoriesBench) {
  const pair = await createPair({ url, clock });
  const start = performance.now();
  try {
    const { operations, histories, commands, tolerated } = await runHistories(pair, work);
    return {
      operations,
      histories,
      seconds: (performance.now() - start) / 1000,
      commands: Object.fromEntries(commands),
      tolerated: Object.fromEntries(tolerated),
    };
  } catch (error) {
    return { failure: String(error) };
  }
}
