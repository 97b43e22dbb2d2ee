import type { ReactNode } from 'react';
import { cx } from '../format/cx';

export type Tone = 'neutral' | 'accent' | 'leased' | 'danger' | 'warn' | 'info';

const badgeTones: Record<Tone, string> = {
  neutral: 'bg-active text-text-2',
  accent: 'bg-accent-tint text-accent',
  leased: 'bg-leased-tint text-leased',
  danger: 'bg-danger-tint text-danger',
  warn: 'bg-warn-tint text-warn',
  info: 'bg-info-tint text-info',
};

type BadgeProps = {
  tone?: Tone | undefined;
  children: ReactNode;
  className?: string | undefined;
  title?: string | undefined;
};

export function Badge({ tone = 'neutral', children, className, title }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-4.5 flex-none items-center gap-1 rounded-4 px-1.5 text-11 font-medium whitespace-nowrap forced-colors:border',
        badgeTones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export type FormatName = 'JSON' | 'XML' | 'TEXT' | 'BASE64' | 'MSGPACK' | 'CBOR' | 'BINARY' | 'EMPTY';

const outlined = 'inset-ring inset-ring-line-strong';
const formats: Record<FormatName, string> = {
  JSON: cx(outlined, 'text-syn-key'),
  XML: cx(outlined, 'text-syn-num'),
  TEXT: cx(outlined, 'text-text-2'),
  BASE64: cx(outlined, 'text-syn-kw'),
  MSGPACK: cx(outlined, 'text-syn-kw'),
  CBOR: cx(outlined, 'text-syn-kw'),
  // Filled, since it is not readable.
  BINARY: 'bg-active text-text-2',
  EMPTY: cx(outlined, 'text-text-3'),
};

/** The format of a body; 52 px wide so that a column of badges lines up. */
export function FormatBadge({ format }: { format: FormatName }) {
  return (
    <span
      className={cx(
        'inline-flex h-4.5 min-w-13 flex-none items-center justify-center rounded-4 px-1 font-mono text-11',
        formats[format],
      )}
    >
      {format}
    </span>
  );
}

const dotTones: Record<Tone, string> = {
  neutral: 'bg-text-3',
  accent: 'bg-accent-solid',
  leased: 'bg-leased-solid',
  danger: 'bg-danger-solid',
  warn: 'bg-warn-solid',
  info: 'bg-info',
};

/** A 6 px dot, decorative: a text or a number beside it says the same. */
export function Dot({ tone = 'neutral' }: { tone?: Tone | undefined }) {
  return (
    <span
      aria-hidden="true"
      className={cx('size-1.5 flex-none rounded-full forced-colors:bg-[CanvasText]', dotTones[tone])}
    />
  );
}

type EnvironmentBadgeProps = {
  /** Undefined renders nothing. */
  environment: { label: string; tone: Tone; spoken: string } | undefined;
  className?: string | undefined;
};

/** The environment beside the name of an account: PROD. */
export const EnvironmentBadge = ({ environment, className }: EnvironmentBadgeProps) =>
  environment && (
    <Badge tone={environment.tone} title={environment.spoken} className={className}>
      {environment.label}
    </Badge>
  );
