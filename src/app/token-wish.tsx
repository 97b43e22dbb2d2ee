import { useEffect } from 'react';
import { declineToken, usePendingTokenPrompt } from '@/state/sign-in/token-prompts';
import { lazyPart } from '@/ui/parts/lazy-part';
import { useCurrentConnection } from './page';

// Nothing stands while it is on its way, and no key is kept for it: nobody has asked for it.
const NewToken = lazyPart(async () => (await import('@/features/connections/sign-in/new-token-dialog')).default, {
  shape: 'dialog',
  waiting: () => null,
});

/** Asks for a new access token. Drawn above all dialogs: one of them may have the draft of the refused request. */
export function TokenWish() {
  const connectionId = usePendingTokenPrompt();
  const isToken = useCurrentConnection()?.kind === 'token';
  // Its token ends within an hour.
  useEffect(() => {
    if (isToken) void NewToken.preload().catch(() => {});
  }, [isToken]);
  return (
    connectionId && (
      <NewToken key={connectionId} connectionId={connectionId} onClose={() => declineToken(connectionId)} />
    )
  );
}
