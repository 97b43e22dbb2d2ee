import { type ReactNode, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import { loadedMessages } from '@/queries/messages';
import { formDrafts } from '@/state/messages/form-drafts';
import type { MessageScope } from '@/state/navigation/open-dialog';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { beginChangeText } from '../begin/begin-message-jobs';
import { Consequences } from '../shared/consequences';
import { forecastConsequences, useForecast } from '../shared/job-forecast';
import { leasingConsequences, messagesOf, scopeText, targetOf, useScope } from '../shared/scope';
import { type ChangeForm, changeProblem, NO_CHANGE } from '../text/text-changes';
import { TrialView, useTrial } from '../text/text-trial';
import { JobForm, useBeginning, useJobOptions } from './job-form';

type ChangeTextDialogProps = MessageScope & { account: Account; onClose: () => void };

const forms = formDrafts<ChangeForm>('change text');

/** Changes the text of messages, by find and replace or by a new value at a JSON path, after a trial on what is loaded. */
export default function ChangeTextDialog({ account, onClose, ...chosen }: ChangeTextDialogProps) {
  const { queue, ids } = chosen;
  const scope = useScope(account, chosen);
  const [form, setForm] = useState<ChangeForm>(() => forms.find(account.id, queue) ?? NO_CHANGE);
  const [isDryRun, setDryRun] = useState(false);
  const { limit, options, fields } = useJobOptions(scope);
  const forecast = useForecast(account, scope, { ...options, limit, steps: isDryRun ? [] : ['change'] });
  const [samples] = useState(() => (ids ? messagesOf(account, { queue, ids }) : loadedMessages(account, queue)));
  const problem = changeProblem(form);
  const trial = useTrial(problem === undefined ? form : undefined, samples);
  function change(part: Partial<ChangeForm>) {
    setForm({ ...form, ...part });
    forms.keep({ ...form, ...part }, account.id, queue);
  }

  const beginning = useBeginning(onClose, (client) =>
    beginChangeText(client, targetOf(account.id, queue), { ...options, change: form, isDryRun }),
  );

  return (
    <JobForm
      title={`Change text of ${scopeText(scope)}`}
      queue={queue}
      size="lg"
      label={`${isDryRun ? 'Try on' : 'Change'} ${ids ? scopeText(scope) : 'all messages'}`}
      reason={problem ?? (ids && trial?.isWhole && trial.changed === 0 ? 'No text would change.' : undefined)}
      beginning={beginning}
      onClose={onClose}
    >
      <ChangeTextFields form={form} problem={problem} onChange={change}>
        <Checkbox checked={isDryRun} onChange={setDryRun}>
          Dry run: change nothing
        </Checkbox>
      </ChangeTextFields>
      {trial && <TrialView trial={trial} />}
      {fields}
      <Consequences
        items={[
          ...leasingConsequences(scope, limit, true),
          isDryRun
            ? 'Leases the messages, tries the change on each and returns them. No text is changed.'
            : 'Replaces the text in place: id, insertion time, expiry and dequeue count stay. Messages that you hold stay leased until the same time; the others are returned at the end.',
          !isDryRun && { warning: 'The old text is gone. Export first if you may need it.' },
          ...forecastConsequences(forecast),
        ]}
      />
    </JobForm>
  );
}

type ChangeTextFieldsProps = {
  form: ChangeForm;
  problem: string | undefined;
  onChange: (part: Partial<ChangeForm>) => void;
  /** Further options, at the end of the row. */
  children: ReactNode;
};

/** The fields of a change: find and replace, or a JSON path and its new value. */
function ChangeTextFields({ form, problem, onChange: change, children }: ChangeTextFieldsProps) {
  return (
    <>
      <Segmented
        label="How to change"
        value={form.way}
        onChange={(way) => change({ way })}
        options={[
          { value: 'replace', label: 'Find and replace' },
          { value: 'value', label: 'JSON value' },
        ]}
        className="justify-self-start"
      />
      {form.way === 'replace' ? (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Find" error={form.find === '' ? undefined : problem}>
            <TextInput mono value={form.find} onChange={(find) => change({ find })} />
          </Field>
          <Field label="Replace with" hint={form.isRegex ? '$1 is the first group, $& the whole match' : undefined}>
            <TextInput mono value={form.replacement} onChange={(replacement) => change({ replacement })} />
          </Field>
        </div>
      ) : (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Path" hint="Such as customer.lines[0].sku">
            <TextInput mono value={form.path} onChange={(path) => change({ path })} />
          </Field>
          <Field label="New value, as JSON" error={form.value === '' ? undefined : problem}>
            <TextInput mono value={form.value} onChange={(value) => change({ value })} />
          </Field>
        </div>
      )}
      <div className="flex flex-wrap gap-x-5">
        {form.way === 'replace' && (
          <>
            <Checkbox checked={form.isRegex} onChange={(isRegex) => change({ isRegex })}>
              Regular expression
            </Checkbox>
            <Checkbox checked={form.isCaseIgnored} onChange={(isCaseIgnored) => change({ isCaseIgnored })}>
              Ignore case
            </Checkbox>
          </>
        )}
        <Checkbox checked={form.isDecoded} onChange={(isDecoded) => change({ isDecoded })}>
          Look inside Base64
        </Checkbox>
        {children}
      </div>
    </>
  );
}
