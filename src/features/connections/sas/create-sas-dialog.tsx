import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { makeAccountSas, makeQueueSas } from '@/azure/credentials/sas-generate';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Connection } from '@/azure/protocol/connection';
import type { AccessPolicy, Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { accessPolicies } from '@/queries/service';
import { useAccount } from '@/queries/use-account';
import { connectionOf } from '@/state/connections/connections';
import { nowOf } from '@/state/time/connection-clocks';
import { useNow } from '@/ui/browser/use-now';
import { Field, Select } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { CreatedSas } from './created-sas';
import { SasDetails } from './sas-details';
import { SasDialog } from './sas-dialog';
import { SasCheckboxes, SasQueueField, SasTermFields } from './sas-fields';
import {
  emptySasForm,
  formProblems,
  PERMISSIONS,
  type SasFields,
  type SasForm,
  sasWarnings,
  toFields,
} from './sas-form';
import { UserDelegationSas } from './user-delegation-dialog';

type CreateSasDialogProps = { connectionId: string; queue?: string | undefined; onClose: () => void };

/** Creates a shared access signature, with the account key of a connection or, for a token, with a user delegation key. */
export default function CreateSasDialog({ connectionId, ...rest }: CreateSasDialogProps) {
  const account = useAccount(connectionId);
  const connection = connectionOf(connectionId);
  if (account && connection?.credential.kind === 'token') {
    return <UserDelegationSas account={account} connection={connection} {...rest} />;
  }
  if (!account || connection?.credential.kind !== 'key') return null;
  return <CreateSas account={account} connection={connection} signingKey={connection.credential.key} {...rest} />;
}

type CreateSasProps = {
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

/** Creates a signature with an account key, which does not leave the browser. */
function CreateSas({ account, connection, signingKey, queue = '', onClose }: CreateSasProps) {
  const [form, setForm] = useState<SasForm>(() => emptySasForm(queue, connection.endpoint.startsWith('https:')));
  const [created, setCreated] = useState<{ token: string; fields: SasFields }>();
  const [isTried, setTried] = useState(false);
  const now = useNow() + (account.clockSkew() ?? 0);
  const isForQueue = form.scope === 'queue';
  const { list, names } = useKnownQueues(account);
  // Not for a name that is still being typed.
  const isListed = form.queue === queue || names.includes(form.queue);
  const policies = useQuery({
    ...accessPolicies(account, form.queue),
    enabled:
      isForQueue &&
      (isListed || list.isError) &&
      formProblems({ ...form, permissions: 'r' }, undefined, now).queue === undefined,
  });
  const policy = isForQueue ? policies.data?.find(({ id }) => id === form.policy) : undefined;
  const fields = created?.fields ?? toFields(form, policy, now);
  const problems = formProblems(form, policy, now);
  const isReady = Object.keys(problems).length === 0;
  const shown = isTried ? problems : {};

  function change(part: Partial<SasForm>) {
    setForm({ ...form, ...part });
    setCreated(undefined);
  }

  async function create() {
    const moment = nowOf(account.id) + (account.clockSkew() ?? 0);
    if (Object.keys(formProblems(form, policy, moment)).length > 0) return;
    const final = toFields(form, policy, moment);
    const token =
      'ss' in final
        ? await makeAccountSas(signingKey, connection.account, final)
        : await makeQueueSas(signingKey, connection.account, form.queue, final);
    setCreated({ token, fields: final });
  }

  return (
    <SasDialog
      connectionId={account.id}
      title="Create a shared access signature"
      effect="Created in this page. Nothing is sent, and Azure keeps no list of signatures."
      label="Create signature"
      isDisabled={!isReady && isTried}
      onTry={() => setTried(true)}
      onSubmit={() => void create()}
      onClose={onClose}
      aside={
        <>
          <Warnings warnings={isReady ? sasWarnings(fields, policy, now) : []} />
          <SasDetails
            fields={{ ...fields, ...(policy?.permissions && { sp: policy.permissions }) }}
            queue={isForQueue && form.queue !== '' ? form.queue : undefined}
          />
          {created && (
            <CreatedSas connection={connection} queue={isForQueue ? form.queue : undefined} token={created.token} />
          )}
        </>
      }
    >
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
          queues={names}
          form={form}
          policies={(policies.isEnabled && policies.data) || []}
          policyHint={policyHint(policies, form.queue)}
          problem={shown.queue}
          onChange={change}
        />
      ) : (
        <SasCheckboxes
          label="Resource types"
          hint="Containers are the queues here, and objects their messages."
          options={TYPES}
          value={form.types}
          onChange={(types) => change({ types })}
          problem={shown.types}
        />
      )}
      {!policy?.permissions && (
        <SasCheckboxes
          label="Permissions"
          options={PERMISSIONS[form.scope]}
          value={form.permissions}
          onChange={(letters) => change({ permissions: letters })}
          problem={shown.permissions}
        />
      )}
      <SasTermFields form={form} policy={policy} problems={shown} onChange={change} />
      {form.httpsOnly && connection.endpoint.startsWith('http:') && (
        <p className="text-12 text-warn">The endpoint of this connection is http, where it will not work.</p>
      )}
    </SasDialog>
  );
}

type QueueFieldsProps = {
  queues: readonly string[];
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
  return data.length === 0 ? 'This queue has none.' : 'A policy can be changed later to end the signature.';
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
