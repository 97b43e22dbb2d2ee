import { useTemplates } from '@/state/settings/message-templates';
import { Field, Select } from '@/ui/controls/field';

/** Offers a saved template as the text; nothing without any. */
export function TemplatePicker({ onText }: { onText: (text: string) => void }) {
  const templates = useTemplates();
  if (templates.length === 0) return null;
  return (
    <Field label="Template">
      <Select
        value=""
        options={[
          { value: '', label: 'Choose a template' },
          ...templates.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => {
          const template = templates.find((one) => one.id === id);
          if (template) onText(template.text);
        }}
      />
    </Field>
  );
}
