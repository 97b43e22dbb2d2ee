import type { FileFormat } from '@/bulk/files/file-format';
import { EXPORT_FIELDS, type ExportField } from '@/bulk/files/write-row';
import { Checkbox } from '@/ui/controls/checkbox';
import { Segmented, type SegmentedProps } from '@/ui/controls/segmented';

/** The format and the fields of an export as they stand in the form. */
export type ExportForm = {
  format: FileFormat;
  fields: ReadonlySet<ExportField>;
  body: 'text' | 'body';
  /** Of CSV: that no cell is a formula, or that every cell is as it was. */
  cells: 'guarded' | 'exact';
};

export const USUAL_EXPORT: ExportForm = {
  format: 'jsonl',
  fields: new Set(EXPORT_FIELDS),
  body: 'text',
  cells: 'guarded',
};

const FORMATS: { value: FileFormat; label: string }[] = [
  { value: 'jsonl', label: 'JSON Lines' },
  { value: 'json', label: 'JSON array' },
  { value: 'csv', label: 'CSV' },
];
const FIELDS: { field: Exclude<ExportField, 'text' | 'body'>; label: string }[] = [
  { field: 'id', label: 'Id' },
  { field: 'insertedAt', label: 'Inserted' },
  { field: 'expiresAt', label: 'Expires' },
  { field: 'nextVisible', label: 'Next visible' },
  { field: 'dequeueCount', label: 'Dequeue count' },
  { field: 'encoding', label: 'Encoding' },
];

/** The fields that are written; only CSV can leave any out. */
export const fieldsOf = ({ format, fields, body }: ExportForm): readonly ExportField[] =>
  format === 'csv' ? [...FIELDS.map(({ field }) => field).filter((field) => fields.has(field)), body] : EXPORT_FIELDS;

/** True when no cell may be a formula. */
export const isGuarded = ({ format, cells }: ExportForm): boolean => format === 'csv' && cells === 'guarded';

/** The format, and for CSV the columns and the form of the body. */
export function ExportFields({ form, onForm }: { form: ExportForm; onForm: (form: ExportForm) => void }) {
  return (
    <>
      <Choice
        label="Format"
        value={form.format}
        onChange={(format) => onForm({ ...form, format })}
        options={FORMATS}
        hint={formatText(form.format)}
      />
      {form.format === 'csv' && (
        <>
          <Choice
            label="Cells"
            value={form.cells}
            onChange={(cells) => onForm({ ...form, cells })}
            options={[
              { value: 'guarded', label: 'For spreadsheets' },
              { value: 'exact', label: 'Exact' },
            ]}
            hint={
              form.cells === 'guarded'
                ? 'Not exact: an apostrophe stands before what a spreadsheet would run as a formula.'
                : 'Every text as it is. A spreadsheet may run one that begins with = + - @ as a formula.'
            }
          />
          <fieldset>
            <legend className="mb-1 text-12 font-semibold">Fields</legend>
            <div className="grid grid-cols-3 gap-x-3 max-desk:grid-cols-2">
              {FIELDS.map(({ field, label }) => (
                <Checkbox
                  key={field}
                  checked={form.fields.has(field)}
                  onChange={(isOn) =>
                    onForm({
                      ...form,
                      fields: new Set(isOn ? [...form.fields, field] : [...form.fields].filter((one) => one !== field)),
                    })
                  }
                >
                  {label}
                </Checkbox>
              ))}
            </div>
          </fieldset>
          <Choice
            label="Body"
            value={form.body}
            onChange={(body) => onForm({ ...form, body })}
            options={[
              { value: 'text', label: 'As it is sent' },
              { value: 'body', label: 'Decoded' },
            ]}
            hint={
              form.body === 'text'
                ? `The message text, Base64 included. ${form.cells === 'exact' ? 'Importing it restores the message.' : 'Importing it restores the message when the cells are exact.'}`
                : 'Readable, without Base64 and compression. Importing it makes another message.'
            }
          />
        </>
      )}
    </>
  );
}

/** Exclusive options with their label above and a hint below. */
const Choice = <Value extends string>({ hint, ...choice }: SegmentedProps<Value> & { hint: string }) => (
  <div className="grid justify-items-start gap-1.5">
    <span className="text-12 font-semibold">{choice.label}</span>
    <Segmented {...choice} />
    <p className="text-12 text-pretty text-text-3">{hint}</p>
  </div>
);

function formatText(format: FileFormat): string {
  if (format === 'jsonl')
    return 'One JSON object per line, with all properties. Importing it restores every text exactly.';
  if (format === 'json')
    return 'One JSON array of objects, with all properties. Importing it restores every text exactly.';
  return 'Rows by RFC 4180. Spreadsheets change long numbers and dates when they save.';
}
