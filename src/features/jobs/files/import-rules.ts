import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/protocol/input-rules';
import type { ImportRules } from '@/bulk/files/import-row';
import { secondsOf, type TimeSpan } from '@/ui/format/time-span';

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
