import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import type { ImportRules } from '@/bulk/files/import-row';
import { Field, Select, TextInput, TimeSpanInput } from '@/ui/controls/field';
import { secondsOf, type TimeSpan } from '@/ui/format/time-span';

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
        <TextInput mono value={form.textField} onChange={(textField) => onForm({ ...form, textField })} />
      </Field>
    </div>
  );
}

/** The rules of an import as they stand in the form. */
export type RuleForm = {
  life: 'kept' | 'default' | 'never' | 'span';
  span: TimeSpan;
  delay: 'kept' | 'span';
  delaySpan: TimeSpan;
  textField: string;
};

export const USUAL_RULES: RuleForm = {
  life: 'kept',
  span: { amount: 7, unit: 'days' },
  delay: 'kept',
  delaySpan: { amount: 0, unit: 'seconds' },
  textField: 'text',
};

export const rulesOf = ({ life, span, delay, delaySpan, textField }: RuleForm): ImportRules => ({
  timeToLive: life === 'span' ? secondsOf(span) : life,
  ...(delay === 'span' && { visibilityDelay: secondsOf(delaySpan) }),
  textField: textField || 'text',
});

export type RuleProblems = { life: string | undefined; delay: string | undefined };

/** The service's rules that a form breaks. */
export function ruleProblems({ life, span, delay, delaySpan }: RuleForm): RuleProblems {
  const lifeError = life === 'span' ? timeToLiveProblem(secondsOf(span)) : undefined;
  const seconds = life === 'span' && !lifeError ? secondsOf(span) : undefined;
  return {
    life: lifeError,
    delay: delay === 'span' ? visibilityDelayProblem(secondsOf(delaySpan), seconds) : undefined,
  };
}
