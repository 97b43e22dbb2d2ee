import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from '../controls/button';
import { announce } from '../feedback/live-region';
import { cx } from '../format/cx';
import { toast } from '../overlay/toast-store';

export type CodeBoxProps = {
  children: ReactNode;
  /** Makes the box a tab stop, so that long lines can be scrolled. */
  label?: string | undefined;
  wrap?: boolean | undefined;
  /** At the top right: a `CopyButton`. */
  action?: ReactNode;
  className?: string | undefined;
};

/** Code in a sunken box: 12/20 mono, white space preserved. */
export function CodeBox({ children, label, wrap, action, className }: CodeBoxProps) {
  return (
    <div className={cx('relative flex min-w-0 overflow-hidden rounded-8 border border-line bg-sunken', className)}>
      <pre
        {...(label ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
        className={cx(
          'min-w-0 flex-1 overflow-auto px-3 py-2 font-mono text-12/5 -outline-offset-2! [tab-size:2]',
          wrap ? 'break-words whitespace-pre-wrap' : 'whitespace-pre',
        )}
      >
        {children}
      </pre>
      {action && <span className="flex-none p-1">{action}</span>}
    </div>
  );
}

export type CopyButtonProps = {
  text: string | (() => string | Promise<string>);
  /** "Copy body". */
  label: string;
  keys?: string | undefined;
  /** Announced on success: "Copied as curl, key left out". */
  copied?: string | undefined;
  size?: 'sm' | 'md' | undefined;
  className?: string | undefined;
};

/** Copies and shows a tick for a moment; when the browser refuses, a toast says so. */
export function CopyButton({ text, label, keys, copied = 'Copied', size, className }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);

  async function copy() {
    if (!(await copyText(typeof text === 'string' ? text : await text()))) return;
    setDone(true);
    announce(copied);
  }

  return (
    <IconButton
      label={label}
      keys={keys}
      size={size}
      className={className}
      icon={done ? <Check className="text-accent" /> : <Copy />}
      onClick={() => void copy()}
    />
  );
}

/** Copies text to the clipboard; false, with a toast, when the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast({
      title: 'The browser did not allow copying',
      detail: 'Select the text and copy it by hand.',
      tone: 'danger',
    });
    return false;
  }
}
