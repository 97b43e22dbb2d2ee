/** Starts storing the leases of this tab over reloads, and lists the jobs that a reload cut off. Needs the connections, whose clocks date the leases. */
export async function startLeasePersistence(): Promise<void> {
  const { persistLeases: startKeepingLeases } = await import('../leases/lease-persistence');
  startKeepingLeases();
  const { watchJournals } = await import('../journal/interrupted-jobs');
  await watchJournals();
}
