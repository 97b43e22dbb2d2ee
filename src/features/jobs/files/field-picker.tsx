import type { FieldExample } from '@/bulk/files/file-layout';
import { NamePicker } from '../shared/name-picker';

type FieldPickerProps = {
  label: string;
  fields: readonly FieldExample[];
  value: string;
  onChange: (name: string) => void;
};

/** A choice of the fields that a file has, each with an example of its values. Another name can be typed. */
export function FieldPicker({ label, fields, value, onChange }: FieldPickerProps) {
  const isThere = fields.some(({ name }) => name === value);
  const typed = value.toLowerCase();
  // A chosen field does not filter the list: the others stay to choose from.
  const offered = isThere ? fields : fields.filter(({ name }) => name.toLowerCase().includes(typed));
  return (
    <div className="grid content-start gap-1.5">
      <NamePicker
        label={label}
        listLabel="Fields of the file"
        offered={offered.map(({ name }) => name)}
        value={value}
        onChange={onChange}
        isWhole={isThere}
        isCode
        detail={(name) => fields.find((field) => field.name === name)?.example}
        note={
          isThere || value === ''
            ? 'A dot leads into a field: message.body'
            : `The first rows have no field ${value.slice(0, 60)}.`
        }
      />
    </div>
  );
}
