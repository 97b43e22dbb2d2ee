import { lazyPart, quietPart } from '@/ui/parts/lazy-part';

/*
 * Parts that few connections need: their code is loaded with the first that does.
 */

export const EnvironmentButton = lazyPart(
  async () => (await import('@/features/connections/access/environment-button')).EnvironmentButton,
);
export const ReadOnlyButton = lazyPart(
  async () => (await import('@/features/connections/access/read-only-button')).ReadOnlyButton,
);
export const SandboxTime = lazyPart(async () => (await import('@/features/sandbox/sandbox-time')).default);
export const InterruptedStrips = quietPart(
  async () => (await import('@/features/jobs/interrupted/interrupted-strips')).default,
);
export const LeasesToggle = quietPart(async () => (await import('@/features/messages/tray/leases-toggle')).default);
