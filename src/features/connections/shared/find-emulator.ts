import { thisBrowser } from '@/azure/diagnosis/browser-environment';
import { accessToThisMachine } from '@/azure/diagnosis/this-machine';
import { EMULATOR } from '@/azure/protocol/emulator';
import { findLocalService, type LocalService } from '@/state/start/start-connections';
import { mayReach, pageFetch } from '@/state/tab/page-policy';

/**
 * `unasked`: looking would make the browser ask for a permission before the person wanted anything, or this page may not reach
 * the address.
 */
export type Emulator = { service: LocalService; state: 'running' | 'absent' | 'unasked' };

/** The service that the page's server runs, otherwise the emulator at its usual address. */
export const localServiceOrUsual = async (): Promise<LocalService> =>
  (await findLocalService()) ?? { endpoint: EMULATOR.endpoint, account: EMULATOR.account };

/** Looks for the emulator that the page's server runs, otherwise for one on the usual port. */
export async function findEmulator(): Promise<Emulator> {
  const service = await localServiceOrUsual();
  if (!mayReach(service.endpoint)) return { service, state: 'unasked' };
  if ((await accessToThisMachine(thisBrowser())) !== 'granted') return { service, state: 'unasked' };
  try {
    // An opaque answer needs no CORS rule, and shows that something answers.
    await pageFetch(service.endpoint, { mode: 'no-cors', cache: 'no-store' });
    return { service, state: 'running' };
  } catch {
    return { service, state: 'absent' };
  }
}
