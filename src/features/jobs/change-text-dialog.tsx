import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { changeText } from '@/bulk/change-text';
import { startMessageJob } from '@/bulk/message-job';
import { loadedMessages } from '@/queries/messages';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/dialogs';
import { Checkbox } from '@/ui/checkbox';
import { count } from '@/ui/counts';
import { beginJob, placeOf } from './begin-job';
import { ChangeTextFields } from './change-text-fields';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { keptForms } from './kept-forms';
import { type PaceChoice, PaceFields, paceOptions, USUAL_PACE } from './pace-fields';
import { leasingConsequences, messagesOf, requestsFor, scopeWords, useScope, usualLimit } from './scope';
import { type ChangeForm, changeProblem, NO_CHANGE, toChange } from './text-changes';
import { useTrial } from './text-trial';
import { TrialView } from './text-trial-view';

type ChangeTextDialogProps = MessageScope & { onClose: () => void };

export default function ChangeTextDialog(props: ChangeTextDialogProps) {
  const account = useAccount(props.connection);
  return account && <ChangeText {...props} account={account} />;
}

const forms = keptForms<ChangeForm>('change text');

/** Find and replace, or another value at a JSON path; before and after of what is loaded; then it runs as a job. */
function ChangeText({ account, queue, ids, reach, onClose }: ChangeTextDialogProps & { account: Account }) {
  const client = useQueryClient();
  const scope = useScope(account, { queue, ...(ids && { ids }), ...(reach !== undefined && { reach }) });
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [isDryRun, setDryRun] = useState(false);
  const [pace, setPace] = useState<PaceChoice>(USUAL_PACE);
  const [ownLimit, setLimit] = useState<number>();
  const [samples] = useState(() => (ids ? messagesOf(account, { queue, ids }) : loadedMessages(account, queue)));
  const limit = ownLimit ?? usualLimit(scope);
  const needsSearch = !scope.isWhole && scope.unleased.length > 0;
  const problem = changeProblem(form);
  const trial = useTrial(problem === undefined ? form : undefined, samples);
  function change(part: Partial<ChangeForm>) {
    setForm({ ...form, ...part });
    forms.keep({ ...form, ...part }, account.id, queue);
  }

  const beginning = useMutation({
    mutationFn: async () => {
      const from = placeOf(account.id, queue);
      const { change: change_, close } = toChange(form);
      const job = startMessageJob({
        name: 'Change text',
        from,
        wanted: scope.wanted,
        work: changeText(change_, { dryRun: isDryRun }),
        ...paceOptions(pace),
        ...(needsSearch && { cap: limit }),
        ...(scope.total !== undefined && { total: scope.total }),
      });
      beginJob(client, {
        kind: 'text',
        where: queue,
        noun: 'message',
        job,
        dryRun: isDryRun,
        changes: [from],
        onEnd: close,
      });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Change text of ${scopeWords(scope)}`}
      queue={queue}
      size="lg"
      label={`${isDryRun ? 'Try on' : 'Change'} ${ids ? scopeWords(scope) : 'all messages'}`}
      reason={problem ?? (ids && trial?.isWhole && trial.changed === 0 ? 'No text would change.' : undefined)}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <ChangeTextFields form={form} problem={problem} onChange={change}>
        <Checkbox label="Dry run" checked={isDryRun} onChange={setDryRun}>
          Dry run: change nothing
        </Checkbox>
      </ChangeTextFields>
      {trial && <TrialView trial={trial} />}
      <PaceFields pace={pace} onPace={setPace} limit={needsSearch ? limit : undefined} onLimit={setLimit} />
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, true),
          isDryRun
            ? { words: 'Leases the messages, tries the change on each and returns them. No text is changed.' }
            : {
                words:
                  'Replaces the text in place: id, insertion time, expiry and dequeue count stay. Messages that you hold stay leased until the same time; the others are returned at the end.',
              },
          !isDryRun && { words: 'The old text is gone. Export first if you may need it.', care: true },
          scope.total !== undefined && { words: `About ${count(requestsFor(scope, 1))} requests.` },
        ]}
      />
    </JobForm>
  );
}
