import { RefreshCw } from 'lucide-react';
import { type FormEvent, useId, useMemo, useRef, useState } from 'react';
import { tokenAt } from '@/azure/connection-input/access-token-input';
import { type TypedFields, toConnection } from '@/azure/connection-input/build-connection';
import { needsOf } from '@/azure/connection-input/missing-fields';
import type { ConnectionInput, ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isForOneQueue } from '@/azure/credentials/sas-permissions';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import { accountId, type Connection } from '@/azure/protocol/connection';
import { InvalidInputError } from '@/azure/protocol/errors';
import {
  addConnection,
  currentConnections,
  type Keep,
  type StoredConnection,
  useIsVaultDurable,
  usePassphraseState,
} from '@/state/connections/connections';
import { environmentOf, suggestedEnvironment } from '@/state/connections/environments';
import { tokenOwnerOf } from '@/state/connections/token-owner';
import { Button } from '@/ui/controls/button';
import { ClockHelp } from '../check/clock-help';
import { useCheck } from '../check/use-check';
import { corsTarget, TroubleBox } from '../check/verdict-box';
import { type MaskedText, mask } from '../input/masked-text';
import { chosenOf, foundIn, parseDraft } from '../input/parse-draft';
import { KeepChoice } from '../input/remember-choice';
import { DetailsBox } from '../input/secret-textarea';
import { usePasteAnywhere } from '../input/use-paste-anywhere';
import { EnvironmentFields, type SafetySettings } from '../shared/environment-fields';
import { ChooseConnection } from './choose-connection';
import { MissingFields } from './missing-fields';
import { ParsedDetails } from './parsed-details';
import { PastedSas } from './pasted-sas';

type ConnectFormProps = {
  /** An account name to start with. */
  account: string;
  onConnected: (connection: StoredConnection) => void;
};

const NOTHING_GIVEN = { account: '', key: '', queue: '' };

/** Takes what a person pastes, shows what it is, tries it, and keeps it. Whatever fails, nothing typed is lost. */
export function ConnectForm({ account, onConnected }: ConnectFormProps) {
  const [draft, setDraft] = useState<MaskedText>(() => mask(account));
  const [given, setGiven] = useState(NOTHING_GIVEN);
  const [chosen, setChosen] = useState<number>();
  const [keep, setKeep] = useState<Keep>('tab');
  const [chosenCare, setCare] = useState<SafetySettings>();
  const [problem, setProblem] = useState<string>();
  const { check, run, clear } = useCheck();
  const isDurable = useIsVaultDurable();
  const isLocked = usePassphraseState() === 'locked';
  const box = useRef<HTMLTextAreaElement>(null);
  const boxId = useId();
  const noteId = useId();

  const whole = useMemo(() => parseDraft(draft), [draft]);
  const pasted = chosenOf(whole, chosen);
  const recognised = pasted.kind === 'token' ? tokenAt(pasted, given.account) : pasted;
  const found = foundIn(recognised);
  const incomplete = foundIn(pasted);
  const unknown = recognised.kind === 'unknown' ? recognised.problems[0]?.message : undefined;
  const suggested = suggestedEnvironment(found?.account || given.account);
  const safety: SafetySettings = chosenCare ?? {
    environment: suggested,
    readOnly: environmentOf(suggested)?.production ?? false,
  };
  const isChecking = check?.isRunning ?? false;
  const verdict = isChecking ? undefined : check?.verdict;

  function change(next: MaskedText) {
    setDraft(next);
    setChosen(undefined);
    const recognisedNext = parseDraft(next);
    keepNeeded(recognisedNext);
    // What was chosen for one account says nothing of another.
    if (foundIn(recognisedNext)?.account !== found?.account) setCare(undefined);
    startOver();
  }

  /** What was given for another text, in fields that are gone, must not take the place of what this one says. */
  function keepNeeded(next: ConnectionInput) {
    const kept = foundIn(next);
    const needs = kept && needsOf(kept);
    setGiven({
      account: needs?.account ? given.account : '',
      key: needs?.key ? given.key : '',
      queue: needs?.queue ? given.queue : '',
    });
  }

  function startOver() {
    setProblem(undefined);
    clear();
  }

  usePasteAnywhere((text) => {
    change(mask(text));
    box.current?.focus();
  });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (isChecking) return;
    startOver();
    try {
      await attempt(await toConnection(recognised, recognised.kind === 'token' ? {} : givenTo(given)));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      setProblem(error.message);
      (openQuestion(form) ?? box.current)?.focus();
    }
  }

  async function attempt(connection: Connection) {
    if (await run(connection)) await save(connection);
  }

  async function save(connection: Connection) {
    const storable = toStorable(connection, recognised);
    if (!storable) return;
    onConnected(
      await addConnection(storable, isDurable && !isLocked ? keep : 'tab', {
        // A new key for an account that is known changes neither, unless somebody said so.
        ...(chosenCare ?? (isKnown(connection) ? {} : safety)),
        // Needed where there is a passphrase: what has become a `CryptoKey` cannot come under it.
        key: recognised.kind === 'key' ? recognised.key : given.key || undefined,
      }),
    );
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
        {whole.kind === 'several' && (
          <ChooseConnection
            choices={whole.choices}
            chosen={chosen}
            onChoose={(index) => {
              setChosen(index);
              keepNeeded(chosenOf(whole, index));
              startOver();
            }}
          />
        )}
        {found && <ParsedDetails found={found} given={given} steps={check?.steps ?? []} />}
        {incomplete && (
          <MissingFields
            found={incomplete}
            onChange={(missing) => {
              setGiven({ ...given, ...missing });
              startOver();
            }}
          />
        )}
        {found?.kind === 'sas' && <PastedSas found={found} queue={given.queue} />}
      </div>
      <div className="grid gap-4 p-4">
        <KeepChoice
          value={keep}
          onChange={setKeep}
          durable={isDurable}
          secret={recognised.kind === 'sas' || recognised.kind === 'token' ? recognised.kind : 'key'}
        />
        {found && (
          <EnvironmentFields
            value={safety}
            onChange={setCare}
            hint={
              suggested !== undefined && chosenCare === undefined
                ? `The name of the account says ${suggested}.`
                : undefined
            }
          />
        )}
        {/* What is not recognised is said below the text already. */}
        {problem && problem !== unknown && (
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
              : `Connecting ${looksAtOneQueue(found) ? 'looks at the queue' : 'lists the queues'}. It changes nothing.`}
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

const givenTo = ({ account, key, queue }: typeof NOTHING_GIVEN): TypedFields => ({
  ...(account && { account }),
  ...(key && { key }),
  ...(queue && { queue }),
});

/** What nobody has answered yet: which of several connections, or a field that the text leaves out. */
const openQuestion = (form: HTMLFormElement) =>
  form.querySelector<HTMLElement>('[data-question="which"]:not(:has(:checked)) input') ??
  [...form.querySelectorAll<HTMLInputElement>('[data-question="missing"] input')].find(({ value }) => value === '');

const isKnown = (connection: Connection) => currentConnections().some(({ id }) => id === accountId(connection));

const looksAtOneQueue = (found: ParsedConnection | undefined) =>
  found?.kind === 'sas' && isForOneQueue(found.sas.fields);

/** As it is to be kept; a pasted token as it was pasted, together with whose it is. */
function toStorable({ credential, ...where }: Connection, input: ConnectionInput) {
  if (credential.kind !== 'token') return { ...where, credential };
  if (input.kind !== 'token') return undefined;
  const { token, claims } = input;
  return { ...where, credential: { kind: 'token', token } as const, holder: tokenOwnerOf(claims) };
}

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
