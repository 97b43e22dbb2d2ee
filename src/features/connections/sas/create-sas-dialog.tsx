import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { makeAccountSas, makeQueueSas } from '@/azure/credentials/sas-generate';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Connection } from '@/azure/protocol/connection';
import type { AccessPolicy, Account, Queue } from '@/azure/protocol/model';
import { queueList } from '@/queries/queues';
import { accessPolicies } from '@/queries/service';
import { useAccount } from '@/queries/use-account';
import { connectionOf, useConnection } from '@/state/connections/connections';
import { nowOf } from '@/state/time/connection-clocks';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Field, Select, TextInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { Switch } from '@/ui/controls/switch';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { focusMistake } from '../shared/focus-first-invalid';
import { MadeSas } from './created-sas';
import { SasReader } from './sas-details';
import { formProblems, LETTERS, type SasFields, type SasForm, sasWarnings, toFields } from './sas-form';
import { Letters } from './sas-permission-fields';
import { SasQueueField } from './sas-queue-field';
import { SasTimes } from './sas-time-fields';
import { UserDelegationSas } from './user-delegation-dialog';

type SasMakerDialogProps = { connectionId: string; queue?: string | undefined; onClose: () => void };

/** Makes a shared access signature: with the account key of a connection, which stays where it is, or by its token. */
export default function SasMakerDialog({ connectionId, ...rest }: SasMakerDialogProps) {
  const account = useAccount(connectionId);
  const known = connectionOf(connectionId);
  if (account && known?.credential.kind === 'token') {
    return <UserDelegationSas account={account} connection={known} {...rest} />;
  }
  if (!account || known?.credential.kind !== 'key') return null;
  return <SasMaker account={account} connection={known} signingKey={known.credential.key} {...rest} />;
}

type SasMakerProps = {
  account: Account;
  connection: Connection;
  signingKey: CryptoKey;
  queue?: string | undefined;
  onClose: () => void;
};

const TYPES = [
  ['s', 'Service'],
  ['c', 'Container'],
  ['o', 'Object'],
] as const;

/** What it shall allow and until when on the left; on the right what that means, and the signature once it is made. */
function SasMaker({ account, connection, signingKey, queue = '', onClose }: SasMakerProps) {
  const [form, setForm] = useState<SasForm>(() => ({
    scope: queue === '' ? 'account' : 'queue',
    queue,
    policy: '',
    types: 'sco',
    letters: 'r',
    start: '',
    lasts: '480',
    expiry: '',
    address: '',
    httpsOnly: connection.endpoint.startsWith('https:'),
  }));
  const [made, setMade] = useState<{ token: string; fields: SasFields }>();
  const [isTried, setTried] = useState(false);
  const formId = useId();
  const stored = useConnection(account.id);
  const now = useNow() + (account.clockSkew() ?? 0);
  const isForQueue = form.scope === 'queue';
  const queues = useQuery(queueList(account));
  // Not of each half of a name that is being typed.
  const isListed = form.queue === queue || (queues.data ?? []).some(({ name }) => name === form.queue);
  const policies = useQuery({
    ...accessPolicies(account, form.queue),
    enabled:
      isForQueue &&
      (isListed || queues.isError) &&
      formProblems({ ...form, letters: 'r' }, undefined, now).queue === undefined,
  });
  const policy = isForQueue ? policies.data?.find(({ id }) => id === form.policy) : undefined;
  const fields = made?.fields ?? toFields(form, policy, now);
  const problems = formProblems(form, policy, now);
  const isReady = Object.keys(problems).length === 0;
  const shown = isTried ? problems : {};

  function change(part: Partial<SasForm>) {
    setForm({ ...form, ...part });
    setMade(undefined);
  }

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    focusMistake(event.currentTarget, () => setTried(true));
    const moment = nowOf(account.id) + (account.clockSkew() ?? 0);
    if (Object.keys(formProblems(form, policy, moment)).length > 0) return;
    const final = toFields(form, policy, moment);
    const token =
      'ss' in final
        ? await makeAccountSas(signingKey, connection.account, final)
        : await makeQueueSas(signingKey, connection.account, form.queue, final);
    setMade({ token, fields: final });
  }

  return (
    <Dialog
      size="lg"
      title="Create a shared access signature"
      subtitle={<span className="truncate text-text-3 max-desk:hidden">{stored && connectionName(stored)}</span>}
      dismissible={false}
      onClose={onClose}
      footer={
        <>
          <span className="flex-1 text-12 text-text-3 max-desk:hidden">
            Made in this page. Nothing is sent, and Azure keeps no list of signatures.
          </span>
          <Button size="lg" onClick={onClose}>
            Close
          </Button>
          <Button
            size="lg"
            variant="primary"
            type="submit"
            form={formId}
            aria-disabled={!isReady && isTried ? true : undefined}
          >
            Create signature
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-6 max-desk:grid-cols-1">
        <form id={formId} onSubmit={(event) => void make(event)} className="grid content-start gap-4">
          <Segmented
            label="What it is for"
            value={form.scope}
            onChange={(scope) => change({ scope, policy: '' })}
            options={[
              { value: 'account', label: 'All queues' },
              { value: 'queue', label: 'One queue' },
            ]}
            className="justify-self-start"
          />
          {isForQueue ? (
            <QueueFields
              queues={queues.data ?? []}
              form={form}
              policies={(policies.isEnabled && policies.data) || []}
              policyHint={policyHint(policies, form.queue)}
              problem={shown.queue}
              onChange={change}
            />
          ) : (
            <Letters
              label="Resource types"
              hint="Containers are the queues here, and objects their messages."
              options={TYPES}
              value={form.types}
              onChange={(types) => change({ types })}
              problem={shown.types}
            />
          )}
          {!policy?.permissions && (
            <Letters
              label="Permissions"
              options={LETTERS[form.scope]}
              value={form.letters}
              onChange={(letters) => change({ letters })}
              problem={shown.letters}
            />
          )}
          <SasTimes form={form} policy={policy} problems={shown} onChange={change} />
          <Field label="Allowed address" hint="An IPv4 address or a range. Empty: from anywhere." error={shown.address}>
            <TextInput
              mono
              placeholder="203.0.113.0-203.0.113.255"
              value={form.address}
              onChange={({ target }) => change({ address: target.value })}
            />
          </Field>
          <Switch label="https only" checked={form.httpsOnly} onChange={(httpsOnly) => change({ httpsOnly })} />
          {form.httpsOnly && connection.endpoint.startsWith('http:') && (
            <p className="text-12 text-warn">The endpoint of this connection is http, where it will not work.</p>
          )}
        </form>
        <div className="grid content-start gap-3">
          <Warnings warnings={isReady ? sasWarnings(fields, policy, now) : []} />
          <SasReader
            fields={{ ...fields, ...(policy?.permissions && { sp: policy.permissions }) }}
            queue={isForQueue && form.queue !== '' ? form.queue : undefined}
          />
          {made && <MadeSas connection={connection} queue={isForQueue ? form.queue : undefined} token={made.token} />}
        </div>
      </div>
    </Dialog>
  );
}

type QueueFieldsProps = {
  queues: readonly Queue[];
  form: SasForm;
  policies: readonly AccessPolicy[];
  policyHint: string | undefined;
  problem: string | undefined;
  onChange: (part: Partial<SasForm>) => void;
};

function QueueFields({ queues, form, policies, policyHint: hint, problem, onChange }: QueueFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
      <SasQueueField
        queues={queues}
        queue={form.queue}
        problem={problem}
        onChange={(queue) => onChange({ queue, policy: '' })}
      />
      <Field label="Stored access policy" hint={hint}>
        <Select
          value={form.policy}
          disabled={policies.length === 0}
          onChange={(policy) => onChange({ policy })}
          options={[
            { value: '', label: 'None' },
            ...policies.map(({ id, permissions }) => ({
              value: id,
              label: permissions ? `${id} (${permissions})` : id,
            })),
          ]}
        />
      </Field>
    </div>
  );
}

function policyHint(
  { data, error, isEnabled, isFetching }: UseQueryResult<AccessPolicy[]>,
  queue: string,
): string | undefined {
  if (!isEnabled) return queue === '' ? 'Choose a queue first.' : 'The account lists no queue of this name.';
  if (error) return `The policies could not be read: ${describeError(error).reason}`;
  if (!data) return isFetching ? 'Reading the policies of the queue.' : undefined;
  return data.length === 0 ? 'This queue has none.' : 'Can be changed later, to end the signature.';
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul
      aria-label="Warnings"
      className="grid gap-1.5 rounded-8 border border-warn-line bg-warn-tint px-3 py-2 text-12 text-text"
    >
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-2">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 flex-none text-warn" />
          {warning}
        </li>
      ))}
    </ul>
  );
}
