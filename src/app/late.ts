import { lazy } from 'react';

/*
 * Parts that few connections need: their code is loaded with the first that does.
 */

export const EnvironmentButton = lazy(async () => ({
  default: (await import('@/features/connections/access/environment-button')).EnvironmentButton,
}));
export const ReadOnlyButton = lazy(async () => ({
  default: (await import('@/features/connections/access/read-only-button')).ReadOnlyButton,
}));
export const SandboxTime = lazy(() => import('@/features/sandbox/sandbox-time'));
const stopped = () => import('@/features/jobs/interrupted/stopped-jobs');
export const InterruptedStrips = lazy(async () => ({ default: (await stopped()).InterruptedStrips }));
export const StoppedDot = lazy(async () => ({ default: (await stopped()).StoppedDot }));
export const LeasesToggle = lazy(() => import('@/features/messages/tray/leases-toggle'));
