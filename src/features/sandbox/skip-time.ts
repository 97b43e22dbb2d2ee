import type { QueryClient } from '@tanstack/react-query';
import { refreshSandbox } from '@/queries/sandbox';
import type { SandboxSession } from '@/state/sandbox/sandbox-session';
import { announce } from '@/ui/feedback/live-region';
import { duration } from '@/ui/format/relative-time';

/** Moves the sandbox ahead by `milliseconds` and looks again at everything on screen. */
export function skip(client: QueryClient, { clock }: SandboxSession, milliseconds: number) {
  clock.advance(milliseconds);
  announce(`Sandbox clock moved ahead ${duration(milliseconds)}`);
  void refreshSandbox(client);
}

/** Moves the sandbox to the moment at which the next lease ends; nothing when no message is leased. */
export function skipToLeaseEnd(client: QueryClient, session: SandboxSession) {
  const end = session.sandbox.nextLeaseEnd();
  if (end !== undefined) skip(client, session, Math.max(0, end - session.clock.now()));
}
