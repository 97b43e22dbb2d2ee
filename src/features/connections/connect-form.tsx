import { RefreshCw } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { accountId, type Connection } from '@/azure/connection';
import { InvalidInputError } from '@/azure/errors';
import { toConnection } from '@/azure/to-connection';
import type { VerdictKind } from '@/azure/verdict';
import { addConnection, type Keep, type StoredConnection, useIsVaultDurable } from '@/state/connections';
import type { Secret } from '@/state/vault';
import { Button } from '@/ui/button';
import { ClockHelp } from './clock-help';
import { DetailsBox } from './details-box';
import { KeepChoice } from './keep-choice';
import { MissingFields } from './missing-fields';
import { ParsedDetails } from './parsed-details';
import { recogniseDraft } from './recognise-draft';
import { NOTHING_TYPED, type SealedText, seal } from './sealed-text';
import { corsTarget, TroubleBox } from './trouble-box';
import { useCheck } from './use-check';
import { usePasteAnywhere } from './use-paste-anywhere';

type ConnectFormProps = {
  /** An account name to start with. */
  account: string;
  onConnected: (connection: StoredConnection) => void;
};

const NOTHING_GIVEN = { account: '', key: '' };

/** Takes what a person pastes, shows what it is, tries it, and keeps it. Whatever fails, nothing typed is lost. */
export function ConnectForm({ account, onConnected }: ConnectFormProps) {
  const [draft, setDraft] = useState<SealedText>(() => seal(account));
  const [given, setGiven] = useState(NOTHING_GIVEN);
  const [keep, setKeep] = useState<Keep>('tab');
  const [problem, setProblem] = useState<string>();
  const { check, run, clear } = useCheck();
  const isDurable = useIsVaultDurable();
  const box = useRef<HTMLTextAreaElement>(null);
  const boxId = useId();
  const noteId = useId();

  const recognised = recogniseDraft(draft);
  const found = recognised.kind === 'nothing' || recognised.kind === 'unknown' ? undefined : recognised;
  const unknown = recognised.kind === 'unknown' ? recognised.problems[0]?.message : undefined;
  const isChecking = check?.isRunning ?? false;
  const verdict = isChecking ? undefined : check?.verdict;

  function change(next: SealedText) {
    setDraft(next);
    if (next === NOTHING_TYPED) setGiven(NOTHING_GIVEN);
    startOver();
  }

  function startOver() {
    setProblem(undefined);
    clear();
  }

  usePasteAnywhere((text) => {
    change(seal(text));
    box.current?.focus();
  });

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isChecking) return;
    startOver();
    try {
      await attempt(await toConnection(recognised, givenTo(given)));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      setProblem(error.message);
      box.current?.focus();
    }
  }

  async function attempt(connection: Connection) {
    if (await run(connection)) await save(connection);
  }

  async function save(connection: Connection) {
    const { credential } = connection;
    if (isStorable(credential))
      onConnected(await addConnection({ ...connection, credential }, isDurable ? keep : 'tab'));
  }

  return (
    <form
      onSubmit={(event) => void submit(event)}
      aria-label="Connect an account"
      className="rounded-12 border border-line-strong bg-surface"
    >
      <div className="grid gap-2.5 p-4 pb-0">
        <div>
          <label htmlFor={boxId} className="mb-1.5 inline-block text-12 font-semibold">
            Paste a connection string, SAS URL, or account name and key
          </label>
          <DetailsBox
            id={boxId}
            value={draft}
            onChange={change}
            box={box}
            describedBy={noteId}
            invalid={unknown !== undefined}
          />
          <p id={noteId} aria-live="polite" className="text-12 text-danger not-empty:mt-1.5">
            {unknown}
          </p>
        </div>
        {found && <ParsedDetails found={found} given={given} steps={check?.steps ?? []} />}
        {found && (found.kind === 'account' || found.kind === 'endpoint') && (
          <MissingFields
            needsAccount={found.account === ''}
            onChange={(missing) => {
              setGiven({ ...given, ...missing });
              startOver();
            }}
          />
        )}
      </div>
      <div className="grid gap-4 p-4">
        <KeepChoice
          value={keep}
          onChange={setKeep}
          durable={isDurable}
          secret={recognised.kind === 'sas' ? 'sas' : 'key'}
        />
        {problem && (
          <p role="alert" className="rounded-8 border border-danger-line bg-danger-tint px-3 py-2">
            {problem}
          </p>
        )}
        {verdict && check && (
          <TroubleBox
            verdict={verdict}
            connection={check.connection}
            onRelay={() => void attempt({ ...check.connection, relay: true })}
          >
            {verdict.kind === 'clockSkew' && check.clockSkew !== undefined && (
              <ClockHelp
                connectionId={accountId(check.connection)}
                skew={check.clockSkew}
                onChosen={() => void attempt(check.connection)}
              />
            )}
          </TroubleBox>
        )}
        <div className="flex items-center gap-2 max-desk:flex-wrap">
          <span className="flex-1 text-12 text-text-3 max-desk:basis-full">
            {verdict?.needsCorsRule && check && !corsTarget(check.connection).local
              ? 'A new rule takes up to a minute to apply.'
              : 'Connecting lists the queues. It changes nothing.'}
          </span>
          {verdict && check && mayWorkLater.has(verdict.kind) && (
            <Button variant="ghost" size="lg" className="max-desk:flex-1" onClick={() => void save(check.connection)}>
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
      </div>
    </form>
  );
}

const givenTo = ({ account, key }: typeof NOTHING_GIVEN) => ({ ...(account && { account }), ...(key && { key }) });

const isStorable = (credential: Connection['credential']): credential is Secret => credential.kind !== 'token';

/** What may mend itself, or allow other things than listing queues. A key that is wrong stays wrong. */
const mayWorkLater = new Set<VerdictKind>([
  'offline',
  'localNetworkDenied',
  'unreachable',
  'corsNoRule',
  'corsMethodOrHeaders',
  'versionRefused',
  'relayGone',
  'relayRefused',
  'clockSkew',
  'keyDisabled',
  'permission',
  'unknown',
]);
