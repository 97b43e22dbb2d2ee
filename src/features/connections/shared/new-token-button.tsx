import { KeyRound } from 'lucide-react';
import { useConnection } from '@/state/connections/connections';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { Button } from '@/ui/controls/button';

/** Asks for the next token of a connection; requests that failed for want of one are sent again. */
export function NewTokenButton({ connectionId }: { connectionId: string }) {
  const signIn = useConnection(connectionId)?.signIn;
  return (
    <Button variant="primary" icon={<KeyRound />} onClick={() => promptForToken(connectionId)}>
      {signIn ? 'Sign in again' : 'Paste a new token'}
    </Button>
  );
}
