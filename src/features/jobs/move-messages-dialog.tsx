import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { useAccount } from '@/queries/use-account';
import { useConnections } from '@/state/connections/connections';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { nowOf } from '@/state/time/connection-clocks';
import { Field, Select } from '@/ui/controls/field';
import { count } from '@/ui/format/counts';
import { targetOf } from './begin-job';
import { beginMove, MOVE_VERBS, type MoveAction } from './begin-move';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { QueuePicker, useQueueChoice } from './queue-picker';
import { leasingConsequences, renewalConsequence, requestsFor, scopeText, useScope } from './scope';
import { useJobOptions } from './use-job-options';

type MoveMessagesDialogProps = { action: MoveAction } & MessageScope & { onClose: () => void };

export default function MoveMessagesDialog(props: MoveMessagesDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <MoveMessages {...props} account={account} />;
}

/** Where to, how fast, and what it does to the messages; then it runs as a job. */
function MoveMessages({ action, account, onClose, ...chosen }: MoveMessagesDialogProps & { account: Account }) {
  const { queue, ids } = chosen;
  const client = useQueryClient();
  const connections = useConnections();
  const scope = useScope(account, chosen);
  const [to, setTo] = useState({ connectionId: account.id, queue: poisonParent(queue) ?? '' });
  const { limit, options, fields } = useJobOptions(scope);
  const toAccount = useAccount(to.connectionId) ?? account;
  const choice = useQueueChoice(toAccount, to.queue);
  const targetReason = useDenialReason(to.connectionId, to.queue)('add');
  const isSame = to.connectionId === account.id && to.queue === queue;
  const same = isSame ? 'This is the queue that the messages are in.' : undefined;
  const verb = MOVE_VERBS[action];

  const beginning = useMutation({
    mutationFn: async () => {
      const [source, destination] = [targetOf(account.id, queue), targetOf(to.connectionId, to.queue)];
      await beginMove(client, { ...options, action, from: source, to: destination, isThere: choice.isThere });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`${verb} ${scopeText(scope)}`}
      preposition="from"
      queue={queue}
      label={`${verb} ${ids ? scopeText(scope) : 'all messages'}`}
      reason={
        choice.problem ??
        same ??
        (targetReason && `${toAccount.name}: ${targetReason}`) ??
        (scope.total === 0 ? `${queue} looks empty.` : undefined)
      }
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      {connections.length > 1 && (
        <Field label="To account">
          <Select
            value={to.connectionId}
            options={connections
              .filter(({ locked }) => !locked)
              .map(({ id, account: name, endpoint, environment, queue: only }) => ({
                value: id,
                label: `${only === undefined ? name : `${name}/${only}`}${environment ? `, ${environment}` : ''} (${new URL(endpoint).host})`,
              }))}
            onChange={(connectionId) => {
              beginning.reset();
              setTo({ ...to, connectionId });
            }}
          />
        </Field>
      )}
      <QueuePicker
        account={toAccount}
        label="To queue"
        value={to.queue}
        problem={same}
        onChange={(name) => {
          beginning.reset();
          setTo({ ...to, queue: name });
        }}
      />
      {fields}
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, action === 'copy'),
          renewalConsequence(scope, nowOf(account.id)),
          action === 'copy'
            ? { words: 'The originals stay. What this leases is returned at the end.' }
            : {
                words:
                  'Copies each message first and deletes the original second: when something breaks in between it is in both queues, never in none. A copy whose original cannot be deleted is taken back.',
              },
          {
            words:
              'The copies have a new id, a new insertion time and dequeue count 0. The text stays byte for byte, and so does the time to live that is left.',
          },
          action === 'redrive' && {
            words: `Consumers of ${to.queue || 'the target'} get them at once. Fix the cause first, or they fail again.`,
            care: true,
          },
          scope.total !== undefined && {
            words: `About ${count(requestsFor(scope, action === 'copy' ? 1 : 2))} requests${to.connectionId === account.id ? '' : `, from ${account.name} to ${toAccount.name} through this page`}.`,
          },
        ]}
      />
    </JobForm>
  );
}
