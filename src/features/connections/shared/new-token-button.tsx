import { KeyRound } from 'lucide-react';
import { useConnection } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { Button } from '@/ui/controls/button';

/** The way to the next token of a connection; what failed for want of one is tried again then. */
export function NewTokenButton({ connectionId }: { connectionId: string }) {
  const signIn = useConnection(connectionId)?.signIn;
  return (
    <Button variant="primary" icon={<KeyRound />} onClick={() => promptForToken(connectionId)}>
      {signIn ? 'Sign in again' : 'Paste a new token'}
    </Button>
  );
}
