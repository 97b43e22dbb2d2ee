import { Autocomplete } from '@base-ui/react/autocomplete';
import { Check } from 'lucide-react';
import { type KeyboardEvent, useId } from 'react';
import type { FieldExample } from '@/bulk/files/file-layout';

type FieldPickerProps = {
  label: string;
  fields: readonly FieldExample[];
  value: string;
  onChange: (name: string) => void;
};

/**
 * A choice of the fields that a file has, each with an example of its values. Another name can be typed; Enter takes the first
 * match of a name that is not whole.
 */
export function FieldPicker({ label, fields, value, onChange }: FieldPickerProps) {
  const id = useId();
  const isThere = fields.some(({ name }) => name === value);
  const typed = value.toLowerCase();
  // A chosen field does not filter the list: the others stay to choose from.
  const offered = isThere ? fields : fields.filter(({ name }) => name.toLowerCase().includes(typed));
  function takeMatch(event: KeyboardEvent) {
    const [match] = offered;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (value === '' || isThere || match === undefined) return;
    event.preventDefault();
    onChange(match.name);
  }
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="justify-self-start text-12 font-semibold">
        {label}
      </label>
      <div className="overflow-hidden rounded-6 border border-line-control has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-1 has-[input:focus-visible]:outline-accent-solid">
        <Autocomplete.Root
          inline
          open
          mode="none"
          items={offered.map(({ name }) => name)}
          value={value}
          onValueChange={(next) => onChange(next)}
        >
          <Autocomplete.Input
            id={id}
            onKeyDown={takeMatch}
            spellCheck={false}
            autoCapitalize="off"
            aria-describedby={`${id}-note`}
            className="h-7 w-full bg-surface px-2 font-mono text-12 outline-none placeholder:text-text-3 max-desk:h-9"
          />
          <Autocomplete.List
            aria-label="Fields of the file"
            className="max-h-31 overflow-y-auto border-t border-line p-1 data-empty:hidden"
          >
            {(name: string) => (
              <Autocomplete.Item
                key={name}
                value={name}
                // A list without a popup does not fill in what is chosen.
                onClick={() => onChange(name)}
                className="flex h-7 items-center gap-2 rounded-6 px-2 text-12 data-highlighted:bg-active max-desk:h-9 forced-colors:data-highlighted:outline"
              >
                <span className="flex size-4 flex-none">{name === value && <Check className="text-accent" />}</span>
                <span className="max-w-1/2 flex-none truncate font-mono">{name}</span>
                <span className="min-w-0 flex-1 truncate text-right font-mono text-text-3">
                  {fields.find((field) => field.name === name)?.example}
                </span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Root>
      </div>
      <p id={`${id}-note`} aria-live="polite" className="text-12 text-text-3">
        {isThere || value === ''
          ? 'A dot leads into a field: message.body'
          : `The first rows have no field ${value.slice(0, 60)}.`}
      </p>
    </div>
  );
}
