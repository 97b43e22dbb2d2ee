import { type SubmitEvent, useId, useRef, useState } from 'react';
import { tokenAt } from '@/azure/connection-input/access-token-input';
import { TOKEN_COMMAND } from '@/azure/credentials/access-token';
import { renewConnection, type StoredConnection, useConnection } from '@/state/connections/connections';
import { tokenOwnerOf } from '@/state/connections/token-owner';
import { declineToken } from '@/state/sign-in/token-prompts';
import { CodeBox, CopyButton } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { Dialog } from '@/ui/overlay/dialog';
import { NOTHING_TYPED } from '../input/masked-text';
import { parseDraft } from '../input/parse-draft';
import { DetailsBox } from '../input/secret-textarea';
import { TokenRows } from '../input/token-details';
import { connectionName } from '../shared/connection-name';
import { Command } from '../shared/highlighted-command';
import { SignInAgain } from './sign-in-again';

/**
 * Asks for the next access token of a connection, over whatever is on screen: it stays as it is, drafts included, and
 * the requests that Azure refused are sent again with the new token.
 */
export default function NewTokenDialog({ connectionId: id }: { connectionId: string }) {
  const connection = useConnection(id);
  if (!connection) return null;
  return connection.signIn ? (
    <SignInAgain connection={connection} signIn={connection.signIn} />
  ) : (
    <PasteAgain connection={connection} />
  );
}

function PasteAgain({ connection }: { connection: StoredConnection }) {
  const { id, account, endpoint } = connection;
  const [draft, setDraft] = useState(NOTHING_TYPED);
  const box = useRef<HTMLTextAreaElement>(null);
  const form = useId();
  const boxId = useId();
  const noteId = useId();

  const pasted = parseDraft(draft);
  const token = pasted.kind === 'token' ? tokenAt(pasted, endpoint, account) : undefined;
  const isLate = token?.problems.some(({ field, severity }) => field === 'token' && severity === 'error') ?? false;
  const problem = pasted.kind === 'nothing' || token ? undefined : NO_TOKEN;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (token && !isLate) void renewConnection(id, token.token, { holder: tokenOwnerOf(token.claims) });
    else box.current?.focus();
  }

  return (
    <Dialog
      size="md"
      title={`New token for ${connectionName(connection)}`}
      onClose={() => declineToken(id)}
      dismissible={false}
      initialFocus={box}
      footer={
        <>
          <Button size="lg" kbd="Esc" onClick={() => declineToken(id)}>
            Not now
          </Button>
          <Button type="submit" form={form} size="lg" variant="primary" kbd="⏎" disabled={!token || isLate}>
            Use this token
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        <p className="text-text-2">
          Access tokens live about an hour. What is on screen stays as it is, and what waits for Azure goes on with the
          new token.
        </p>
        <CodeBox label="Command that prints a token" action={<CopyButton text={TOKEN_COMMAND} label="Copy command" />}>
          <Command code={TOKEN_COMMAND} />
        </CodeBox>
        <div>
          <label htmlFor={boxId} className="mb-1.5 inline-block text-12 font-semibold">
            Paste what it prints, or the token alone
          </label>
          <DetailsBox
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
      </form>
    </Dialog>
  );
}

const NO_TOKEN =
  'There is no access token in this text. It starts with eyJ and has three parts with dots between them.';
