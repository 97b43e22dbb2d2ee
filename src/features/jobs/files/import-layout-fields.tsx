import type { FileGuess, FileLayout, ImportFormat, LayoutChoice } from '@/bulk/files/file-layout';
import type { TextEncoding } from '@/bulk/files/read-text';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, Select } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { FieldPicker } from './field-picker';

export const FORMAT_NAMES: Record<ImportFormat, string> = {
  jsonl: 'JSON Lines',
  json: 'JSON array',
  values: 'JSON values',
  csv: 'CSV',
  lines: 'Lines of text',
  xml: 'XML answer',
  whole: 'One message',
};

const ENCODINGS: { value: TextEncoding; label: string }[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16, little endian' },
  { value: 'utf-16be', label: 'UTF-16, big endian' },
  { value: 'windows-1252', label: 'Windows-1252' },
];

const DELIMITERS = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Vertical bar' },
];

type ImportLayoutFieldsProps = {
  guess: FileGuess;
  /** What was chosen so far. */
  choice: LayoutChoice;
  onChoice: (choice: LayoutChoice) => void;
};

/** How the messages stand in the file, as it was guessed, to be changed. */
export function ImportLayoutFields({ guess, choice, onChoice }: ImportLayoutFieldsProps) {
  const { fields, arrays, mayBeHeading } = guess;
  // What was just chosen shows before the file is read by it.
  const layout = withChoice(guess.layout, choice);
  const isText = layout.format === 'lines' || layout.format === 'whole';
  const change = (part: LayoutChoice) => onChoice({ ...choice, ...part });
  const formats = formatOptions(layout, arrays);
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-3 gap-x-4 gap-y-4 max-desk:grid-cols-2">
        <Field label="Format" hint={formatHint(layout)}>
          <Select
            value={formatValue(layout)}
            // Another format has other fields.
            onChange={(value) => onChoice({ encoding: choice.encoding, ...formatOf(value) })}
            options={formats}
          />
        </Field>
        <Field label="Encoding" hint={encodingHint(layout, choice)}>
          <Select
            value={layout.encoding}
            onChange={(encoding) => onChoice({ ...choice, encoding })}
            options={ENCODINGS}
          />
        </Field>
        {layout.format === 'csv' && (
          <Field label="Delimiter">
            <Select
              value={layout.delimiter}
              onChange={(delimiter) => change({ delimiter, textField: undefined })}
              options={
                DELIMITERS.some(({ value }) => value === layout.delimiter)
                  ? DELIMITERS
                  : [...DELIMITERS, { value: layout.delimiter, label: layout.delimiter }]
              }
            />
          </Field>
        )}
      </div>
      {layout.format === 'csv' && (
        <div className="grid justify-items-start">
          <Checkbox
            checked={layout.hasHeading}
            onChange={(hasHeading) => change({ hasHeading, textField: undefined, message: undefined })}
          >
            The first row is a heading
          </Checkbox>
          {mayBeHeading && <p className="text-12 text-warn">It looks like one. Unless it is, it is a message.</p>}
        </div>
      )}
      {!isText && (
        <div className="grid content-start justify-items-start gap-1.5">
          <span className="text-12 font-semibold">Message text</span>
          <Segmented
            label="Message text"
            value={layout.message}
            onChange={(message) => change({ message })}
            options={[
              { value: 'row', label: 'Each row is the message' },
              { value: 'field', label: 'A field of the row' },
            ]}
          />
          {layout.message === 'row' && (
            <p className="text-12 text-text-3">
              The exact text of each row, with its digits, blanks and order of keys.
            </p>
          )}
        </div>
      )}
      {!isText && layout.message === 'field' && (
        <FieldPicker
          label="Field with the message text"
          fields={fields}
          value={layout.textField}
          onChange={(textField) => change({ message: 'field', textField })}
        />
      )}
    </div>
  );
}

function withChoice(layout: FileLayout, choice: LayoutChoice): FileLayout {
  const chosen = Object.entries(choice).filter(([, value]) => value !== undefined);
  return { ...layout, ...(Object.fromEntries(chosen) as Partial<FileLayout>) };
}

/** Between the format and the name of its array, which may hold anything. */
const WITHIN = 'json in ';

const formatValue = ({ format, within }: FileLayout): string =>
  format === 'json' && within !== '' ? WITHIN + within : format;

function formatOf(value: string): Pick<LayoutChoice, 'format' | 'within'> {
  return value.startsWith(WITHIN)
    ? { format: 'json', within: value.slice(WITHIN.length) }
    : { format: value as ImportFormat, within: '' };
}

/** The formats, and an array for each member of the file's object that is one. */
function formatOptions({ format, within }: FileLayout, arrays: readonly string[]) {
  const names = format === 'json' && within !== '' ? new Set([...arrays, within]) : new Set(arrays);
  const inside = Array.from(names, (name) => ({ value: WITHIN + name, label: `JSON array in ${name.slice(0, 60)}` }));
  const all = Object.entries(FORMAT_NAMES).map(([value, label]) => ({ value, label }));
  return [...inside, ...all];
}

/** Of a guess, why it is that. */
function encodingHint({ encoding }: FileLayout, choice: LayoutChoice): string | undefined {
  if (encoding !== 'windows-1252') return undefined;
  return choice.encoding === undefined ? 'It is not UTF-8: each byte is a character' : 'Each byte is a character';
}

function formatHint({ format, within }: FileLayout): string {
  switch (format) {
    case 'jsonl':
      return 'Each line is one JSON value';
    case 'json':
      return within === '' ? 'Each element is a row' : `Each element of ${within.slice(0, 60)} is a row`;
    case 'values':
      return 'Each value, over several lines, is a row';
    case 'csv':
      return 'Rows with fields';
    case 'lines':
      return 'Each line is a message; empty lines are left out';
    case 'xml':
      return 'Each QueueMessage is a row';
    case 'whole':
      return 'The whole file is the message';
  }
}
