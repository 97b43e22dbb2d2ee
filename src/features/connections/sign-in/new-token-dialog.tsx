import { LogIn } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { tokenAt } from '@/azure/connection-input/access-token-input';
import { TOKEN_COMMAND } from '@/azure/credentials/access-token';
import { renewConnection, type StoredConnection, useConnection } from '@/state/connections/connections';
import { tokenOwnerOf } from '@/state/connections/token-owner';
import type { SignIn } from '@/state/sign-in/app-registration';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Value } from '@/ui/format/value';
import { CloseButton, Dialog, FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { isolated } from '@/words/isolate';
import { NOTHING_TYPED } from '../input/masked-text';
import { parseDraft } from '../input/parse-draft';
import { SecretTextarea } from '../input/secret-textarea';
import { TokenRows } from '../input/token-details';
import { connectionName } from '../shared/connection-name';
import { HighlightedCommand } from '../shared/highlighted-command';
import { SignInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

/**
 * Asks for the next access token of a connection, over whatever is on screen, which stays. Requests that Azure refused are
 * sent again with the new token.
 */
export default function NewTokenDialog({ connectionId: id, onClose }: { connectionId: string; onClose: () => void }) {
  const connection = useConnection(id);
  if (!connection) return null;
  return connection.signIn ? (
    <SignInAgain connection={connection} signIn={connection.signIn} onClose={onClose} />
  ) : (
    <PasteAgain connection={connection} onClose={onClose} />
  );
}

type AgainProps = {
  connection: StoredConnection;
  /** Declines the token. */
  onClose: () => void;
};

function PasteAgain({ connection, onClose }: AgainProps) {
  const { id, account, endpoint } = connection;
  const [draft, setDraft] = useState(NOTHING_TYPED);
  const box = useRef<HTMLTextAreaElement>(null);
  const boxId = useId();
  const noteId = useId();

  const pasted = parseDraft(draft);
  const token = pasted.kind === 'token' ? tokenAt(pasted, endpoint, account) : undefined;
  const late = token?.problems.find(({ field, severity }) => field === 'token' && severity === 'error');
  const problem = pasted.kind === 'nothing' || token ? undefined : NO_TOKEN;

  return (
    <FormDialog
      title={`New token for ${connectionName(connection)}`}
      onClose={onClose}
      initialFocus={box}
      cancelLabel="Not now"
      label="Use this token"
      kbd="⏎"
      reason={token ? late?.message : 'Paste a token first'}
      onSubmit={() => token && void renewConnection(id, token.token, { holder: tokenOwnerOf(token.claims) })}
    >
      <p className="text-text-2">
        Access tokens are valid for about an hour. What is on screen stays, and requests that wait are sent with the new
        token.
      </p>
      <CodeBox label="Command that prints a token" action={<CopyButton text={TOKEN_COMMAND} label="Copy command" />}>
        <HighlightedCommand code={TOKEN_COMMAND} />
      </CodeBox>
      <div>
        <label htmlFor={boxId} className="mb-1.5 inline-block text-12 font-semibold">
          Paste what it prints, or the token alone
        </label>
        <SecretTextarea
          id={boxId}
          label="Access token"
          placeholder={'{ "accessToken": "eyJ…'}
          value={draft}
          onChange={setDraft}
          box={box}
          describedBy={noteId}
          invalid={problem !== undefined}
        />
        <p id={noteId} aria-live="polite" className="text-12 text-danger not-empty:mt-1.5">
          {problem}
        </p>
      </div>
      {token && (
        <dl>
          <TokenRows claims={token.claims} problems={token.problems} />
        </dl>
      )}
    </FormDialog>
  );
}

const NO_TOKEN =
  'There is no access token in this text. It starts with eyJ and has three parts with dots between them.';

/** Asks the user to sign in again; requests that wait are sent then. */
function SignInAgain({ connection, signIn: known, onClose }: AgainProps & { signIn: SignIn }) {
  const { id } = connection;
  const { signIn, signInHere, isWaiting, isBlocked, problem } = useSignIn();

  async function start(hint?: string) {
    const found = await signIn(known, hint);
    if (!found) return;
    const { username, homeAccountId } = found.signIn;
    await renewConnection(id, found.token, { holder: { who: username }, signIn: found.signIn });
    if (homeAccountId !== known.homeAccountId) toast({ title: `Signed in as ${isolated(username)}`, tone: 'success' });
  }

  return (
    <Dialog
      size="sm"
      title={`Sign in to ${connectionName(connection)}`}
      onClose={onClose}
      dismissible={false}
      footer={
        <>
          <Button size="lg" variant="ghost" className="mr-auto -ml-2" onClick={() => void start()}>
            Other account
          </Button>
          <CloseButton onClick={onClose}>Not now</CloseButton>
          <Button size="lg" variant="primary" icon={<LogIn />} onClick={() => void start(known.username)}>
            {isWaiting ? 'Start again' : 'Sign in with Microsoft'}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-text-2">
          This page keeps tokens in memory only, so a reload loses them, and they expire. Sign in as{' '}
          <strong className="font-semibold [overflow-wrap:anywhere]">
            <Value text={known.username} />
          </strong>{' '}
          to continue. What is on screen stays.
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
