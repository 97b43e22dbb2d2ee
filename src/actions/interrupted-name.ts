import type { JournalHead, JournalKind } from '@/bulk/journal/journal';

type Named = Pick<JournalHead, 'kind' | 'from' | 'where' | 'noun'>;

/** What a job that was cut off is called: "the redrive that stopped". */
export const stoppedKind = ({ kind }: Pick<JournalHead, 'kind'>): string => NAMES[kind];

const NAMES: Record<JournalKind, string> = {
  move: 'move',
  copy: 'copy',
  redrive: 'redrive',
  requeue: 'requeue',
  undoMove: 'undo of a move',
  undoText: 'undo of changed texts',
  delete: 'delete',
  clear: 'clear',
  visibility: 'set visibility',
  text: 'change of texts',
  send: 'send',
  addAgain: 'add again',
  import: 'import',
  export: 'export',
  browse: 'browse',
};

/** Whether a job takes messages out of its queue, or adds to it. */
const adds = (kind: JournalKind): boolean => kind === 'send' || kind === 'addAgain' || kind === 'import';

/** "redrive of payments-poison", "import to payments". */
export function interruptedName({ kind, from, where, noun }: Named): string {
  if (noun === 'queue') return `${NAMES[kind]} in ${where}`;
  return adds(kind) ? `${NAMES[kind]} to ${from.queue}` : `${NAMES[kind]} of ${from.queue}`;
}
