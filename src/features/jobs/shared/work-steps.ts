import { type Steps, stays } from '@/bulk/planning/steps';
import { counted } from '@/ui/format/counts';
import { type Scope, scopeText } from './scope';

/** The steps that one can choose, in the order in which they are done. */
export const WORK_STEPS = ['change', 'send', 'delete'] as const;
export type WorkStep = (typeof WORK_STEPS)[number];

const NAMES: Record<WorkStep, string> = { change: 'Change text', send: 'Send to', delete: 'Delete here' };
export const stepName = (step: WorkStep): string => NAMES[step];

/** The steps in their safe order, whatever the order in which they were added. */
export const inSafeOrder = (steps: readonly WorkStep[]): WorkStep[] =>
  WORK_STEPS.filter((step) => steps.includes(step));

/** The steps as a title: "Change text, then send to payments, then delete here". */
export function stepsTitle(steps: readonly WorkStep[], to: string): string {
  const words = inSafeOrder(steps).map((step) => (step === 'send' ? `Send to ${to || 'a queue'}` : stepName(step)));
  const [first = 'Choose steps', ...rest] = words;
  return [first, ...rest.map((text) => `then ${text.charAt(0).toLowerCase()}${text.slice(1)}`)].join(', ');
}

/** Why these steps make no job; undefined when they do. `isWhole`: they are for all messages of a queue. */
export function stepsProblem(steps: readonly WorkStep[], isWhole: boolean): string | undefined {
  if (steps.length === 0) return 'Add a step.';
  if (isWhole && steps.join() === 'delete') return 'To delete all messages, clear the queue.';
  const isWasted = steps.includes('change') && steps.includes('delete') && !steps.includes('send');
  return isWasted ? 'The changed text would be deleted. Add “Send to”, or remove one of the two.' : undefined;
}

/** Verb and object of the button: "Redrive 1,600 messages", "Change all messages". */
export function workLabel(steps: Steps, scope: Pick<Scope, 'ids' | 'total'>, isRedrive: boolean): string {
  const verb = steps.includes('send')
    ? stays(steps)
      ? 'Copy'
      : isRedrive
        ? 'Redrive'
        : 'Move'
    : steps.includes('delete')
      ? 'Delete'
      : 'Change';
  const { ids } = scope;
  return `${verb} ${ids ? counted(ids.length, 'message') : scopeText(scope).replace('about', 'all')}`;
}
