import type { LoggedExchange } from '@/state/activity/request-log';
import { ExchangeGrid } from './exchange-grid';
import { WireCells } from './wire-cells';

const ROW_PX = 44;

type WireLogProps = { exchanges: readonly LoggedExchange[]; open: string | undefined; onOpen: (id: string) => void };

/** The requests in two lines each, under a head, with a bar for the time that each took. */
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
