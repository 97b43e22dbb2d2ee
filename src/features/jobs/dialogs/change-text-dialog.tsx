import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { formDrafts } from '@/state/messages/form-drafts';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { Checkbox } from '@/ui/controls/checkbox';
import { beginChangeText } from '../begin/begin-message-jobs';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { LaneOffer } from '../shared/lane-offer';
import { leasingConsequences, objectText, scopeText, targetOf, useScope } from '../shared/scope';
import { changesNothing, useSamples, wholeOf } from '../shared/use-samples';
import { undoText } from '../shared/work-steps';
import type { ChangeForm } from '../text/apply-change';
import { useDryRun } from '../text/dry-run';
import { DryRunView } from '../text/dry-run-view';
import { changeProblem, changeQuestion, NO_CHANGE } from '../text/text-changes';
import { ChangeTextFields } from './change-text-fields';
import { JobForm, useBeginning, useJobOptions } from './job-form';

type ChangeTextDialogProps = MessageScope & { account: Account; onClose: () => void };

const forms = formDrafts<ChangeForm>('change text');

/** Changes the text of messages, by find and replace or by a new value at a JSON path, after a trial on what is loaded. */
export default function ChangeTextDialog({ account, onClose, ...chosen }: ChangeTextDialogProps) {
  const { queue } = chosen;
  const scope = useScope(account, chosen);
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [isDryRun, setDryRun] = useState(false);
  const { limit, order, options, fields } = useJobOptions(account, scope, ['change']);
  const forecast = useForecast(account, scope, { ...options, limit, order, steps: isDryRun ? [] : ['change'] });
  const samples = useSamples(account, scope);
  const problem = changeProblem(form);
  const run = useDryRun(problem === undefined ? form : undefined, samples);
  function change(part: Partial<ChangeForm>) {
    setForm({ ...form, ...part });
    forms.keep({ ...form, ...part }, account.id, queue);
  }

  const beginning = useBeginning(
    onClose,
    (client, part) =>
      beginChangeText(client, targetOf(account.id, queue), { ...options, ...part, change: form, isDryRun }),
    scope,
  );

  return (
    <JobForm
      title={`Change text of ${scopeText(scope)}`}
      queue={queue}
      size="lg"
      label={`${isDryRun ? 'Try on' : 'Change'} ${objectText(scope)}`}
      reason={problem ?? (changesNothing(scope, run) ? 'No text would change.' : undefined)}
      question={isDryRun ? undefined : changeQuestion(form)}
      scope={scope}
      beginning={beginning}
      onClose={onClose}
    >
      <ChangeTextFields form={form} problem={problem} onChange={change}>
        <Checkbox checked={isDryRun} onChange={setDryRun}>
          Dry run: change nothing
        </Checkbox>
      </ChangeTextFields>
      {run && <DryRunView form={form} run={run} messages={samples} total={wholeOf(scope)} queue={queue} />}
      {fields}
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, true, order),
          isDryRun
            ? 'Leases the messages, tries the change on each and returns them. No text is changed.'
            : 'Replaces the text in place: id, insertion time, expiry and dequeue count stay. Messages that you hold stay leased until the same time; the others are returned at the end.',
          !isDryRun && { warning: undoText(['change'], queue) },
          ...forecastConsequences(forecast),
        ]}
      />
      <LaneOffer connectionId={account.id} plan={forecast?.plan} />
    </JobForm>
  );
}
