import { insist } from '@/parts/insist';

const LONGEST_WAIT_MS = 1000;

/** Starts storing the leases of this tab over reloads, and lists the jobs that a reload cut off. Needs the connections, whose clocks date the leases. */
export async function startLeasePersistence(): Promise<void> {
  const { persistLeases: startKeepingLeases } = await insist(() => import('../leases/lease-persistence'));
  const { watchJournals } = await insist(() => import('../journal/interrupted-jobs'));
  // First, so that nothing else tells of what they tell; a storage that does not answer holds up nothing.
  await Promise.race([watchJournals(), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
  startKeepingLeases();
}
