import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { makeUserDelegationSas } from '@/azure/credentials/sas-generate';
import type { Connection } from '@/azure/protocol/connection';
import type { Account } from '@/azure/protocol/model';
import { useKnownQueues } from '@/queries/known-queues';
import { viewRequestOf } from '@/state/navigation/view-request';
import { nowOf } from '@/state/time/connection-clocks';
import { useNow } from '@/ui/browser/use-now';
import { ViewRequest } from '@/ui/feedback/failure';
import { CreatedSas } from './created-sas';
import { SasDetails } from './sas-details';
import { SasDialog } from './sas-dialog';
import { SasCheckboxes, SasQueueField, SasTermFields } from './sas-fields';
import { emptySasForm, PERMISSIONS, type SasForm } from './sas-form';
import {
  delegationFields,
  delegationProblems,
  describeKeyError,
  keyPeriod,
  SHORT_DURATIONS,
} from './user-delegation-form';

type UserDelegationSasProps = {
  account: Account;
  connection: Connection;
  queue?: string | undefined;
  onClose: () => void;
};

/** Creates a signature for one queue with a user delegation key, in the name of the token's owner; it needs no account key. */
export function UserDelegationSas({ account, connection, queue = '', onClose }: UserDelegationSasProps) {
  const [form, setForm] = useState<SasForm>({ ...emptySasForm(queue), scope: 'queue' });
  const [isTried, setTried] = useState(false);
  const { names } = useKnownQueues(account);
  const now = useNow() + (account.clockSkew() ?? 0);
  const problems = delegationProblems(form, now);
  const shown = isTried ? problems : {};

  const making = useMutation({
    mutationFn: async () => {
      const moment = nowOf(account.id) + (account.clockSkew() ?? 0);
      const fields = delegationFields(form, moment);
      const key = await account.getUserDelegationKey(keyPeriod(fields, moment));
      return { fields, token: await makeUserDelegationSas(key, connection.account, form.queue, fields) };
    },
    // A secret: dropped once it is out of sight.
    gcTime: 0,
  });

  function change(part: Partial<SasForm>) {
    setForm({ ...form, ...part });
    making.reset();
  }

  return (
    <SasDialog
      connectionId={account.id}
      title="Create a user delegation SAS"
      effect="Asks Azure for a key in your name. It changes nothing, and signatures end when that key is revoked."
      label={making.isPending ? 'Asking for a key' : 'Create signature'}
      isDisabled={making.isPending}
      onTry={() => setTried(true)}
      onSubmit={() => Object.keys(problems).length === 0 && !making.isPending && making.mutate()}
      onClose={onClose}
      aside={
        <>
          <SasDetails
            fields={making.data?.fields ?? delegationFields(form, now)}
            queue={form.queue === '' ? undefined : form.queue}
          />
          <p className="text-12 text-text-3">
            It allows only what is chosen here and what you are allowed to do yourself. It lasts 7 days at most.
          </p>
          {making.error && (
            <div role="alert" className="rounded-8 border border-danger-line bg-danger-tint px-3 py-2">
              <p>{describeKeyError(making.error)}</p>
              <ViewRequest onView={viewRequestOf(making.error)} />
            </div>
          )}
          {making.data && <CreatedSas connection={connection} queue={form.queue} token={making.data.token} />}
        </>
      }
    >
      <SasQueueField
        queues={names}
        queue={form.queue}
        problem={shown.queue}
        onChange={(name) => change({ queue: name })}
      />
      <SasCheckboxes
        label="Permissions"
        options={PERMISSIONS.queue}
        value={form.permissions}
        onChange={(letters) => change({ permissions: letters })}
        problem={shown.permissions}
      />
      <SasTermFields form={form} policy={undefined} problems={shown} durations={SHORT_DURATIONS} onChange={change} />
    </SasDialog>
  );
}
