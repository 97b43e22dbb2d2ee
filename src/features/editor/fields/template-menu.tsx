import { openDialog } from '@/state/navigation/open-dialog';
import { nameFor, saveTemplate, useTemplates } from '@/state/settings/message-templates';
import { Button } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import { toast } from '@/ui/overlay/toast-store';
import { isolated } from '@/words/isolate';

type TemplateMenuProps = {
  connectionId: string;
  queue: string;
  /** The current text; undefined for a file. */
  text: string | undefined;
  onUse: (text: string) => void;
};

/** Starts from a template, or saves the current text as one. */
export function TemplateMenu({ connectionId, queue, text, onUse }: TemplateMenuProps) {
  const templates = useTemplates();
  function save() {
    const { name } = saveTemplate(nameFor(text ?? ''), text ?? '');
    toast({ title: 'Saved as a template in this browser', detail: isolated(name), tone: 'success' });
  }
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="sm">
          Templates
        </Button>
      }
      items={[
        ...templates.map(({ name, text: template }) => ({
          label: isolated(name.slice(0, 40)),
          onSelect: () => onUse(template),
        })),
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
