import { Field, Select, TextInput } from '@/ui/controls/field';
import { TimeSpanInput } from '@/ui/controls/time-span-input';
import type { RuleForm, RuleProblems } from './import-rules';

type ImportRuleFieldsProps = { form: RuleForm; problems: RuleProblems; onForm: (form: RuleForm) => void };

/** The rules of an import: time to live, visibility delay, and the column with the text. */
export function ImportRuleFields({ form, problems, onForm }: ImportRuleFieldsProps) {
  return (
    <div className="grid content-start gap-4">
      <Field label="Time to live" error={problems.life}>
        <Select
          value={form.life}
          onChange={(life) => onForm({ ...form, life })}
          options={[
            { value: 'kept', label: 'From the file' },
            { value: 'default', label: 'Azure’s default of 7 days' },
            { value: 'never', label: 'Never expires' },
            { value: 'span', label: 'Custom' },
          ]}
        />
      </Field>
      {form.life === 'span' && (
        <TimeSpanInput
          aria-label="Time to live of all"
          value={form.span}
          onChange={(span) => onForm({ ...form, span })}
        />
      )}
      <Field label="Visibility delay" error={problems.delay}>
        <Select
          value={form.delay}
          onChange={(delay) => onForm({ ...form, delay })}
          options={[
            { value: 'kept', label: 'From the file' },
            { value: 'span', label: 'Custom' },
          ]}
        />
      </Field>
      {form.delay === 'span' && (
        <TimeSpanInput
          aria-label="Visibility delay of all"
          value={form.delaySpan}
          onChange={(delaySpan) => onForm({ ...form, delaySpan })}
        />
      )}
      <Field label="Field with the message text">
        <TextInput
          mono
          value={form.textField}
          onChange={(event) => onForm({ ...form, textField: event.target.value })}
        />
      </Field>
    </div>
  );
}
