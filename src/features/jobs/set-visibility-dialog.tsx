import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { visibilityTimeoutProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { serviceNowOf } from '@/state/time/connection-clocks';
import { Field } from '@/ui/controls/field';
import { TimeSpanInput } from '@/ui/controls/time-span-input';
import { count, counted } from '@/ui/format/counts';
import { dateTime } from '@/ui/format/relative-time';
import { secondsOf, spokenSpan, type TimeSpan } from '@/ui/format/time-span';
import { beginSetVisibility } from './begin-change';
import { targetOf } from './begin-job';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { leasingConsequences, messagesOf, requestsFor, scopeText, useScope } from './scope';
import { useJobOptions } from './use-job-options';

type SetVisibilityDialogProps = MessageScope & { onClose: () => void };

export default function SetVisibilityDialog(props: SetVisibilityDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <SetVisibility {...props} account={account} />;
}

/** For how long nobody sees the messages. */
function SetVisibility({ account, onClose, ...chosen }: SetVisibilityDialogProps & { account: Account }) {
  const { queue, ids } = chosen;
  const client = useQueryClient();
  const scope = useScope(account, chosen);
  const [span, setSpan] = useState<TimeSpan>({ amount: 1, unit: 'hours' });
  const { limit, options, fields } = useJobOptions(scope);
  const seconds = secondsOf(span);
  // 0 shows at once what is leased here; of a whole queue only what is visible anyway can be leased.
  const problem = seconds === 0 && ids ? undefined : visibilityTimeoutProblem(seconds);
  const until = serviceNowOf(account.id) + seconds * 1000;
  const dying = messagesOf(account, { queue, ...(ids && { ids }) }).filter(
    ({ expiresAt }) => expiresAt !== null && expiresAt.getTime() < until,
  ).length;

  const beginning = useMutation({
    mutationFn: async () => {
      beginSetVisibility(client, targetOf(account.id, queue), { ...options, seconds });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Set visibility of ${scopeText(scope)}`}
      queue={queue}
      label={`${seconds === 0 ? 'Show' : 'Hide'} ${ids ? scopeText(scope) : 'all messages'}`}
      reason={problem ?? (scope.total === 0 ? `${queue} looks empty.` : undefined)}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
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
          ...leasingConsequences(scope, limit, true),
          {
            words:
              seconds === 0
                ? 'Makes them visible to every receiver. Your leases on them end.'
                : `Hides them from every receiver for ${problem ? 'that time' : spokenSpan(seconds)}, from you too: this tab gives its leases up.`,
          },
          dying > 0 && {
            words: `${counted(dying, 'message')} will have expired by then and ${dying === 1 ? 'is' : 'are'} never seen again.`,
            care: true,
          },
          scope.isWhole && {
            words: 'No receiver finds a message of this queue until then, but for what is added meanwhile.',
            care: true,
          },
          scope.total !== undefined && { words: `About ${count(requestsFor(scope, 1))} requests.` },
        ]}
      />
    </JobForm>
  );
}
