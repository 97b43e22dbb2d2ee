import type { MessageRow } from '@/messages/message-rows';
import { recordsOf } from '@/state/messages/records';
import { type ChosenMessages, openDialog } from '@/state/navigation/open-dialog';
import type { Verb } from '@/state/permissions/permissions';
import type { MenuAction } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast-store';
import { scopeOf } from './dialog-scope';
import type { MessageWork } from './use-message-selection';

/** What can be done with chosen messages besides what has a button of its own. What is in use is left out of work on them. */
export function moreActions(
  { context, may }: Pick<MessageWork, 'context' | 'may'>,
  rows: readonly MessageRow[],
  denialReason: (verb: Verb) => string | undefined,
): MenuAction[] {
  const all = scopeOf(context, rows);
  const [only, ...others] = all.ids;
  const [copy, change] = [may('copy', rows), may('changeMany', rows)];
  return [
    {
      label: 'Copy to a queue',
      reason: copy.reason,
      onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', ...scopeOf(context, copy.rows) }),
    },
    {
      label: 'Change text',
      reason: change.reason,
      onSelect: () => openDialog({ kind: 'changeText', ...scopeOf(context, change.rows) }),
    },
    {
      label: 'Set visibility',
      reason: change.reason,
      onSelect: () => openDialog({ kind: 'setVisibility', ...scopeOf(context, change.rows) }),
    },
    { label: 'Send copies', reason: denialReason('add'), onSelect: () => openDialog({ kind: 'sendCopies', ...all }) },
    ...(only && others.length === 0
      ? [{ label: 'Save as template', onSelect: () => void saveAsTemplate(all, only) }]
      : []),
  ];
}

async function saveAsTemplate({ connectionId, queue }: ChosenMessages, id: string) {
  const text = recordsOf(connectionId, queue).get(id)?.message?.text;
  if (text === undefined) return;
  const { nameFor, saveTemplate } = await import('@/state/settings/message-templates');
  const { name } = saveTemplate(nameFor(text), text);
  toast({ title: 'Saved as a template in this browser', detail: name, tone: 'success' });
}
