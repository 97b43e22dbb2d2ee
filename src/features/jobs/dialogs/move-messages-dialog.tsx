import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { nowOf } from '@/state/time/connection-clocks';
import { beginMove, MOVE_VERBS, type MoveAction } from '../begin/begin-message-jobs';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { orderText } from '../shared/pace-options';
import { leasingConsequences, objectText, renewalConsequence, scopeText, targetOf, useScope } from '../shared/scope';
import { undoText } from '../shared/work-steps';
import { JobForm, useBeginning, useJobOptions } from './job-form';
import { useQueueChoice } from './queue-picker';
import { TargetFields } from './target-fields';

type MoveMessagesDialogProps = MessageScope & { account: Account; action: MoveAction; onClose: () => void };

/** Moves, copies or redrives messages to another queue, also of another account. */
export default function MoveMessagesDialog({ action, account, onClose, ...chosen }: MoveMessagesDialogProps) {
  const { queue } = chosen;
  const scope = useScope(account, chosen);
  const isRequeue = action === 'requeue';
  const [to, setTo] = useState({ connectionId: account.id, queue: isRequeue ? queue : (poisonParent(queue) ?? '') });
  const steps = action === 'copy' ? (['send'] as const) : (['send', 'delete'] as const);
  const { limit, order, options, fields } = useJobOptions(account, scope, steps);
  const forecast = useForecast(account, scope, { ...options, limit, order, steps });
  const toAccount = useAccount(to.connectionId) ?? account;
  const choice = useQueueChoice(toAccount, to.queue);
  const denial = useDenialReason(to.connectionId, to.queue)('add');
  const isSame = to.connectionId === account.id && to.queue === queue;
  const same = isSame && !isRequeue ? 'This is the queue that the messages are in.' : undefined;
  const verb = MOVE_VERBS[action];

  const beginning = useBeginning(
    onClose,
    (client, part) => {
      const [source, destination] = [targetOf(account.id, queue), targetOf(to.connectionId, to.queue)];
      return beginMove(client, {
        ...options,
        ...part,
        action,
        from: source,
        to: destination,
        isThere: isRequeue || choice.isThere,
      });
    },
    scope,
  );

  return (
    <JobForm
      title={`${verb} ${scopeText(scope)}`}
      preposition={isRequeue ? 'in' : 'from'}
      queue={queue}
      label={`${verb} ${objectText(scope)}`}
      reason={
        (isRequeue ? undefined : choice.problem) ??
        same ??
        (denial && `${toAccount.name}: ${denial}`) ??
        (scope.total === 0 ? `${queue} looks empty.` : undefined)
      }
      scope={scope}
      beginning={beginning}
      onClose={onClose}
    >
      {!isRequeue && (
        <TargetFields
          to={to}
          account={toAccount}
          choice={choice}
          label="To queue"
          problem={same}
          onChange={(next) => {
            beginning.reset();
            setTo(next);
          }}
        />
      )}
      {fields}
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, action === 'copy', order),
          renewalConsequence(scope, nowOf(account.id)),
          action === 'copy'
            ? 'The originals stay. Messages that this leases are returned at the end.'
            : isRequeue
              ? 'Adds each message anew at the end of this queue, then deletes the original: a message can end up in it twice, never not at all. A new one whose original cannot be deleted is removed again.'
              : 'Copies each message, then deletes the original: a message can end up in both queues, never in none. A copy whose original cannot be deleted is removed again.',
          isRequeue
            ? 'Each gets a new id, a new insertion time and dequeue count 0, and its place is the end of the queue. The text stays byte for byte, and so does the time to live that is left.'
            : 'The copies have a new id, a new insertion time and dequeue count 0. The text stays byte for byte, and so does the time to live that is left.',
          orderText('They are added', 'in their order', options.concurrency),
          action !== 'copy' &&
            (isRequeue
              ? 'It cannot be undone: the old ids, insertion times and dequeue counts are gone.'
              : undoText(['send', 'delete'], queue)),
          isRequeue && {
            warning:
              'Consumers of this queue can receive them at once, and a message that failed begins to count its dequeues anew.',
          },
          action === 'redrive' && {
            warning: `Consumers of ${to.queue || 'the target'} get them at once. Fix the cause first, or they fail again.`,
          },
          to.connectionId !== account.id && `From ${account.name} to ${toAccount.name} through this page.`,
          ...forecastConsequences(forecast),
        ]}
      />
      <LaneOffer connectionId={account.id} plan={forecast?.plan} />
    </JobForm>
  );
}
