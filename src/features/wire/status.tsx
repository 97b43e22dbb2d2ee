import type { Exchange } from '@/azure/protocol/exchange';
import { Dot } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { shownStatus, type Tone, toneOf } from './exchange-words';

const TEXTS: Record<Tone, string> = {
  neutral: 'text-text-3',
  accent: 'text-text-2',
  warn: 'text-warn',
  danger: 'text-danger',
};

/** The status as number and dot; `long` adds the reason phrase. */
export function Status({ exchange, long = false }: { exchange: Exchange; long?: boolean }) {
  const tone = toneOf(exchange);
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap font-mono text-12', TEXTS[tone])}>
      <Dot tone={tone} />
      {shownStatus(exchange)}
      {long && exchange.response?.statusText && ` ${exchange.response.statusText}`}
    </span>
  );
}
