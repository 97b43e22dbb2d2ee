import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { makeUserDelegationSas } from '@/azure/credentials/sas-generate';
import type { Connection } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { queueList } from '@/queries/queues';
import { useConnection } from '@/state/connections/connections';
import { viewRequestOf } from '@/state/navigation/view-request';
import { nowOf } from '@/state/time/connection-clocks';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Field, TextInput } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';
import { ViewRequest } from '@/ui/feedback/failure';
import { Dialog } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { focusMistake } from '../shared/focus-first-invalid';
import { MadeSas } from './created-sas';
import { SasReader } from './sas-details';
import { LETTERS, type SasForm } from './sas-form';
import { Letters } from './sas-permission-fields';
import { SasQueueField } from './sas-queue-field';
import { SasTimes } from './sas-time-fields';
import { delegationFields, delegationProblems, keyFailure, keySpan, SHORT_LASTING } from './user-delegation-form';

type UserDelegationSasProps = {
  account: Account;
  connection: Connection;
  queue?: string | undefined;
  onClose: () => void;
};

/** Makes a signature for one queue in the name of whoever's access token the connection has; no account key is needed. */
export function UserDelegationSas({ account, connection, queue = '', onClose }: UserDelegationSasProps) {
  const [form, setForm] = useState<SasForm>({
    scope: 'queue',
    queue,
    policy: '',
    types: '',
    letters: 'r',
    start: '',
    lasts: '480',
    expiry: '',
    address: '',
    httpsOnly: true,
  });
  const [isTried, setTried] = useState(false);
  const formId = useId();
  const stored = useConnection(account.id);
  const { data: queues = [] } = useQuery(queueList(account));
  const now = useNow() + (account.clockSkew() ?? 0);
  const problems = delegationProblems(form, now);
  const shown = isTried ? problems : {};

  const making = useMutation({
    mutationFn: async () => {
      const moment = nowOf(account.id) + (account.clockSkew() ?? 0);
      const fields = delegationFields(form, moment);
      const key = await account.getUserDelegationKey(keySpan(fields, moment));
      return { fields, token: await makeUserDelegationSas(key, connection.account, form.queue, fields) };
    },
    // A secret: not kept once it is out of sight.
    gcTime: 0,
  });

  function change(part: Partial<SasForm>) {
    setForm({ ...form, ...part });
    making.reset();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    focusMistake(event.currentTarget, () => setTried(true));
    if (Object.keys(problems).length === 0 && !making.isPending) making.mutate();
  }

  return (
    <Dialog
      size="lg"
      title="Create a user delegation SAS"
      subtitle={<span className="truncate text-text-3 max-desk:hidden">{stored && connectionName(stored)}</span>}
      dismissible={false}
      onClose={onClose}
      footer={
        <>
          <span className="flex-1 text-12 text-text-3 max-desk:hidden">
            Asks Azure for a key in your name. It changes nothing, and signatures end when that key is revoked.
          </span>
          <Button size="lg" onClick={onClose}>
            Close
          </Button>
          <Button size="lg" variant="primary" type="submit" form={formId} aria-disabled={making.isPending || undefined}>
            {making.isPending ? 'Asking for a key' : 'Create signature'}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)_320px] gap-6 max-desk:grid-cols-1">
        <form id={formId} onSubmit={submit} className="grid content-start gap-4">
          <SasQueueField
            queues={queues}
            queue={form.queue}
            problem={shown.queue}
            onChange={(name) => change({ queue: name })}
          />
          <Letters
            label="Permissions"
            options={LETTERS.queue}
            value={form.letters}
            onChange={(letters) => change({ letters })}
            problem={shown.letters}
          />
          <SasTimes form={form} policy={undefined} problems={shown} lasting={SHORT_LASTING} onChange={change} />
          <Field label="Allowed address" hint="An IPv4 address or a range. Empty: from anywhere." error={shown.address}>
            <TextInput
              mono
              placeholder="203.0.113.0-203.0.113.255"
              value={form.address}
              onChange={({ target }) => change({ address: target.value })}
            />
          </Field>
          <Switch label="https only" checked={form.httpsOnly} onChange={(httpsOnly) => change({ httpsOnly })} />
        </form>
        <div className="grid content-start gap-3">
          <SasReader
            fields={making.data?.fields ?? delegationFields(form, now)}
            queue={form.queue === '' ? undefined : form.queue}
          />
          <p className="text-12 text-text-3">
            It allows what is chosen here and what you may do yourself, whichever is less, and lasts 7 days at most.
          </p>
          {making.error && (
            <div role="alert" className="rounded-8 border border-danger-line bg-danger-tint px-3 py-2">
              <p>{keyFailure(making.error)}</p>
              <ViewRequest onView={viewRequestOf(making.error)} />
            </div>
          )}
          {making.data && <MadeSas connection={connection} queue={form.queue} token={making.data.token} />}
        </div>
      </div>
    </Dialog>
  );
}
