import type { ComponentProps, FormEvent } from 'react';

type CodeFieldProps = Pick<ComponentProps<'textarea'>, 'id' | 'aria-describedby' | 'aria-invalid'> & {
  value: string;
  onChange: (value: string) => void;
  /** Enter alone; Shift Enter begins a line. */
  onEnter: (event: FormEvent) => void;
};

/** A few lines of code. */
export function CodeField({ value, onChange, onEnter, ...field }: CodeFieldProps) {
  return (
    <textarea
      {...field}
      rows={3}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) onEnter(event);
      }}
      className="min-h-16 w-full resize-y rounded-6 border border-line-control bg-surface px-2 py-1.5 font-mono text-12 text-text aria-invalid:border-danger-solid"
    />
  );
}
