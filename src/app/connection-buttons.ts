import { lazy } from 'react';

/** Their code comes with the first connection that has one: most have none. */
export const EnvironmentButton = lazy(async () => ({
  default: (await import('@/features/connections/access/environment-button')).EnvironmentButton,
}));
export const ReadOnlyButton = lazy(async () => ({
  default: (await import('@/features/connections/access/read-only-button')).ReadOnlyButton,
}));
