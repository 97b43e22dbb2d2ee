import { type Steps, stays } from '@/bulk/planning/steps';
import { counted } from '@/ui/format/counts';
import { type Scope, scopeText } from './scope';

/** The steps that one can choose, in the order in which they are done. */
export const WORK_STEPS = ['change', 'send', 'delete', 'hide'] as const;
export type WorkStep = (typeof WORK_STEPS)[number];
/** Those that a job begins with. */
export const USUAL_STEPS: readonly WorkStep[] = ['change', 'send', 'delete'];

const NAMES: Record<WorkStep, string> = {
  change: 'Change text',
  send: 'Send to',
  delete: 'Delete here',
  hide: 'Set visibility',
};
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
  if (steps.includes('hide') && (steps.includes('send') || steps.includes('delete')))
    return 'A message that is sent or deleted cannot be hidden too. Remove “Set visibility”, or the others.';
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
      : steps.includes('hide')
        ? steps.includes('change')
          ? 'Change and hide'
          : 'Hide'
        : 'Change';
  const { ids } = scope;
  return `${verb} ${ids ? counted(ids.length, 'message') : scopeText(scope).replace('about', 'all')}`;
}

/** Characters of texts that one job keeps for its undo, as long as the page is open. */
export const UNDO_CHARACTERS = 32_000_000;

const KEPT = `For that the page keeps ${UNDO_CHARACTERS / 1e6} million characters of texts at most.`;

/** What Undo does after these steps, and what it cannot bring back: a sentence or more. `from`: the queue of the messages. */
export function undoText(steps: readonly WorkStep[], from: string): string {
  if (steps.includes('send') && steps.includes('delete')) {
    const texts = steps.includes('change') ? 'the old texts' : 'the texts';
    return `Undo, as long as this page is open, adds ${texts} to ${from} again as new messages at its end, with dequeue count 0, and deletes the copies that no consumer has received. The old ids, insertion times and dequeue counts are gone. ${KEPT}`;
  }
  if (steps.includes('send')) return 'Copies are not taken back: delete them in their queue.';
  if (steps.includes('hide'))
    return `It cannot be undone${steps.includes('change') ? ': the old texts are gone, so export first if you may need them' : ''}. Your leases on them end.`;
  return steps.includes('delete')
    ? 'The texts can be added again as new messages, as long as this page is open. The old ids, insertion times and dequeue counts are gone.'
    : `Undo writes the old texts again where messages stay leased to you, as long as the lease lasts and this page is open. ${KEPT} Of the others the old text is gone: export first if you may need it.`;
}
