import type { DiagnosisEnvironment } from './browser-environment';
import { isLoopback } from './verdict';

/**
 * Names under which browsers keep the right to reach this machine. They differ among browsers and versions:
 * `local-network-access` was about every local address, and `local-network` beside `loopback-network` is about other devices.
 */
const PERMISSIONS = ['loopback-network', 'local-network-access'];

/**
 * Whether the page may reach addresses of the machine that it is looked at on (Local Network Access). A page from this
 * machine needs no permission, whatever the browser says about it. Undefined where the browser keeps no such right.
 */
export async function accessToThisMachine({
  origin,
  permission,
}: Pick<DiagnosisEnvironment, 'origin' | 'permission'>): Promise<PermissionState | undefined> {
  if (isLoopback(new URL(origin).hostname)) return 'granted';
  const states = await Promise.all(PERMISSIONS.map(permission));
  return (['denied', 'prompt', 'granted'] as const).find((state) => states.includes(state));
}
