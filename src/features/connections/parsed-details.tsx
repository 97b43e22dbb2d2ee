import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ConnectionField, keyProblem } from '@/azure/connection-problem';
import type { DiagnosisStep } from '@/azure/diagnosis';
import { type Recognised, recognisedAs } from '@/azure/recognised';
import { keyBytes } from '@/azure/shared-key';
import { Badge } from '@/ui/badge';
import { dateTime } from '@/ui/relative-time';
import { CheckRow } from './check-row';
import { DiagnosisRows } from './diagnosis-rows';

export type Found = Exclude<Recognised, { kind: 'nothing' | 'unknown' }>;

type ParsedDetailsProps = {
  found: Found;
  /** What stands in for what the text did not tell. */
  given: { account: string; key: string };
  /** What the check of the connection has found so far. */
  steps: readonly DiagnosisStep[];
};

/** What was recognised, field by field, each with whether it holds; below, what the check found. */
export function ParsedDetails({ found, given, steps }: ParsedDetailsProps) {
  const account = found.account || given.account;
  return (
    <div>
      <Recognition found={found} />
      <dl>
        <Row found={found} field="accountName" name="Account" isMissing={account === ''}>
          <span className="truncate font-semibold">{account}</span>
        </Row>
        <CredentialRow found={found} givenKey={given.key} />
        <Row found={found} field="endpoint" name="Endpoint" isMissing={found.endpoint === ''}>
          <span className="min-w-0 truncate font-mono">{found.endpoint}</span>
        </Row>
        <DiagnosisRows steps={steps.filter(isTelling)} />
      </dl>
    </div>
  );
}

/** Says what the text is as soon as that is known. */
function Recognition({ found }: { found: Found }) {
  const name = `Recognised as ${recognisedAs(found)}`;
  const [badge, note] = words(found);
  return (
    <div role="status" aria-label={name} className="mb-1 flex flex-wrap items-center gap-2">
      <span className="sr-only">{name}</span>
      <Badge tone="accent">
        <Check className="size-3" strokeWidth={2} aria-hidden="true" />
        {badge}
      </Badge>
      <span className="text-12 text-text-3">{note}</span>
    </div>
  );
}

function words(found: Found): [badge: string, note: string] {
  switch (found.kind) {
    case 'key':
      return found.from === 'developmentStorage'
        ? ['Local emulator', 'full access with its public key']
        : ['Connection string', 'full access with the account key'];
    case 'sas':
      return [
        found.from === 'url' ? 'SAS URL' : 'Connection string',
        found.sas.permissions ? `allows ${found.sas.permissions}` : 'allows what its stored access policy says',
      ];
    case 'account':
      return ['Account name', 'add its key below'];
    case 'endpoint':
      return ['Queue endpoint', found.account === '' ? 'add the account name and key below' : 'add the key below'];
  }
}

function CredentialRow({ found, givenKey }: { found: Found; givenKey: string }) {
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
  found: Found;
  field: ConnectionField;
  name: string;
  isMissing: boolean;
  children: ReactNode;
};

/** A field with its problem, if it has one. What is missing may still be given below and is no mistake yet. */
function Row({ found, field, name, isMissing, children }: RowProps) {
  const problem = found.problems.find((one) => one.field === field);
  if (isMissing && (!problem || found.kind === 'endpoint')) {
    return (
      <CheckRow name={name} state="open">
        Not given yet
      </CheckRow>
    );
  }
  if (problem?.severity === 'error' && !(field === 'accountName' && found.account === '' && !isMissing)) {
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
