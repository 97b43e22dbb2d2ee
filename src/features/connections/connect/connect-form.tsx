import { RefreshCw } from 'lucide-react';
import { type SubmitEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { onlyQueueOf, type ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isForOneQueue } from '@/azure/credentials/sas-permissions';
import { accountId } from '@/azure/protocol/connection';
import { addressWith } from '@/azure/protocol/endpoint';
import { isLoopback } from '@/azure/protocol/loopback';
import type { StoredConnection } from '@/state/connections/connections';
import { forgetHandedText, useHandedText } from '@/state/navigation/secret-offer';
import { Button } from '@/ui/controls/button';
import { lazyPart } from '@/ui/parts/lazy-part';
import { ClockHelp } from '../check/clock-table';
import { VerdictBox } from '../check/late-verdict';
import { MAY_WORK_LATER } from '../check/may-work-later';
import { NameAQueue } from '../check/name-a-queue';
import { mask, NOTHING_TYPED } from '../input/masked-text';
import { RememberChoice } from '../input/remember-choice';
import { pasteInto, SecretTextarea } from '../input/secret-textarea';
import { BlockedAddress } from '../reach/blocked-address';
import { dropKeptAddress, keepAddress, keptAddress } from '../reach/kept-address';
import { EnvironmentFields } from '../shared/environment-fields';
import { ChooseConnection } from './choose-connection';
import { IdentityFirst } from './identity-first';
import { KnownConnection } from './known-connection';
import { MissingFields } from './missing-fields';
import { ParsedDetails } from './parsed-details';
import { type QueueToOpen, useConnectAttempt } from './use-connect-attempt';
import { useConnectDraft } from './use-connect-draft';

// Most connect with a key and need none of it.
const SasDetails = lazyPart(async () => (await import('../sas/sas-details')).SasDetails);

type ConnectFormProps = {
  /** An account name to start with. */
  account: string;
  /** The queue that the address of the page names for a connection. */
  linkedQueue: (connectionId: string) => string | undefined;
  onConnected: (connection: StoredConnection, open: QueueToOpen) => void;
  /** Opens the sign-in for the account at this address. */
  onSignIn: (address: string) => void;
};

/** Takes whatever a person pastes, shows what it is, tries it, and stores it. A failure loses nothing that was typed. */
export function ConnectForm({ account, linkedQueue, onConnected, onSignIn }: ConnectFormProps) {
  const [kept, setKept] = useState(() => keptAddress(false));
  const draft = useConnectDraft(account, kept);
  const own = useRef<HTMLFormElement>(null);
  const attempt = useConnectAttempt(draft, {
    linkedQueue,
    onConnected(connection, open) {
      own.current?.reset();
      draft.change({ change: 'text', draft: NOTHING_TYPED });
      onConnected(connection, open);
    },
  });
  const { whole, input, connection, incomplete, typed, suggestion, blocked } = draft;
  const { check, verdict, problem, isChecking } = attempt;
  const box = useRef<HTMLTextAreaElement>(null);
  const boxId = useId();
  const noteId = useId();
  const isSignatureLost = kept?.lost === 'sas' || kept?.lost === 'token';
  const unknown = input.kind === 'unknown' ? input.problems[0]?.message : undefined;

  /** Every change makes what an attempt found out of date, but for the safety settings. */
  function change(action: Parameters<typeof draft.change>[0]) {
    draft.change(action);
    attempt.reset();
    if (action.change === 'text') {
      dropKeptAddress();
      setKept(undefined);
    }
  }

  const focusKept = useEffectEvent(() => {
    if (kept && own.current) (firstUnanswered(own.current) ?? box.current)?.focus();
  });
  useEffect(() => focusKept(), []);

  usePasteAnywhere((text) => {
    // A box with something in it asks what a paste means, as it does when it has the focus.
    if (draft.draft.shown !== '' && box.current) return pasteInto(box.current, text);
    change({ change: 'text', draft: mask(text) });
    box.current?.focus();
  });

  const handed = useHandedText();
  const takeHanded = useEffectEvent((text: string) => {
    forgetHandedText();
    change({ change: 'text', draft: mask(text) });
    box.current?.focus();
  });
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- a text that another field hands over is an event, as a paste is
    if (handed !== undefined) takeHanded(handed);
  }, [handed]);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (blocked) form.querySelector<HTMLElement>('[data-question="allow"]')?.focus();
    else if (!isChecking && !(await attempt.connect())) (firstUnanswered(form) ?? box.current)?.focus();
  }

  return (
    <form
      ref={own}
      autoComplete="off"
      onSubmit={(event) => void submit(event)}
      aria-label="Connect an account"
      className="rounded-12 border border-line-strong bg-surface"
    >
      <div className="grid gap-2.5 p-4 pb-0">
        <div>
          <p id={`${boxId}-what`} className="mb-1.5 text-12 font-semibold">
            Paste a connection string, SAS URL, or account name and key
          </p>
          <SecretTextarea
            id={boxId}
            value={draft.draft}
            onChange={(next) => change({ change: 'text', draft: next })}
            box={box}
            describedBy={`${boxId}-what ${noteId}`}
            invalid={unknown !== undefined}
          />
          {kept?.lost && (
            <p role="status" className="mt-1.5 text-12 text-warn">
              {LOST[kept.lost]}
            </p>
          )}
          <p id={noteId} aria-live="polite" className="text-12 text-danger not-empty:mt-1.5">
            {unknown}
          </p>
        </div>
        {whole.kind === 'several' && (
          <ChooseConnection
            choices={whole.choices}
            chosen={draft.choice}
            onChoose={(choice) => change({ change: 'choice', choice })}
          />
        )}
        {connection && <ParsedDetails parsed={connection} typed={typed} steps={check?.steps ?? []} />}
        {incomplete && 'identity' in incomplete && (
          <IdentityFirst onSignIn={() => onSignIn(addressWith(incomplete.endpoint, incomplete.queue))} />
        )}
        {blocked && connection && (
          <BlockedAddress address={blocked} beforeReload={() => keepAddress(connection, typed)} />
        )}
        {/* A secret is asked for once the page may reach the host, and in the text where it was in the text. */}
        {incomplete && !blocked && !isSignatureLost && (
          <MissingFields
            parsed={incomplete}
            account={typed.account}
            onChange={(fields) => change({ change: 'typed', fields })}
          />
        )}
        {connection?.kind === 'sas' && (
          <SasDetails fields={connection.sas.fields} queue={onlyQueueOf(connection) ?? (typed.queue || undefined)} />
        )}
      </div>
      <div className="grid gap-4 p-4">
        {!blocked && (
          <RememberChoice
            value={attempt.choice}
            onChange={attempt.choose}
            secret={input.kind === 'sas' || input.kind === 'token' ? input.kind : 'key'}
          />
        )}
        {connection && !blocked && (
          <EnvironmentFields
            value={draft.safety}
            onChange={(safety) => draft.change({ change: 'safety', safety })}
            hint={
              suggestion !== undefined && draft.chosenSafety === undefined
                ? `The name of the account suggests ${suggestion}.`
                : undefined
            }
          />
        )}
        {/* The note below the text says already what is not recognised. */}
        {problem && problem !== unknown && (
          <p role="alert" className="rounded-8 border border-danger-line bg-danger-tint px-3 py-2">
            {problem}
          </p>
        )}
        {verdict && check && (
          <VerdictBox
            verdict={verdict}
            connection={check.connection}
            onRelay={() => void attempt.attempt({ ...check.connection, relay: true })}
            onOtherScheme={(other) => void attempt.attempt(other)}
          >
            {verdict.kind === 'clockSkew' && check.clockSkew !== undefined && (
              <ClockHelp
                connectionId={accountId(check.connection)}
                skew={check.clockSkew}
                onChosen={() => void attempt.attempt(check.connection)}
              />
            )}
            <NameAQueue
              connection={check.connection}
              kind={verdict.kind}
              tried={isChecking ? undefined : check.queue}
              isBusy={isChecking}
              onOpen={(queue) => void attempt.openNamed(check.connection, queue)}
            />
          </VerdictBox>
        )}
        {attempt.known && <KnownConnection before={attempt.known} onAnswer={(how) => void attempt.answer(how)} />}
      </div>
      {/* On a phone and in a short window it is in sight however long the form is. */}
      <div
        data-keep-clear=""
        className="flex items-center gap-2 px-4 pb-4 max-desk:sticky max-desk:bottom-0 max-desk:flex-wrap max-desk:rounded-b-12 max-desk:bg-surface max-desk:pt-2 max-desk:pb-2.5 short:sticky short:bottom-0 short:py-1"
      >
        <span className="flex-1 text-12 text-text-3 max-desk:basis-full short:hidden">
          {verdict?.needsCorsRule && check && !isLoopback(new URL(check.connection.endpoint).hostname)
            ? 'A new rule takes up to a minute to apply.'
            : `Connecting ${readsOneQueue(connection) ? 'reads the properties of the queue' : 'lists the queues'}. It changes nothing.`}
        </span>
        {verdict && check && MAY_WORK_LATER.has(verdict.kind) && (
          <Button
            variant="ghost"
            size="lg"
            className="max-desk:flex-1"
            onClick={() => void attempt.save(check.connection)}
          >
            Save anyway
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          kbd="⏎"
          icon={verdict && <RefreshCw />}
          aria-disabled={isChecking || undefined}
          className="max-desk:flex-1"
        >
          {isChecking ? 'Connecting' : verdict ? 'Check again' : 'Connect'}
        </Button>
      </div>
    </form>
  );
}

const AGAIN = 'was not kept over the reload, since a reload keeps no secret.';

/** Why a secret is asked for again, by its kind. */
const LOST = {
  key: `The address is allowed now. The key ${AGAIN} Enter it again.`,
  sas: `The address is allowed now. The signature ${AGAIN} Paste the SAS URL or connection string again.`,
  token: `The address is allowed now. The token ${AGAIN} Paste it again.`,
} as const;

/** The first open question of the form: which of several connections, or a field that the text leaves out. */
const firstUnanswered = (form: HTMLFormElement) =>
  form.querySelector<HTMLElement>('[data-question="which"]:not(:has(:checked)) input') ??
  [...form.querySelectorAll<HTMLInputElement>('[data-question="missing"] input')].find(({ value }) => value === '');

const readsOneQueue = (parsed: ParsedConnection | undefined) =>
  parsed?.kind === 'sas' && isForOneQueue(parsed.sas.fields);

/** Calls `onPaste` with text that is pasted while no field has the focus. */
function usePasteAnywhere(onPaste: (text: string) => void) {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain').trim();
    if (!text || isField(event.target)) return;
    event.preventDefault();
    onPaste(text);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
}

const isField = (target: EventTarget | null) => target instanceof Element && target.matches('input, textarea, select');
