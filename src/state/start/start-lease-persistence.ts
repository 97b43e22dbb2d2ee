import { sessionKeys } from '../tab/session-storage-keys';

/** Starts storing the leases of this tab over reloads, and lists the jobs that a reload cut off. Needs the connections, whose clocks date the leases. */
export async function startLeasePersistence(): Promise<void> {
  const { persistLeases: startKeepingLeases } = await import('../leases/lease-persistence');
  startKeepingLeases();
  if (sessionKeys('queuescope.jobs.').length === 0) return;
  const { restoreCutOffJobs } = await import('../jobs/cut-off-jobs');
  await restoreCutOffJobs();
}
