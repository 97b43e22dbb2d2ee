import { LogIn } from 'lucide-react';
import { renewConnection, type StoredConnection } from '@/state/connections/connections';
import type { SignIn } from '@/state/sign-in/app-registration';
import { declineToken } from '@/state/sign-in/token-prompts';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { CloseButton } from '@/ui/overlay/form-dialog';
import { toast } from '@/ui/overlay/toast';
import { connectionName } from '../shared/connection-name';
import { SignInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

/** Asks the user to sign in again; requests that wait are sent then. */
export function SignInAgain({ connection, signIn: known }: { connection: StoredConnection; signIn: SignIn }) {
  const { id } = connection;
  const { signIn, signInHere, isWaiting, isBlocked, problem } = useSignIn();

  async function start(hint?: string) {
    const found = await signIn(known, hint);
    if (!found) return;
    const { username, homeAccountId } = found.signIn;
    await renewConnection(id, found.token, { holder: { who: username }, signIn: found.signIn });
    if (homeAccountId !== known.homeAccountId) toast({ title: `Signed in as ${username}`, tone: 'success' });
  }

  return (
    <Dialog
      size="sm"
      title={`Sign in to ${connectionName(connection)}`}
      onClose={() => declineToken(id)}
      dismissible={false}
      footer={
        <>
          <Button size="lg" variant="ghost" className="mr-auto -ml-2" onClick={() => void start()}>
            Other account
          </Button>
          <CloseButton onClick={() => declineToken(id)}> Not now</CloseButton>
          <Button size="lg" variant="primary" icon={<LogIn />} onClick={() => void start(known.username)}>
            {isWaiting ? 'Start again' : 'Sign in with Microsoft'}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-text-2">
          This page keeps tokens in memory only, so a reload loses them, and they expire. Sign in as{' '}
          <strong className="font-semibold [overflow-wrap:anywhere]">{known.username}</strong> to continue. What is on
          screen stays.
        </p>
        {isWaiting && <p role="status">Waiting for the window in which you sign in.</p>}
        <SignInProblem
          problem={problem}
          onSignInHere={isBlocked ? () => void signInHere(known, { renews: id }, known.username) : undefined}
        />
      </div>
    </Dialog>
  );
}
