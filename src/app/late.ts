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
export const InterruptedStrips = lazy(() => import('@/features/jobs/interrupted/interrupted-strips'));
export const LeasesToggle = lazy(() => import('@/features/messages/tray/leases-toggle'));
