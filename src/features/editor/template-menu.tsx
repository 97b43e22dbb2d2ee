import { openDialog } from '@/state/navigation/open-dialog';
import { nameFor, saveTemplate, useTemplates } from '@/state/settings/message-templates';
import { Button } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast-store';

type TemplateMenuProps = {
  connectionId: string;
  queue: string;
  /** What is written so far; undefined for a file. */
  text: string | undefined;
  onUse: (text: string) => void;
};

/** Begins with a text that was kept, or keeps this one. */
export function TemplateMenu({ connectionId, queue, text, onUse }: TemplateMenuProps) {
  const templates = useTemplates();
  function save() {
    const { name } = saveTemplate(nameFor(text ?? ''), text ?? '');
    toast({ title: 'Saved as a template in this browser', detail: name, tone: 'success' });
  }
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm">
          Templates
        </Button>
      }
      items={[
        ...templates.map(({ name, text: kept }) => ({ label: name.slice(0, 40), onSelect: () => onUse(kept) })),
        ...(templates.length > 0 ? (['separator'] as const) : []),
        { label: 'Save as template', disabled: !text, onSelect: save },
        {
          label: 'Manage templates',
          onSelect: () => openDialog({ kind: 'templates', connectionId, queue }),
        },
      ]}
    />
  );
}
