import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { refreshSandbox } from '@/queries/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { useNow } from '@/ui/browser/use-now';
import { announce } from '@/ui/feedback/live-region';
import { duration } from '@/words/times';

const SECOND_MS = 1000;

/** By how much the clock can be moved ahead at once. */
export const SKIPS: readonly (readonly [label: string, milliseconds: number])[] = [
  ['1 s', SECOND_MS],
  ['30 s', 30 * SECOND_MS],
  ['5 min', 300 * SECOND_MS],
  ['1 h', 3600 * SECOND_MS],
  ['1 day', 86_400 * SECOND_MS],
  ['7 days', 7 * 86_400 * SECOND_MS],
];

/** Moves the sandbox's clock ahead by `milliseconds`, and refreshes everything on screen. */
export function skip(client: QueryClient, { clock }: SandboxSession, milliseconds: number) {
  clock.advance(milliseconds);
  announce(`Sandbox clock moved ahead ${duration(milliseconds)}`);
  void refreshSandbox(client);
}

/** Moves the sandbox's clock to the end of the next lease; does nothing when no message is leased. */
export async function skipToLeaseEnd(client: QueryClient, session: SandboxSession) {
  const end = await session.sandbox.nextLeaseEnd();
  if (end !== undefined) skip(client, session, Math.max(0, end - session.clock.now()));
}

/** Epoch ms by the sandbox's clock at which the next lease ends; undefined when no message is leased. */
export function useNextLeaseEnd({ sandbox }: SandboxSession): number | undefined {
  // A lease ends by the clock.
  useNow();
  return useSyncExternalStore(
    (changed) => sandbox.subscribe(changed),
    () => sandbox.leaseEnd(),
  );
}
