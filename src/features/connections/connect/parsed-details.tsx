import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { endpointFor } from '@/azure/connection-input/build-connection';
import { type ConnectionField, keyProblem } from '@/azure/connection-input/input-problem';
import { kindText, onlyQueueOf, type ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isForOneQueue } from '@/azure/credentials/sas-permissions';
import { keyBytes } from '@/azure/credentials/shared-key';
import type { DiagnosisStep } from '@/azure/diagnosis/diagnose';
import { Badge } from '@/ui/controls/badge';
import { dateTime } from '@/ui/format/relative-time';
import { CheckRow } from '../check/check-row';
import { DiagnosisRows } from '../check/diagnosis-rows';
import { TokenRows } from '../input/token-details';

type ParsedDetailsProps = {
  found: ParsedConnection;
  /** What stands in for what the text did not tell. */
  given: { account: string; key: string; queue: string };
  /** What the check of the connection has found so far. */
  steps: readonly DiagnosisStep[];
};

/** What was recognised, field by field, each with whether it holds; below, what the check found. */
export function ParsedDetails({ found, given, steps }: ParsedDetailsProps) {
  const { account = '', endpoint } = endpointFor(found, given.account || undefined);
  return (
    <div>
      <Recognition found={found} />
      <dl>
        <Row found={found} field="accountName" name="Account" isMissing={account === ''}>
          <span className="truncate font-semibold">{account}</span>
        </Row>
        <CredentialRow found={found} givenKey={given.key} />
        {found.kind === 'sas' && isForOneQueue(found.sas.fields) && (
          <Row found={found} field="queue" name="Queue" isMissing={found.queue === undefined && given.queue === ''}>
            <span className="truncate font-semibold">{onlyQueueOf(found) ?? given.queue}</span>
          </Row>
        )}
        <Row found={found} field="endpoint" name="Endpoint" isMissing={account === '' && endpoint === ''}>
          <span className="min-w-0 truncate font-mono">{endpoint}</span>
        </Row>
        <DiagnosisRows steps={steps.filter(isTelling)} />
      </dl>
    </div>
  );
}

/** Says what the text is as soon as that is known. */
function Recognition({ found }: { found: ParsedConnection }) {
  const { badge, spoken } = kindText(found);
  const name = `Recognised as ${spoken}`;
  return (
    <div role="status" aria-label={name} className="mb-1 flex flex-wrap items-center gap-2">
      <span className="sr-only">{name}</span>
      <Badge tone="accent">
        <Check className="size-3" strokeWidth={2} aria-hidden="true" />
        {badge}
      </Badge>
      <span className="text-12 text-text-3">{noteOf(found)}</span>
    </div>
  );
}

/** What comes with it, or what it still needs. */
function noteOf(found: ParsedConnection): string {
  switch (found.kind) {
    case 'key':
      return KEY_NOTES[found.from];
    case 'sas':
      return found.sas.permissions ? `allows ${found.sas.permissions}` : 'allows what its stored access policy says';
    case 'token':
      return found.endpoint === '' ? 'say below where to use it' : 'read and not verified, which is for Azure to do';
    case 'account':
      return 'add its key below';
    case 'endpoint':
      return found.account === '' ? 'add the account name and key below' : 'add the key below';
  }
}

const KEY_NOTES: Record<(ParsedConnection & { kind: 'key' })['from'], string> = {
  connectionString: 'full access with the account key',
  developmentStorage: 'full access with its public key',
  nameAndKey: 'full access with the account key',
  key: 'add the account name below',
};

function CredentialRow({ found, givenKey }: { found: ParsedConnection; givenKey: string }) {
  if (found.kind === 'token') return <TokenRows claims={found.claims} problems={found.problems} />;
  if (found.kind === 'sas') {
    const { expiresAt } = found.sas;
    return (
      <Row found={found} field="sas" name="Signature" isMissing={false}>
        {expiresAt ? `Valid until ${dateTime(expiresAt)}` : 'Signed'}
      </Row>
    );
  }
  const key = found.kind === 'key' ? found.key : givenKey;
  if (key === '' && found.kind !== 'key') {
    return (
      <CheckRow name="Key" state="open">
        Not given yet
      </CheckRow>
    );
  }
  const problem = keyProblem(key);
  if (problem) {
    return (
      <CheckRow name="Key" state={problem.severity === 'error' ? 'wrong' : 'attention'}>
        {problem.message}
      </CheckRow>
    );
  }
  return (
    <CheckRow name="Key" state="ok" note="valid Base64">
      {keyBytes(key)?.length} bytes
    </CheckRow>
  );
}

type RowProps = {
  found: ParsedConnection;
  field: ConnectionField;
  name: string;
  isMissing: boolean;
  children: ReactNode;
};

/** A field with its problem, if it has one. What is missing may still be given below and is no mistake yet. */
function Row({ found, field, name, isMissing, children }: RowProps) {
  const problem = found.problems.find((one) => one.field === field);
  if (
    isMissing &&
    (!problem || field === 'accountName' || field === 'queue' || (found.kind === 'token' && found.endpoint === ''))
  ) {
    return (
      <CheckRow name={name} state="open">
        Not given yet
      </CheckRow>
    );
  }
  // What was given below takes the place of what the text left out.
  const isGiven = (field === 'accountName' && found.account === '') || (field === 'queue' && !('queue' in found));
  if (problem?.severity === 'error' && !isGiven) {
    return (
      <CheckRow name={name} state="wrong">
        {problem.message}
      </CheckRow>
    );
  }
  return (
    <CheckRow
      name={name}
      state={problem?.severity === 'warning' ? 'attention' : 'ok'}
      note={problem && problem.severity === 'warning' ? problem.message : undefined}
    >
      {children}
    </CheckRow>
  );
}

/** Steps that went well and tell nothing new are left out. */
const isTelling = ({ step, state }: DiagnosisStep) =>
  state !== 'ok' || step === 'host' || step === 'browserAccess' || step === 'credential' || step === 'relay';
