/** From now on a reload finds the leases of this tab. Call it once the connections are known: their clocks date the leases. */
export async function startLeasePersistence(): Promise<void> {
  const { startKeepingLeases } = await import('../leases/lease-persistence');
  startKeepingLeases();
}
