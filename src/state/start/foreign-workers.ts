import { isLoopback } from '@/azure/protocol/loopback';

/**
 * True when a service worker stands between this page and the local server. Queuescope has none: another program that was at this
 * address before has left it, and it could read and change everything. On static hosts it is the host's own.
 */
export const isUnderForeignWorker = (): boolean => workers()?.controller != null;

/** Removes the service workers that other programs have left at this address of this machine. */
export async function removeForeignWorkers(): Promise<void> {
  const registrations = (await workers()?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((one) => one.unregister()));
}

/** Undefined on other hosts, and where the browser has none. */
const workers = (): ServiceWorkerContainer | undefined =>
  isLoopback(location.hostname) && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
