import { type SubmitEvent, useRef, useState } from 'react';
import type { Connection } from '@/azure/protocol/connection';
import { InvalidInputError } from '@/azure/protocol/errors';
import { secretText } from '@/state/connections/connection-labels';
import { addConnection, type StoredConnection, withCredential } from '@/state/connections/connections';
import { openedQueuesOf } from '@/state/connections/opened-queues';
import { openDialog } from '@/state/navigation/open-dialog';
import { currentRoute } from '@/state/navigation/route';
import { Button } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field } from '@/ui/controls/field';
import type { Check } from '../check/check-connection';
import { IS_VALID, MAY_WORK_LATER } from '../check/may-work-later';
import { useCheck } from '../check/use-check';
import { VerdictBox } from '../check/verdict-box';
import { KeyInput } from '../input/key-input';
import { useKeepChoice } from '../input/use-keep-choice';
import { readSecretAgain } from './secret-again';

/** Asks for the secret of a connection whose all else is known, tries it, and goes on. */
export function KeyForm({ connection }: { connection: StoredConnection }) {
  const [problem, setProblem] = useState<string>();
  const { choice, choose, keep, isProtected } = useKeepChoice();
  const { check, run, clear } = useCheck();
  const field = useRef<HTMLInputElement>(null);
  const isChecking = check?.isRunning ?? false;
  const verdict = isChecking ? undefined : check?.verdict;

  /** Connects with what the field holds. `where` may lead by the relay; `tries` is false to save it untried. */
  async function connect(where = connection, tries = true) {
    const input = field.current;
    if (!input || isChecking) return;
    setProblem(undefined);
    try {
      const { credential, key, holder } = await readSecretAgain(where, input.value.trim());
      if (tries && !isEnough(await run(withCredential(where, usable(credential)), { queue: queueOf(connection) })))
        return input.select();
      input.value = '';
      const added = { ...withCredential(where, usable(credential)), credential, ...(holder && { holder }) };
      await addConnection(added, keep, { isProtected, key });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      clear();
      setProblem(error.message);
      input.select();
    }
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    void connect();
  }

  /** The connection is known already, so a valid credential is enough. A key that may not list is none of Azure's. */
  const isEnough = ({ works, verdict: found }: Check) =>
    works || (connection.kind !== 'key' && found !== undefined && IS_VALID.has(found.kind));

  const name = secretText(connection);
  return (
    <form aria-label={`Enter the ${name}`} autoComplete="off" onSubmit={submit} className="grid w-full gap-3">
      <Field label={name.charAt(0).toUpperCase() + name.slice(1)} hint={HINTS[connection.kind]} error={problem}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Nothing else can be done on the screen. */}
        <KeyInput ref={field} autoFocus />
      </Field>
      <Checkbox checked={choice === 'device'} onChange={(on) => choose(on ? 'device' : 'tab')}>
        Keep it over reloads: needs a passphrase
      </Checkbox>
      {verdict && check && (
        <VerdictBox
          verdict={verdict}
          connection={check.connection}
          onRelay={() => void connect({ ...connection, relay: true })}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-disabled={isChecking || undefined}>
          {isChecking ? 'Connecting' : 'Connect'}
        </Button>
        {verdict && check && MAY_WORK_LATER.has(verdict.kind) && (
          <Button onClick={() => void connect(connection, false)}>Save anyway</Button>
        )}
        <Button variant="ghost" onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}>
          Forget it
        </Button>
      </div>
    </form>
  );
}

/** The queue to read where the list is refused: the one in the address, else the latest that was opened by name. */
function queueOf(connection: StoredConnection): string | undefined {
  const route = currentRoute();
  const isHere = route?.screen === 'explorer' && route.connectionId === connection.id;
  return (isHere ? route.queue : undefined) ?? openedQueuesOf(connection).at(-1);
}

type Read = Awaited<ReturnType<typeof readSecretAgain>>['credential'];

/** A credential to send with; a token that is pasted is the current one. */
const usable = (credential: Read): Connection['credential'] =>
  credential.kind === 'token' ? { kind: 'token', getToken: async () => credential.token } : credential;

const HINTS: Record<StoredConnection['kind'], string> = {
  key: 'The key alone, or a connection string that has it.',
  sas: 'The signature, or an address or a connection string that has it.',
  token: 'The token, or the text that has it.',
};
