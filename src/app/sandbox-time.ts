import { lazy } from 'react';

/** Its code comes with the first sandbox: most visits have none. */
export const SandboxTime = lazy(() => import('@/features/sandbox/sandbox-time'));
