import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { MAX_METADATA_BYTES } from '@/azure/protocol/limits';
import { Button, IconButton } from '@/ui/controls/button';
import { TextInput } from '@/ui/controls/field';
import { cx } from '@/ui/format/cx';
import { bytes } from '@/words/sizes';
import { type MetadataRow, metadataProblems, metadataRow, metadataSize } from './metadata-rows';

const PARTS = [
  { part: 'name', label: 'Name' },
  { part: 'value', label: 'Value' },
] as const;

type MetadataFieldsProps = {
  rows: readonly MetadataRow[];
  onChange: (rows: readonly MetadataRow[]) => void;
};

/** Edits names and values, with the rule that each breaks and their size of 8 KiB. */
export function MetadataFields({ rows, onChange }: MetadataFieldsProps) {
  const problems = metadataProblems(rows);
  const size = metadataSize(rows);
  const set = (id: number, change: Partial<MetadataRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  const remove = (id: number) => onChange(rows.filter((row) => row.id !== id));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-12 font-semibold">Metadata</legend>
      {rows.length === 0 && (
        <p className="text-12 text-text-3">
          None. Metadata is a note on the queue that everybody with access can read.
        </p>
      )}
      {rows.map((row, index) => {
        const problem = problems.get(row.id);
        return (
          <div key={row.id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2">
            {PARTS.map(({ part, label }) => (
              <Cell
                key={part}
                label={`${label} ${index + 1}`}
                placeholder={label}
                value={row[part]}
                problem={problem?.[part]}
                onChange={(typed) => set(row.id, { [part]: typed })}
              />
            ))}
            <IconButton
              label={`Remove ${row.name || `row ${index + 1}`}`}
              icon={<X />}
              onClick={() => remove(row.id)}
            />
          </div>
        );
      })}
      <div className="flex items-center justify-between gap-3">
        <Button size="sm" icon={<Plus />} onClick={() => onChange([...rows, metadataRow()])}>
          Add metadata
        </Button>
        {size > 0 && (
          <span
            className={cx('text-12', size > MAX_METADATA_BYTES ? 'text-danger' : 'text-text-3')}
            role="status"
            // Only that it is too long, not each byte that is typed.
            aria-live={size > MAX_METADATA_BYTES ? undefined : 'off'}
          >
            {size > MAX_METADATA_BYTES
              ? `${bytes(size - MAX_METADATA_BYTES)} over the limit of 8 KiB`
              : `${bytes(size)} of 8 KiB`}
          </span>
        )}
      </div>
    </fieldset>
  );
}

type CellProps = {
  label: string;
  placeholder: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
};

function Cell({ label, placeholder, value, problem, onChange }: CellProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <TextInput
        mono
        aria-label={label}
        placeholder={placeholder}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? id : undefined}
        onChange={onChange}
      />
      {problem && (
        <p id={id} className="text-12 text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}
