import type { LoggedExchange } from '@/state/activity/request-log';
import { cx } from '@/ui/format/cx';
import { clockTime } from '@/ui/format/relative-time';
import { shownDuration, shownOutcome, shownPath, toneOf } from './exchange-words';
import { Method } from './method';
import { Status } from './status';

type WireCellsProps = {
  exchange: LoggedExchange;
  /** Duration in ms whose bar fills the column. */
  slowest: number;
};

/** An exchange in two lines, with a bar for how long it took. */
export function WireCells({ exchange, slowest }: WireCellsProps) {
  const tone = toneOf(exchange);
  const path = shownPath(exchange);
  const share = slowest > 0 ? ((exchange.duration ?? 0) / slowest) * 100 : 0;
  return (
    <>
      <span role="gridcell">
        <Method method={exchange.method} />
      </span>
      <span role="gridcell" className="grid min-w-0">
        <span className="truncate font-mono text-12" title={path}>
          {path}
        </span>
        <span className="flex min-w-0 gap-2 text-12 text-text-3">
          <span>{clockTime(exchange.startedAt)}</span>
          <span className={cx('truncate', tone === 'danger' && 'text-danger', tone === 'warn' && 'text-warn')}>
            {shownOutcome(exchange)}
          </span>
          {exchange.relayed && <span className="flex-none">by relay</span>}
        </span>
      </span>
      <span role="gridcell">
        <Status exchange={exchange} />
      </span>
      <span role="gridcell" className="grid justify-items-end gap-0.75 text-12 text-text-2">
        {shownDuration(exchange.duration)}
        {exchange.duration !== undefined && (
          <i
            className={cx('h-0.5 min-w-1 rounded-full', tone === 'warn' ? 'bg-warn-solid' : 'bg-line-control')}
            style={{ width: `${share}%` }}
          />
        )}
      </span>
    </>
  );
}
