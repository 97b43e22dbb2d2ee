import type { RecordedDraft } from '@/messages/drafts';
import { isDeleted } from '@/messages/record';
import { drafts as editDrafts, useDrafts } from '@/state/messages/drafts';
import { recordsOf } from '@/state/messages/records';
import { Button } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';

type EditDraftsMenuProps = { connectionId: string; queue: string; onUse: (draft: RecordedDraft) => void };

/** Offers the drafts of edits as new messages, also those of deleted messages; nothing without any. */
export function EditDraftsMenu({ connectionId, queue, onUse }: EditDraftsMenuProps) {
  const drafts = useDrafts({ connectionId: connectionId, queue });
  if (drafts.length === 0) return null;
  const records = recordsOf(connectionId, queue);
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm">
          {counted(drafts.length, 'saved draft')}
        </Button>
      }
      items={[
        ...drafts.map((draft) => {
          const record = records.get(draft.id);
          const state = record && isDeleted(record) ? ', message deleted' : '';
          return {
            label: `${draft.id.slice(0, 8)}${state}: ${excerpt(draft.text)}`,
            onSelect: () => onUse(draft),
          };
        }),
        'separator' as const,
        { label: `Discard ${counted(drafts.length, 'saved draft')}`, tone: 'danger', onSelect: () => discard(drafts) },
      ]}
    />
  );
}

function discard(drafts: readonly RecordedDraft[]) {
  for (const { ref, id } of drafts) editDrafts.drop({ ...ref, id });
  toast({
    title: `${counted(drafts.length, 'draft')} discarded`,
    action: {
      label: 'Undo',
      kbd: 'Z',
      onClick: () => {
        for (const draft of drafts) editDrafts.keep({ ...draft.ref, id: draft.id }, draft);
      },
    },
  });
}

const excerpt = (text: string): string => {
  const line = text.slice(0, 200).replaceAll(/\s+/g, ' ').trim();
  return line.length > 32 ? `${line.slice(0, 32)}…` : line;
};
