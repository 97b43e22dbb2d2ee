import { isLoopback } from '../protocol/loopback';
import type { DiagnosisEnvironment } from './browser-environment';

/**
 * Names of the browser permission to reach this machine. They differ among browsers and versions:
 * `local-network-access` was about every local address, and `local-network` beside `loopback-network` is about other devices.
 */
const PERMISSIONS = ['loopback-network', 'local-network-access'];

/**
 * State of the permission to reach this machine (Local Network Access). A page from this machine needs none. Undefined where
 * the browser has no such permission.
 */
export async function accessToThisMachine({
  origin,
  permission,
}: Pick<DiagnosisEnvironment, 'origin' | 'permission'>): Promise<PermissionState | undefined> {
  if (isLoopback(new URL(origin).hostname)) return 'granted';
  const states = await Promise.all(PERMISSIONS.map(permission));
  return (['denied', 'prompt', 'granted'] as const).find((state) => states.includes(state));
}
