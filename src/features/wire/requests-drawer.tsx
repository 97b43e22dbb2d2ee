import { Activity, ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { clearExchanges, type LoggedExchange, useExchanges, useExchangeTotal } from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { IconButton } from '@/ui/controls/button';
import { Chip } from '@/ui/controls/chip';
import { cx } from '@/ui/format/cx';
import { clockTime } from '@/ui/format/relative-time';
import { ExchangeDetails } from './exchange-details';
import { ExchangeGrid } from './exchange-grid';
import { Method, Status } from './exchange-parts';
import { isError, shownDuration, shownOutcome, shownPath, toneOf } from './exchange-text';

/** Px that an exchange needs beside the list. */
const ROOM_FOR_DETAILS_PX = 320;

type RequestsDrawerProps = {
  /** Called with the px of height that the drawer needs once an exchange is open. */
  onRoomNeeded: (height: number) => void;
};

/** The requests of this session, newest first, with one of them open beside the list. */
export function RequestsDrawer({ onRoomNeeded }: RequestsDrawerProps) {
  'use memo';
  const all = useExchanges();
  const total = useExchangeTotal();
  const [errorsOnly, setErrorsOnly] = useState(false);
  const [open, setOpen] = useState<string>();
  const errors = all.filter(isError);
  const shown = errorsOnly ? errors : all;
  const opened = all.find(({ id }) => id === open);

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-9 flex-none items-center gap-2 pr-2 pl-4 text-12">
          <h2 className="text-13 font-semibold">Requests</h2>
          <span className="truncate text-text-3">{total.toLocaleString('en')} this session</span>
          <span className="flex-1" />
          <Chip size="sm" pressed={errorsOnly} count={errors.length} onChange={setErrorsOnly}>
            Errors
          </Chip>
          <IconButton
            size="sm"
            label="Open wire inspector"
            keys="G W"
            icon={<ExternalLink />}
            onClick={() => goTo({ screen: 'wire', exchange: opened?.id })}
          />
          <IconButton size="sm" label="Clear requests" icon={<Trash2 />} onClick={clearExchanges} />
        </header>
        {shown.length > 0 ? (
          <ExchangeGrid
            exchanges={shown}
            open={opened?.id}
            onOpen={(id) => {
              setOpen(id);
              onRoomNeeded(ROOM_FOR_DETAILS_PX);
            }}
            rowHeight={26}
            rowClassName={cx(
              'grid items-center gap-x-2.5 px-4 text-12',
              opened
                ? 'grid-cols-[62px_48px_minmax(0,1fr)_46px]'
                : 'grid-cols-[62px_48px_minmax(0,1fr)_minmax(0,170px)_46px_52px]',
            )}
            renderCells={(exchange) => <Cells exchange={exchange} narrow={opened !== undefined} />}
          />
        ) : (
          <p className="flex items-center gap-2 px-4 py-2 text-12 text-text-3">
            <Activity className="size-3.5" />
            {errorsOnly ? 'No request failed.' : 'No requests yet. Each one that is sent appears here.'}
          </p>
        )}
      </div>
      {opened && (
        <div className="flex w-1/2 min-w-0 flex-none flex-col border-l border-line">
          <ExchangeDetails exchange={opened} inspector onClose={() => setOpen(undefined)} />
        </div>
      )}
    </div>
  );
}

function Cells({ exchange, narrow }: { exchange: LoggedExchange; narrow: boolean }) {
  const tone = toneOf(exchange);
  const path = shownPath(exchange);
  return (
    <>
      <span role="gridcell" className="font-mono text-text-3">
        {clockTime(exchange.startedAt)}
      </span>
      <span role="gridcell">
        <Method method={exchange.method} />
      </span>
      <span role="gridcell" title={path} className="truncate font-mono">
        {path}
      </span>
      {!narrow && (
        <span
          role="gridcell"
          className={cx('truncate', tone === 'danger' ? 'text-danger' : tone === 'warn' ? 'text-warn' : 'text-text-3')}
        >
          {shownOutcome(exchange)}
          {exchange.relayed && <span className="text-text-3"> by relay</span>}
        </span>
      )}
      <span role="gridcell">
        <Status exchange={exchange} />
      </span>
      {!narrow && (
        <span role="gridcell" className="text-right font-mono text-text-2">
          {shownDuration(exchange.duration)}
        </span>
      )}
    </>
  );
}
