/** Starts storing the leases of this tab over reloads. Needs the connections, whose clocks date the leases. */
export async function startLeasePersistence(): Promise<void> {
  const { persistLeases: startKeepingLeases } = await import('../leases/lease-persistence');
  startKeepingLeases();
}
