import { useEffect, useImperativeHandle, useRef } from 'react';
import type { CodeMirrorProps } from './code-mirror';
import { lineSeparatorOf } from './line-separator';

/**
 * A plain field with the same text, where the editor does not arrive. A field ends all lines with `\n`: what was `\r\n` everywhere is
 * so again in what is written, and a text in which both occur can only be read.
 */
export function PlainText({ ref, value, onChange, label }: CodeMirrorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);
  useEffect(() => field.current?.focus(), []);
  const separator = lineSeparatorOf(value);
  const isMixed = separator === '\n';
  return (
    <>
      <textarea
        ref={field}
        aria-label={label}
        dir="auto"
        spellCheck={false}
        autoCapitalize="off"
        readOnly={isMixed}
        value={value}
        onChange={({ target }) => onChange(separator ? target.value.replaceAll('\n', separator) : target.value)}
        className="min-h-0 flex-1 resize-none bg-transparent px-3 py-2 font-mono text-12 outline-none"
      />
      <p className="px-3 text-12 text-text-3">
        {isMixed
          ? 'This text has line ends of two kinds, which a plain field cannot keep: it can only be read here.'
          : 'A plain field stands for the editor. The text is the same.'}
      </p>
    </>
  );
}
