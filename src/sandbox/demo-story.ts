import type { Account } from '../azure/account';

/** Gives an empty account the queues of the demo, by its own operations. */
export async function seedDemoStory(_account: Account): Promise<void> {
  throw new Error('Not built yet');
}
