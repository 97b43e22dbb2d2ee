import { Trash2 } from 'lucide-react';
import { openDialog } from '@/state/navigation/open-dialog';
import { deleteTemplate, renameTemplate, useTemplates } from '@/state/settings/message-templates';
import { Button, IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';

type TemplatesDialogProps = { connectionId: string; queue: string; onClose: () => void };

/** The templates that are saved in this browser: rename, delete or send them. */
export default function TemplatesDialog({ connectionId, queue, onClose }: TemplatesDialogProps) {
  const templates = useTemplates();
  return (
    <Dialog title="Templates" size="lg" onClose={onClose} footer={<CloseButton onClick={onClose} />}>
      <p className="mb-3 text-12 text-text-2">
        Stored in this browser, without encryption, until you delete them here.
      </p>
      {templates.length === 0 ? (
        <p className="text-text-2">No templates yet. “Save as template” saves the text of a message here.</p>
      ) : (
        <ul className="grid gap-3">
          {templates.map(({ id, name, text }) => (
            <li key={id} className="grid gap-1.5 rounded-8 border border-line p-3">
              <div className="flex flex-wrap items-center gap-1.5">
                <TextInput
                  aria-label={`Name of ${name}`}
                  defaultValue={name}
                  className="min-w-40 flex-1"
                  onBlur={({ target }) => {
                    if (target.value.trim() !== '') renameTemplate(id, target.value.trim());
                    else target.value = name;
                  }}
                />
                <Button onClick={() => openDialog({ kind: 'addMessage', connectionId, queue, text })}>
                  Add message
                </Button>
                <Button onClick={() => openDialog({ kind: 'sendCopies', connectionId, queue, text })}>
                  Send copies
                </Button>
                <IconButton label={`Delete ${name}`} icon={<Trash2 />} onClick={() => deleteTemplate(id)} />
              </div>
              <p className="line-clamp-2 font-mono text-12 break-all text-text-2">{text}</p>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
