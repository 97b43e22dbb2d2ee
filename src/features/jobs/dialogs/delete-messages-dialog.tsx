import type { Account } from '@/azure/protocol/model';
import { UNDO_NEEDS } from '@/state/messages/pending-deletes';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { useNow } from '@/ui/browser/use-now';
import { beginDelete } from '../begin/begin-message-jobs';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { leasingConsequences, needsSearch, objectText, scopeText, targetOf, useScope } from '../shared/scope';
import { JobForm, useBeginning, useJobOptions } from './job-form';

type DeleteMessagesDialogProps = MessageScope & { account: Account; onClose: () => void };

/** Deletes messages that need more than one batch or a search, after it said what leasing them does to others. */
export default function DeleteMessagesDialog({ account, onClose, ...chosen }: DeleteMessagesDialogProps) {
  const { queue, ids } = chosen;
  const scope = useScope(account, chosen);
  const { limit, order, options, fields } = useJobOptions(account, scope, ['delete']);
  const forecast = useForecast(account, scope, { ...options, limit, order, steps: ['delete'] });
  const now = useNow();
  // Messages that need no search are otherwise deleted with Undo.
  const endsTooSoon = !needsSearch(scope) && scope.firstEnd !== undefined && scope.firstEnd - now <= UNDO_NEEDS;

  const beginning = useBeginning(
    onClose,
    (client, part) => beginDelete(client, targetOf(account.id, queue), { ...options, ...part, ids }),
    scope,
  );

  return (
    <JobForm
      title={`Delete ${scopeText(scope)}?`}
      preposition="from"
      queue={queue}
      label={`Delete ${objectText(scope)}`}
      scope={scope}
      isDanger
      keepLabel="Keep messages"
      beginning={beginning}
      onClose={onClose}
    >
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, false, order),
          endsTooSoon && { warning: 'A lease ends too soon for Undo: they are deleted at once.' },
          {
            warning:
              'Deletes them for good. This tab keeps their texts until it is closed, so that you can add them again as new messages.',
          },
          ...forecastConsequences(forecast),
        ]}
      />
      {fields}
      <LaneOffer connectionId={account.id} plan={forecast?.plan} />
    </JobForm>
  );
}
