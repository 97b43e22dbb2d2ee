import { useState } from 'react';
import { visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { Field, TimeSpanInput } from '@/ui/controls/field';
import { counted, plural } from '@/words/counts';
import { secondsOf, spokenSpan, type TimeSpan } from '@/words/spans';
import { dateTime } from '@/words/times';
import { beginSetVisibility } from '../begin/begin-message-jobs';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { orderText } from '../shared/pace-options';
import { leasingConsequences, messagesOf, objectText, scopeText, targetOf, useScope } from '../shared/scope';
import { JobForm, useBeginning, useJobOptions } from './job-form';

type SetVisibilityDialogProps = MessageScope & { account: Account; onClose: () => void };

/** Hides messages for a time, or shows them again. */
export default function SetVisibilityDialog({ account, onClose, ...chosen }: SetVisibilityDialogProps) {
  const { queue, ids } = chosen;
  const scope = useScope(account, chosen);
  const [span, setSpan] = useState<TimeSpan>({ amount: 1, unit: 'hours' });
  const { limit, order, options, fields } = useJobOptions(account, scope, ['hide']);
  const forecast = useForecast(account, scope, { ...options, limit, order, steps: ['hide'] });
  const seconds = secondsOf(span);
  // 0 makes leased messages visible at once. A whole queue can only lease messages that are visible anyway.
  const problem = seconds === 0 && ids ? undefined : visibilityTimeoutProblem(seconds);
  const until = serviceNowOf(account.id) + seconds * 1000;
  const expiring = messagesOf(account, { queue, ...(ids && { ids }) }).filter(
    ({ expiresAt }) => expiresAt !== null && expiresAt.getTime() < until,
  ).length;

  const beginning = useBeginning(
    onClose,
    (client, part) => beginSetVisibility(client, targetOf(account.id, queue), { ...options, ...part, seconds }),
    scope,
  );

  return (
    <JobForm
      title={`Set visibility of ${scopeText(scope)}`}
      queue={queue}
      label={`${seconds === 0 ? 'Show' : 'Hide'} ${objectText(scope)}`}
      reason={problem ?? (scope.total === 0 ? `${queue} looks empty.` : undefined)}
      scope={scope}
      beginning={beginning}
      onClose={onClose}
    >
      <Field
        label="Hidden for"
        error={problem}
        hint={seconds === 0 ? '0: visible at once' : `Until ${dateTime(until)}; at most 7 days`}
      >
        <TimeSpanInput aria-label="Hidden for" className="w-56" value={span} onChange={setSpan} />
      </Field>
      {fields}
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, true, order),
          seconds === 0
            ? 'Makes them visible to every receiver. Your leases on them end.'
            : `Hides them from every receiver, from you too, for ${problem ? 'that time' : spokenSpan(seconds)}. Your leases on them end.`,
          seconds > 0 && orderText('They are hidden', 'in their order', options.concurrency),
          expiring > 0 && {
            warning: `${counted(expiring, 'message')} will have expired by then and ${plural(expiring, 'is', 'are')} never seen again.`,
          },
          scope.isWhole && { warning: 'Until then receivers get only messages that are added meanwhile.' },
          ...forecastConsequences(forecast),
        ]}
      />
      <LaneOffer connectionId={account.id} plan={forecast?.plan} />
    </JobForm>
  );
}
