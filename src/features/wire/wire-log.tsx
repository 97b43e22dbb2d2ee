import type { LoggedExchange } from '@/state/activity/request-log';
import { cx } from '@/ui/format/cx';
import { clockTime } from '@/ui/format/relative-time';
import { ExchangeGrid } from './exchange-grid';
import { Method, Status } from './exchange-parts';
import { shownDuration, shownOutcome, shownPath, toneOf } from './exchange-text';

const ROW_PX = 44;

type WireLogProps = { exchanges: readonly LoggedExchange[]; open: string | undefined; onOpen: (id: string) => void };

/** The request log, each exchange in two lines with a bar for its duration. */
export function WireLog({ exchanges, open, onOpen }: WireLogProps) {
  const slowest = Math.max(...exchanges.map(({ duration = 0 }) => duration));
  return (
    <>
      <div
        aria-hidden="true"
        className="grid h-7 flex-none grid-cols-[52px_minmax(0,1fr)_46px_56px] items-center gap-x-2 border-y border-line bg-canvas px-4 text-11 font-semibold text-text-3"
      >
        <span>Method</span>
        <span>Request</span>
        <span>Status</span>
        <span className="text-right">Duration</span>
      </div>
      <ExchangeGrid
        exchanges={exchanges}
        open={open}
        onOpen={onOpen}
        rowHeight={ROW_PX}
        rowClassName="grid grid-cols-[52px_minmax(0,1fr)_46px_56px] items-center gap-x-2 border-b border-line px-4"
        renderCells={(exchange) => <WireCells exchange={exchange} slowest={slowest} />}
      />
    </>
  );
}

type WireCellsProps = {
  exchange: LoggedExchange;
  /** Ms whose bar fills the column. */
  slowest: number;
};

/** The cells of an exchange in two lines, with a bar for its duration. */
function WireCells({ exchange, slowest }: WireCellsProps) {
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
