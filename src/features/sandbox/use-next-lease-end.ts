import { useSyncExternalStore } from 'react';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useNow } from '@/ui/browser/use-now';

/** Epoch ms by the sandbox's clock at which the next lease ends; undefined when no message is leased. */
export function useNextLeaseEnd({ sandbox }: SandboxSession): number | undefined {
  // A lease that ran out by itself is no change to the service: time alone tells.
  useNow();
  return useSyncExternalStore(
    (changed) => sandbox.subscribe(changed),
    () => sandbox.nextLeaseEnd(),
  );
}
