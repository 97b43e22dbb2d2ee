import { type ChosenMessages, openDialog } from '@/state/dialogs';
import { recordsOf } from '@/state/records';
import type { Verb } from '@/state/rights';
import type { MenuAction } from '@/ui/menu';
import { toast } from '@/ui/toast-store';

/** What can be done with chosen messages besides what has a button of its own. */
export function moreActions(scope: ChosenMessages, whyNot: (verb: Verb) => string | undefined): MenuAction[] {
  const [only, ...others] = scope.ids;
  return [
    {
      label: 'Copy to a queue',
      reason: whyNot('copy'),
      onSelect: () => openDialog({ kind: 'moveMessages', action: 'copy', ...scope }),
    },
    {
      label: 'Change text',
      reason: whyNot('changeMany'),
      onSelect: () => openDialog({ kind: 'changeText', ...scope }),
    },
    {
      label: 'Set visibility',
      reason: whyNot('changeMany'),
      onSelect: () => openDialog({ kind: 'setVisibility', ...scope }),
    },
    { label: 'Send copies', reason: whyNot('add'), onSelect: () => openDialog({ kind: 'sendCopies', ...scope }) },
    ...(only && others.length === 0
      ? [{ label: 'Save as template', onSelect: () => void saveAsTemplate(scope, only) }]
      : []),
  ];
}

async function saveAsTemplate({ connection, queue }: ChosenMessages, id: string) {
  const text = recordsOf(connection, queue).get(id)?.message?.text;
  if (text === undefined) return;
  const { nameFor, saveTemplate } = await import('@/state/templates');
  const { name } = saveTemplate(nameFor(text), text);
  toast({ title: 'Saved as a template in this browser', detail: name, tone: 'success' });
}
