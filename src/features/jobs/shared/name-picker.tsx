import { Autocomplete } from '@base-ui/react/autocomplete';
import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { isComposing } from '@/ui/browser/is-composing';
import { cx } from '@/ui/format/cx';

type NamePickerProps = {
  label: string;
  /** Name of the list: "Queues of harborlane". */
  listLabel: string;
  /** Names that are offered, in order. */
  offered: readonly string[];
  value: string;
  onChange: (name: string) => void;
  /** True for a name that Enter leaves as it is; of another one, Enter takes the first match. */
  isWhole: boolean;
  /** What stands at the end of a name's line. */
  detail: (name: string) => string | undefined;
  note: ReactNode;
  isWrong?: boolean;
  placeholder?: string | undefined;
  /** Names of a program, in its type. */
  isCode?: boolean;
  /** One line under a heading that names it: the list and the note show while it has the focus, or is wrong. */
  isCompact?: boolean;
};

/** A field for a name, over a list of names that it is found in by typing. */
export function NamePicker({
  label,
  listLabel,
  offered,
  value,
  onChange,
  isWhole,
  detail,
  note,
  isWrong = false,
  placeholder,
  isCode = false,
  isCompact = false,
}: NamePickerProps) {
  const id = useId();
  const [hasFocus, setHasFocus] = useState(false);
  const isOpen = !isCompact || hasFocus;
  function takeMatch(event: KeyboardEvent) {
    const [match] = offered;
    if (event.key !== 'Enter' || isComposing(event.nativeEvent) || event.defaultPrevented) return;
    if (value === '' || isWhole || match === undefined) return;
    event.preventDefault();
    onChange(match);
  }
  return (
    <>
      <label htmlFor={id} className={isCompact ? 'sr-only' : 'justify-self-start text-12 font-semibold'}>
        {label}
      </label>
      <div
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        className="overflow-hidden rounded-6 border border-line-control has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-1 has-[input:focus-visible]:outline-accent-solid"
      >
        <Autocomplete.Root
          inline
          open
          mode="none"
          items={offered}
          value={value}
          onValueChange={(next) => onChange(next)}
        >
          <Autocomplete.Input
            id={id}
            onKeyDown={takeMatch}
            spellCheck={false}
            autoCapitalize="off"
            placeholder={placeholder}
            aria-describedby={`${id}-note`}
            aria-invalid={isWrong ? true : undefined}
            className={cx(
              'h-7 w-full bg-surface px-2 outline-none placeholder:text-text-3 max-desk:h-9',
              isCode && 'font-mono text-12',
            )}
          />
          <Autocomplete.List
            aria-label={listLabel}
            hidden={!isOpen}
            // The field keeps the focus, so that the list is there until a name is chosen.
            onMouseDown={(event) => event.preventDefault()}
            className="max-h-31 overflow-y-auto border-t border-line p-1 data-empty:hidden"
          >
            {(name: string) => (
              <Autocomplete.Item
                key={name}
                value={name}
                // A list without a popup does not fill in what is chosen.
                onClick={() => onChange(name)}
                className={cx(
                  'flex h-7 items-center gap-2 rounded-6 px-2 data-highlighted:bg-active max-desk:h-9 forced-colors:data-highlighted:outline',
                  isCode && 'text-12',
                )}
              >
                <span className="flex size-4 flex-none">{name === value && <Check className="text-accent" />}</span>
                <span className={isCode ? 'max-w-1/2 flex-none truncate font-mono' : 'min-w-0 flex-1 truncate'}>
                  {name}
                </span>
                <span
                  className={
                    isCode ? 'min-w-0 flex-1 truncate text-right font-mono text-text-3' : 'text-12 text-text-3'
                  }
                >
                  {detail(name)}
                </span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Root>
      </div>
      <p
        id={`${id}-note`}
        hidden={!isOpen && !isWrong}
        aria-live="polite"
        className={cx('text-12', isWrong ? 'text-danger' : 'text-text-3')}
      >
        {note}
      </p>
    </>
  );
}
