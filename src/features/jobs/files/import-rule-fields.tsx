import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import type { LayoutChoice } from '@/bulk/files/file-layout';
import type { ImportRules } from '@/bulk/files/import-row';
import { Field, Select, TimeSpanInput } from '@/ui/controls/field';
import { secondsOf, type TimeSpan } from '@/words/spans';

type ImportRuleFieldsProps = { form: RuleForm; problems: RuleProblems; onForm: (form: RuleForm) => void };

/** The rules of an import: time to live and visibility delay. */
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
    </div>
  );
}

/** The rules of an import as they stand in the form. */
export type RuleForm = {
  life: 'kept' | 'default' | 'never' | 'span';
  span: TimeSpan;
  delay: 'kept' | 'span';
  delaySpan: TimeSpan;
  /** What is chosen of the layout of the file. */
  layout: LayoutChoice;
};

export const USUAL_RULES: RuleForm = {
  life: 'kept',
  span: { amount: 7, unit: 'days' },
  delay: 'kept',
  delaySpan: { amount: 0, unit: 'seconds' },
  layout: {},
};

export const rulesOf = ({ life, span, delay, delaySpan }: RuleForm): ImportRules => ({
  timeToLive: life === 'span' ? secondsOf(span) : life,
  ...(delay === 'span' && { visibilityDelay: secondsOf(delaySpan) }),
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
