import { Activity, ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { clearExchanges, type LoggedExchange, useExchanges, useExchangeTotal } from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { useLocale } from '@/ui/browser/use-locale';
import { IconButton } from '@/ui/controls/button';
import { Chip } from '@/ui/controls/chip';
import type { Column } from '@/ui/grid/data-grid';
import { exact } from '@/words/counts';
import { byLocale } from '@/words/locale';
import { clockTime, zoneName } from '@/words/times';
import { ExchangeDetails } from './exchange-details';
import { ExchangeGrid, Method, Status } from './exchange-parts';
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
  const columns = useColumns();
  const opened = all.find(({ id }) => id === open);

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-9 flex-none items-center gap-2 pr-2 pl-4 text-12">
          <h2 className="text-13 font-semibold">Requests</h2>
          <span className="truncate text-text-3">{exact(total)} this session</span>
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
            columns={opened ? columns.filter(isNarrow) : columns}
            head="unseen"
            className="border-b-0! text-12"
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

/** Pixels of one character of the column of times. */
const CHARACTER_PX = 7.25;

const columnsOf = byLocale((): Column<LoggedExchange>[] => [
  {
    id: 'time',
    header: <span title={zoneName(Date.now())}>Time</span>,
    // "23:59:59", or "11:59:59 PM".
    width: Math.max(62, Math.ceil(clockTime(new Date(2026, 0, 1, 23, 59, 59)).length * CHARACTER_PX)),
    cellClassName: 'font-mono text-text-3',
    cell: ({ startedAt }) => clockTime(startedAt),
  },
  { id: 'method', header: 'Method', width: 48, cell: ({ method }) => <Method method={method} /> },
  { id: 'path', header: 'Path', width: 100, grow: true, cell: (exchange) => <Path exchange={exchange} /> },
  { id: 'outcome', header: 'Outcome', width: 170, cell: (exchange) => <Outcome exchange={exchange} /> },
  { id: 'status', header: 'Status', width: 46, cell: (exchange) => <Status exchange={exchange} /> },
  {
    id: 'duration',
    header: 'Duration',
    width: 52,
    align: 'end',
    cellClassName: 'font-mono',
    cell: ({ duration }) => shownDuration(duration),
  },
]);
function useColumns() {
  useLocale();
  return columnsOf();
}

/** What stands beside an open exchange, too. */
const isNarrow = ({ id }: Column<LoggedExchange>) => id !== 'outcome' && id !== 'duration';

function Path({ exchange }: { exchange: LoggedExchange }) {
  const path = shownPath(exchange);
  return (
    <span title={path} className="font-mono text-text">
      {path}
    </span>
  );
}

function Outcome({ exchange }: { exchange: LoggedExchange }) {
  const tone = toneOf(exchange);
  return (
    <span className={tone === 'danger' ? 'text-danger' : tone === 'warn' ? 'text-warn' : 'text-text-3'}>
      {shownOutcome(exchange)}
      {exchange.relayed && <span className="text-text-3"> by relay</span>}
    </span>
  );
}
