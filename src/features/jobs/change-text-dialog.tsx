import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { loadedMessages } from '@/queries/messages';
import { useAccount } from '@/queries/use-account';
import { formDrafts } from '@/state/messages/form-drafts';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { Checkbox } from '@/ui/controls/checkbox';
import { count } from '@/ui/format/counts';
import { beginChangeText } from './begin-change';
import { targetOf } from './begin-job';
import { ChangeTextFields } from './change-text-fields';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { leasingConsequences, messagesOf, requestsFor, scopeText, useScope } from './scope';
import { type ChangeForm, changeProblem, NO_CHANGE } from './text-changes';
import { useTrial } from './text-trial';
import { TrialView } from './text-trial-view';
import { useJobOptions } from './use-job-options';

type ChangeTextDialogProps = MessageScope & { onClose: () => void };

export default function ChangeTextDialog(props: ChangeTextDialogProps) {
  const account = useAccount(props.connectionId);
  return account && <ChangeText {...props} account={account} />;
}

const forms = formDrafts<ChangeForm>('change text');

/** Find and replace, or another value at a JSON path; before and after of what is loaded; then it runs as a job. */
function ChangeText({ account, onClose, ...chosen }: ChangeTextDialogProps & { account: Account }) {
  const { queue, ids } = chosen;
  const client = useQueryClient();
  const scope = useScope(account, chosen);
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [isDryRun, setDryRun] = useState(false);
  const { limit, options, fields } = useJobOptions(scope);
  const [samples] = useState(() => (ids ? messagesOf(account, { queue, ids }) : loadedMessages(account, queue)));
  const problem = changeProblem(form);
  const trial = useTrial(problem === undefined ? form : undefined, samples);
  function change(part: Partial<ChangeForm>) {
    setForm({ ...form, ...part });
    forms.keep({ ...form, ...part }, account.id, queue);
  }

  const beginning = useMutation({
    mutationFn: async () => {
      beginChangeText(client, targetOf(account.id, queue), { ...options, change: form, isDryRun });
    },
    onSuccess: onClose,
  });

  return (
    <JobForm
      title={`Change text of ${scopeText(scope)}`}
      queue={queue}
      size="lg"
      label={`${isDryRun ? 'Try on' : 'Change'} ${ids ? scopeText(scope) : 'all messages'}`}
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
      {fields}
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
