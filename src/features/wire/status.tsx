import clsx from 'clsx';
import type { Exchange } from '@/azure/exchange';
import { shownStatus, type Tone, toneOf } from './exchange-words';

const DOTS: Record<Tone, string> = {
  pending: 'bg-text-3',
  accent: 'bg-accent-solid',
  warn: 'bg-warn-solid',
  danger: 'bg-danger-solid',
};
const TEXTS: Record<Tone, string> = {
  pending: 'text-text-3',
  accent: 'text-text-2',
  warn: 'text-warn',
  danger: 'text-danger',
};

/** The status as number and dot; `long` adds the reason phrase. */
export function Status({ exchange, long = false }: { exchange: Exchange; long?: boolean }) {
  const tone = toneOf(exchange);
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap font-mono text-12', TEXTS[tone])}>
      <i className={clsx('size-1.5 flex-none rounded-full', DOTS[tone])} />
      {shownStatus(exchange)}
      {long && exchange.response?.statusText && ` ${exchange.response.statusText}`}
    </span>
  );
}
