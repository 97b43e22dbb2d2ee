import type { ComponentProps } from 'react';
import { cx } from '../format/cx';

type TextAreaProps = Omit<ComponentProps<'textarea'>, 'className'> & { className?: string | undefined };

/** Several lines of text in the code font, for text that is sent unchanged. */
export const TextArea = ({ className, ...area }: TextAreaProps) => (
  <textarea
    autoComplete="off"
    autoCapitalize="off"
    autoCorrect="off"
    spellCheck={false}
    {...area}
    className={cx(
      'w-full resize-y rounded-6 border border-line-control bg-surface px-2 py-1.5 font-mono text-12/[18px] aria-invalid:border-danger-solid',
      className,
    )}
  />
);
