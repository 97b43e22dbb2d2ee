import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { endpointFor } from '@/azure/connection-input/build-connection';
import {
  type ConnectionField,
  type ConnectionProblem,
  KEY_LENGTH,
  keyProblem,
} from '@/azure/connection-input/input-problem';
import { mendKey } from '@/azure/connection-input/mend-secrets';
import { kindText, onlyQueueOf, type ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isForOneQueue } from '@/azure/credentials/sas-permissions';
import { keyLength } from '@/azure/credentials/shared-key';
import type { DiagnosisStep } from '@/azure/diagnosis/diagnose';
import { Badge } from '@/ui/controls/badge';
import { exactly } from '@/words/counts';
import { dateTime } from '@/words/times';
import { CheckRow, DiagnosisRows } from '../check/check-rows';
import { TokenRows } from '../input/token-details';

type ParsedDetailsProps = {
  parsed: ParsedConnection;
  /** Fields that were typed for what the text leaves out. */
  typed: { account: string; key: string; queue: string };
  /** The steps of the connection's check so far. */
  steps: readonly DiagnosisStep[];
};

/** The recognised connection, field by field with whether each is valid, and the steps of its check. */
export function ParsedDetails({ parsed, typed, steps }: ParsedDetailsProps) {
  const { account = '', endpoint } = endpointFor(parsed, typed.account || undefined);
  return (
    <div>
      <Recognition parsed={parsed} />
      <dl>
        <Row parsed={parsed} field="accountName" name="Account" isMissing={account === ''}>
          <span className="truncate font-semibold">{account}</span>
        </Row>
        <CredentialRow parsed={parsed} typedKey={typed.key} />
        {parsed.kind === 'sas' && isForOneQueue(parsed.sas.fields) && (
          <Row parsed={parsed} field="queue" name="Queue" isMissing={parsed.queue === undefined && typed.queue === ''}>
            <span className="truncate font-semibold">{onlyQueueOf(parsed) ?? typed.queue}</span>
          </Row>
        )}
        <Row parsed={parsed} field="endpoint" name="Endpoint" isMissing={account === '' && endpoint === ''}>
          <span className="min-w-0 truncate font-mono">{endpoint}</span>
        </Row>
        {notesOf(parsed).map((note) => (
          <CheckRow key={note} name="Note" state="attention">
            <span className="[overflow-wrap:anywhere]">{note}</span>
          </CheckRow>
        ))}
        <DiagnosisRows steps={steps.filter(isTelling)} />
      </dl>
    </div>
  );
}

/** Says what the text was recognised as. */
function Recognition({ parsed }: { parsed: ParsedConnection }) {
  const { badge, spoken } = kindText(parsed);
  const name = `Recognised as ${spoken}`;
  return (
    <div role="status" aria-label={name} className="mb-1 flex flex-wrap items-center gap-2">
      <span className="sr-only">{name}</span>
      <Badge tone="accent">
        <Check className="size-3" strokeWidth={2} aria-hidden="true" />
        {badge}
      </Badge>
      <span className="text-12 text-text-3">{noteOf(parsed)}</span>
    </div>
  );
}

/** The note beside the recognition: what it gives, or what is still missing. */
function noteOf(parsed: ParsedConnection): string {
  switch (parsed.kind) {
    case 'key':
      return KEY_NOTES[parsed.from];
    case 'sas':
      return parsed.sas.permissions
        ? `allows ${parsed.sas.permissions}`
        : 'allows what its stored access policy allows';
    case 'token':
      return parsed.endpoint === '' ? 'enter the account below' : 'not verified; Azure will do that';
    case 'account':
      return parsed.identity ? 'sign in, or add its key below' : 'add its key below';
    case 'endpoint':
      if (parsed.identity) return 'sign in, or add the key below';
      return parsed.account === '' ? 'add the account name and key below' : 'add the key below';
  }
}

const KEY_NOTES: Record<(ParsedConnection & { kind: 'key' })['from'], string> = {
  connectionString: 'full access with the account key',
  developmentStorage: 'full access with its public key',
  emulatorAccounts: 'full access with the account key',
  frameworkAddress: 'full access with the account key',
  nameAndKey: 'full access with the account key',
  key: 'add the account name below',
};

function CredentialRow({ parsed, typedKey }: { parsed: ParsedConnection; typedKey: string }) {
  if (parsed.kind === 'token') return <TokenRows claims={parsed.claims} problems={parsed.problems} />;
  if (parsed.kind === 'sas') {
    const { expiresAt } = parsed.sas;
    return (
      <Row parsed={parsed} field="sas" name="Signature" isMissing={false}>
        {expiresAt ? `Valid until ${dateTime(expiresAt)}` : 'Signed'}
      </Row>
    );
  }
  const { value: key, notes } = mendKey(parsed.kind === 'key' ? parsed.key : typedKey);
  if (key === '' && parsed.kind !== 'key') return <MissingRow name="Key" />;
  const problem = keyProblem(key, parsed.endpoint);
  return (
    <CheckRow name="Key" state={stateOf(problem)} note={problem ? undefined : notes.join(' ') || 'valid Base64'}>
      {problem ? problem.message : exactly(keyLength(key) ?? 0, 'byte')}
    </CheckRow>
  );
}

const MissingRow = ({ name }: { name: string }) => (
  <CheckRow name={name} state="open">
    Not given yet
  </CheckRow>
);

const stateOf = (problem: Pick<ConnectionProblem, 'severity'> | undefined) =>
  problem === undefined ? 'ok' : problem.severity === 'error' ? 'wrong' : 'attention';

type RowProps = {
  parsed: ParsedConnection;
  field: ConnectionField;
  name: string;
  isMissing: boolean;
  children: ReactNode;
};

/** A field with its problem, if it has one. A missing field may still be typed below and is no mistake yet. */
function Row({ parsed, field, name, isMissing, children }: RowProps) {
  const problem = parsed.problems.find((one) => one.field === field);
  const isAskedFor =
    field === 'accountName' || field === 'queue' || (parsed.kind === 'token' && parsed.endpoint === '');
  if (isMissing && (!problem || isAskedFor)) return <MissingRow name={name} />;
  // A field that was typed below replaces what the text left out.
  const isTyped = (field === 'accountName' && parsed.account === '') || (field === 'queue' && !('queue' in parsed));
  const error = isTyped || problem?.severity !== 'error' ? undefined : problem;
  const warning = problem?.severity === 'warning' ? problem : undefined;
  return (
    <CheckRow name={name} state={stateOf(error ?? warning)} note={warning?.message}>
      {error ? error.message : children}
    </CheckRow>
  );
}

/** What was mended or decoded, and what else to know, that no row of a field says. */
function notesOf({ problems }: ParsedConnection): string[] {
  const first = (field: ConnectionField) => problems.find((one) => one.field === field);
  return problems
    .filter((one) => one.severity === 'warning' && WITH_NOTES.has(one.field))
    .filter((one) => one.field === 'text' || one.field === 'accountKey' || one !== first(one.field))
    .map(({ message }) => message)
    .filter((message) => !message.startsWith(KEY_LENGTH));
}

const WITH_NOTES: ReadonlySet<ConnectionField> = new Set(['text', 'accountKey', 'sas', 'endpoint']);

/** False for steps that went well and say nothing new. */
const isTelling = ({ step, state }: DiagnosisStep) =>
  state !== 'ok' || step === 'host' || step === 'browserAccess' || step === 'credential' || step === 'relay';
