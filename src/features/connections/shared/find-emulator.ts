import { isLoopback } from '@/azure/diagnosis/verdict';
import { EMULATOR } from '@/azure/protocol/emulator';
import { findLocalService, type LocalService } from '@/state/start/start-connections';

/** `unasked`: looking would make the browser ask a person for a permission before they wanted anything. */
export type Emulator = { service: LocalService; state: 'running' | 'absent' | 'unasked' };

/** The service that the page's server runs, else the emulator where it usually is. */
export const localServiceOrUsual = async (): Promise<LocalService> =>
  (await findLocalService()) ?? { endpoint: EMULATOR.endpoint, account: EMULATOR.account };

/** Looks for the emulator that the page's server runs, else for one on the usual port. */
export async function findEmulator(): Promise<Emulator> {
  const service = await localServiceOrUsual();
  if (!(await mayLookUnasked())) return { service, state: 'unasked' };
  try {
    // An opaque answer needs no CORS rule, and is all that a look from outside can get.
    await fetch(service.endpoint, { mode: 'no-cors', cache: 'no-store' });
    return { service, state: 'running' };
  } catch {
    return { service, state: 'absent' };
  }
}

/** A page from this machine may reach it freely; Chromium asks for any other page (Local Network Access). */
async function mayLookUnasked(): Promise<boolean> {
  if (isLoopback(location.hostname)) return true;
  const states = await Promise.all(['loopback-network', 'local-network-access'].map(permissionState));
  return states.includes('granted');
}

async function permissionState(name: string): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    // Names differ among browsers and versions; an unknown one throws.
    return undefined;
  }
}
