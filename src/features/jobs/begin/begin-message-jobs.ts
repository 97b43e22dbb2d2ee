import type { QueryClient } from '@tanstack/react-query';
import { chosenIds, startMessageJob } from '@/bulk/jobs/message-job';
import type { Steps } from '@/bulk/planning/steps';
import type { QueueTarget } from '@/bulk/requests/queue-target';
import { createRequestMeter } from '@/bulk/requests/request-meter';
import { changeText } from '@/bulk/work/change-text';
import { copyMessage } from '@/bulk/work/copy-message';
import { deleteMessage } from '@/bulk/work/delete-message';
import { moveMessage, requeueMessage } from '@/bulk/work/move-message';
import { type TextChange } from '@/bulk/work/new-text';
import { setVisibility } from '@/bulk/work/set-visibility';
import { queueKeys } from '@/queries/queues';
import type { ListedJob } from '@/state/jobs/job-store';
import { deletions } from '@/state/messages/deleted-messages';
import { openDialog } from '@/state/navigation/open-dialog';
import { count } from '@/words/counts';
import type { MessageJobForm } from '../shared/scope';
import { UNDO_CHARACTERS } from '../shared/work-steps';
import type { ChangeForm } from '../text/apply-change';
import { toChange } from '../text/text-changes';
import { beginJob } from './begin-job';
import { type GoOn, journalMessages } from './begin-journal';
import { moveUndo, textUndo } from './begin-undo';

/** With a job that was cut off. */
type GoingOn = { goOn?: GoOn | undefined };

/**
 * Begins to hide messages, each for `seconds` from its turn on; 0 makes them visible. `change`: what is made of their texts by the
 * same request.
 */
export function beginSetVisibility(
  client: QueryClient,
  from: QueueTarget,
  { seconds, change, goOn, ...form }: MessageJobForm & GoingOn & { seconds: number; change?: ChangeForm | undefined },
): ListedJob {
  const { change: made, close } = change ? toChange(change) : {};
  const what = { kind: 'visibility', where: from.queue } as const;
  const work = setVisibility(seconds, made);
  const { journal, target, start } = journalMessages(form, { ...what, from, steps: work.steps ?? [], seconds, goOn });
  const job = start({ name: 'Set visibility', ...form, from: target(from), work });
  return beginJob(client, {
    ...what,
    job,
    journal,
    changes: [from],
    ...listedBy(form),
    ...(close && { onEnd: close }),
  });
}

/** Begins to change the text of messages, or to try it in a dry run. */
export function beginChangeText(
  client: QueryClient,
  from: QueueTarget,
  { change, isDryRun, goOn, ...form }: MessageJobForm & GoingOn & { change: ChangeForm; isDryRun: boolean },
): ListedJob {
  const { change: made, close } = toChange(change);
  const { undo, note } = textUndo(client, from);
  const work = changeText(made, { dryRun: isDryRun });
  const what = { kind: 'text', where: from.queue } as const;
  const options = { name: 'Change text', ...form, from, work };
  const noted = isDryRun ? undefined : journalMessages(form, { ...what, from, steps: ['change'], goOn });
  const job = noted?.start({ ...options, from: noted.target(from), onOutcome: note }) ?? startMessageJob(options);
  return beginJob(client, {
    ...what,
    job,
    journal: noted?.journal,
    dryRun: isDryRun,
    ...(!isDryRun && { undo }),
    ...listedBy(form),
    changes: [from],
    onEnd: close,
  });
}

/** What the list of jobs shows of the scope that a form has. */
const listedBy = ({ filter, next }: MessageJobForm): Pick<ListedJob, 'filter' | 'next'> => ({ filter, next });

export type MoveAction = 'move' | 'copy' | 'redrive' | 'requeue';

export const MOVE_VERBS: Record<MoveAction, string> = {
  move: 'Move',
  copy: 'Copy',
  redrive: 'Redrive',
  requeue: 'Requeue',
};

type Move = MessageJobForm &
  GoingOn & {
    action: MoveAction;
    /** What is made of each text on its way. */
    change?: ChangeForm | undefined;
    from: QueueTarget;
    to: QueueTarget;
    /** False for a target that has to be created first; undefined when its queues cannot be listed. */
    isThere: boolean | undefined;
  };

/**
 * Begins to move or copy messages to a queue, which it creates first if need be.
 * @throws whatever creating the queue threw; no job has begun then.
 */
export async function beginMove(
  client: QueryClient,
  { action, change, from, to, isThere, goOn, ...form }: Move,
): Promise<ListedJob> {
  if (isThere === false) {
    await to.account.createQueue(to.queue);
    void client.invalidateQueries({ queryKey: queueKeys.all(to.account), exact: true });
  }
  // A requeue has nothing to go back to: its message would go to the end once more.
  const isUndone = action === 'move' || action === 'redrive';
  const { change: work, close } = change ? toChange(change) : {};
  const { undo, note } = moveUndo(client, { from, to });
  const elsewhere = to.account.id === from.account.id ? '' : ` in ${to.account.name}`;
  const what = {
    kind: action,
    where: action === 'requeue' ? from.queue : `${from.queue} to ${to.queue}${elsewhere}`,
  } as const;
  const steps: Steps = [...(change ? (['change'] as const) : []), ...(action === 'copy' ? SENT : MOVED)];
  const { journal, target, start } = journalMessages(form, { ...what, from, to, steps, goOn });
  const meter = createRequestMeter();
  const [source, goal] = [target(from), target(to)];
  const isWhole = chosenIds(form.wanted) === undefined;
  const job = start({
    name: MOVE_VERBS[action],
    meter,
    networks: [to.network],
    ...form,
    from: source,
    work: workOf(action, { from: meter.target(source), to: meter.target(goal), isWhole, change: work }),
    ...(isUndone && { onOutcome: note }),
  });
  return beginJob(client, {
    ...what,
    job,
    journal,
    ...(isUndone && { undo }),
    ...listedBy(form),
    changes: [from, to],
    ...(close && { onEnd: close }),
  });
}

const SENT = ['send'] as const;
const MOVED = ['send', 'delete'] as const;

/** What is done to each message. `isWhole`: every message of the queue is meant. */
type WorkOptions = Pick<Move, 'from' | 'to'> & { isWhole: boolean; change: TextChange | undefined };

function workOf(action: MoveAction, { from, to, isWhole, change }: WorkOptions) {
  if (action === 'copy') return copyMessage(to, change);
  return action === 'requeue' ? requeueMessage(from, { isWhole }) : moveMessage(to, change);
}

/** Begins to delete messages. Those that it has deleted, and no others, can be added again. */
export function beginDelete(
  client: QueryClient,
  from: QueueTarget,
  { ids = [], goOn, ...form }: MessageJobForm & GoingOn & { ids?: readonly string[] | undefined },
): ListedJob {
  const { records, queue } = from;
  const deleted: string[] = [];
  // Keeps the texts of the messages until the deletion is noted.
  const pin = {};
  const kept = new Set(ids);
  records.pin(pin, kept);
  let room = UNDO_CHARACTERS;
  let deletion: number | undefined;
  const what = { kind: 'delete', where: queue } as const;
  const { journal, target, start } = journalMessages(form, { ...what, from, steps: ['delete'], goOn });
  const job = start({
    name: 'Delete',
    ...form,
    from: target(from),
    work: deleteMessage,
    onTaken(id) {
      // Nobody chose it by its id, so that its text is not kept yet.
      room -= kept.has(id) ? 0 : (records.get(id)?.message?.text.length ?? 0);
      if (room > 0) kept.add(id);
      form.onTaken?.(id);
    },
    onOutcome: ({ kind, item }) => {
      if (kind === 'done') deleted.push(item.id);
    },
  });
  return beginJob(client, {
    ...what,
    job,
    journal,
    changes: [from],
    ...listedBy(form),
    onEnd: () => {
      deletion = deletions.note({ ref: records.ref, what: 'deleted', ids: deleted.splice(0) })?.id;
      records.pin(pin, undefined);
    },
    after: {
      get label() {
        return `Add ${count(job.counts.done)} again`;
      },
      isOfDone: true,
      run: () =>
        openDialog({
          kind: 'addAgain',
          connectionId: records.ref.connectionId,
          queue,
          ...(deletion !== undefined && { deletion }),
        }),
    },
  });
}
