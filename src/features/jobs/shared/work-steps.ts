import { type Steps, stays } from '@/bulk/planning/steps';
import { exactly } from '@/words/counts';
import { objectText, scopeText, type Told } from './scope';

/** The steps that one can choose, in the order in which they are done. */
export const WORK_STEPS = ['export', 'change', 'send', 'delete', 'hide'] as const;
export type WorkStep = (typeof WORK_STEPS)[number];
/** Those that a job begins with. */
export const USUAL_STEPS: readonly WorkStep[] = ['change', 'send', 'delete'];

const NAMES: Record<WorkStep, string> = {
  export: 'Export',
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

/** The steps as a job is planned by. */
export const plannedSteps = (steps: readonly WorkStep[]): Steps =>
  inSafeOrder(steps).map((step) => (step === 'export' ? 'write' : step));

/** Why a step cannot be added to these; undefined when it can. */
export function exclusionOf(step: WorkStep, steps: readonly WorkStep[]): string | undefined {
  const leaves = steps.find((one) => one === 'send' || one === 'delete');
  if (step === 'hide' && leaves)
    return `Not beside “${stepName(leaves)}”: a message that is sent or deleted is not hidden too`;
  if ((step === 'send' || step === 'delete') && steps.includes('hide'))
    return `Not beside “${stepName('hide')}”: a message that is hidden is not ${step === 'send' ? 'sent' : 'deleted'} too`;
  return undefined;
}

/** Why these steps make no job; undefined when they do. `isWhole`: they are for all messages of a queue. */
export function stepsProblem(steps: readonly WorkStep[], isWhole: boolean): string | undefined {
  if (steps.length === 0) return 'Add a step.';
  if (isWhole && steps.join() === 'delete') return 'To delete all messages, clear the queue, or export them first.';
  if (steps.includes('hide') && (steps.includes('send') || steps.includes('delete')))
    return 'A message that is sent or deleted cannot be hidden too. Remove “Set visibility”, or the others.';
  const isWasted = steps.includes('change') && steps.includes('delete') && !steps.includes('send');
  return isWasted ? 'The changed text would be deleted. Add “Send to”, or remove one of the two.' : undefined;
}

/** Verb and object of the button: "Redrive 1,600 messages", "Export and delete all that match". */
export function workLabel(steps: readonly WorkStep[], scope: Told, isRedrive: boolean): string {
  const object = scope.ids || scope.filter ? objectText(scope) : scopeText(scope).replace('about', 'all');
  const rest = steps.filter((step) => step !== 'export');
  const verb = verbOf(plannedSteps(rest), isRedrive);
  if (rest.length === steps.length) return `${verb} ${object}`;
  return rest.length === 0 ? `Export ${object}` : `Export and ${verb.toLowerCase()} ${object}`;
}

function verbOf(steps: Steps, isRedrive: boolean): string {
  if (steps.includes('send')) return stays(steps) ? 'Copy' : isRedrive ? 'Redrive' : 'Move';
  if (steps.includes('delete')) return 'Delete';
  if (steps.includes('hide')) return steps.includes('change') ? 'Change and hide' : 'Hide';
  return 'Change';
}

/** Characters of texts that one job keeps for its undo, as long as the page is open. */
export const UNDO_CHARACTERS = 32_000_000;

const KEPT = `For that the page keeps ${exactly(UNDO_CHARACTERS / 1e6, 'million character')} of texts at most.`;

/** What a browser can say of a file that it takes to its downloads, and what follows. */
export const FILE_NOTE =
  'The file is finished before anything else is done, and only what stands in it is touched. Where the browser writes to a file of your choice, that is confirmed; a download is handed over to the browser, which does not tell this page whether it was saved.';

/** What Undo does after these steps, and what it cannot bring back: a sentence or more. `from`: the queue of the messages. */
export function undoText(steps: readonly WorkStep[], from: string): string {
  if (steps.join() === 'export') return 'Nothing has to be undone: every message stays.';
  const fromFile = steps.includes('export') ? ' What is in the file can be imported again, as new messages.' : '';
  return `${undoOf(steps, from)}${fromFile}`;
}

function undoOf(steps: readonly WorkStep[], from: string): string {
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
