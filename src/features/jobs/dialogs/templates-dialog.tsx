import { Trash2 } from 'lucide-react';
import { openDialog } from '@/state/navigation/open-dialog';
import { deleteTemplate, renameTemplate, type Template, useTemplates } from '@/state/settings/message-templates';
import { isComposing } from '@/ui/browser/is-composing';
import { Button, IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { CloseButton, Dialog } from '@/ui/overlay/dialog';
import { isolated, withoutTurns } from '@/words/isolate';

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
          {templates.map((template) => (
            <li key={template.id} className="grid gap-1.5 rounded-8 border border-line p-3">
              <Item template={template} at={{ connectionId, queue }} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

type ItemProps = { template: Template; at: { connectionId: string; queue: string } };

function Item({ template: { id, name, text }, at }: ItemProps) {
  /** Enter and leaving the field give the name that is in it; an empty one is as it was. */
  function rename(field: HTMLInputElement) {
    const next = field.value.trim();
    if (next !== '') renameTemplate(id, next);
    else field.value = name;
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5">
        <TextInput
          aria-label={`Name of ${isolated(name)}`}
          defaultValue={name}
          className="min-w-40 flex-1"
          onBlur={({ target }) => rename(target)}
          onKeyDown={({ key, currentTarget, nativeEvent }) => {
            if (key === 'Enter' && !isComposing(nativeEvent)) rename(currentTarget);
          }}
        />
        <Button onClick={() => openDialog({ kind: 'addMessage', ...at, text })}>Add message</Button>
        <Button onClick={() => openDialog({ kind: 'sendCopies', ...at, text })}>Send copies</Button>
        <IconButton label={`Delete ${isolated(name)}`} icon={<Trash2 />} onClick={() => deleteTemplate(id)} />
      </div>
      <p dir="auto" className="line-clamp-2 text-left font-mono text-12 break-all text-text-2">
        {withoutTurns(text)}
      </p>
    </>
  );
}
