import { Activity, ExternalLink, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { clearExchanges, useExchanges, useExchangeTotal } from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { useLocale } from '@/ui/browser/use-locale';
import { IconButton } from '@/ui/controls/button';
import { Chip } from '@/ui/controls/chip';
import type { Column } from '@/ui/grid/data-grid';
import { exact } from '@/words/counts';
import { byLocale } from '@/words/locale';
import { clockTime, zoneName } from '@/words/times';
import { ExchangeDetails } from './exchange-details';
import { ExchangeGrid, MethodCell, OutcomeText, Status } from './exchange-parts';
import { isError, isRefresh, shownDuration, shownPath, toneOf } from './exchange-text';
import type { LogRow } from './folds';
import { useLogRows } from './use-log-rows';

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
  const [hidesRefreshes, setHidesRefreshes] = useState(false);
  const [open, setOpen] = useState<string>();
  const errors = all.filter(isError);
  const matching = errorsOnly ? errors : all;
  const shown = hidesRefreshes ? matching.filter((one) => !isRefresh(one)) : matching;
  const columns = useColumns();
  const opened = all.find(({ id }) => id === open);
  const log = useLogRows(all, shown, opened?.id);

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-9 flex-none items-center gap-2 pr-2 pl-4 text-12">
          <h2 className="truncate text-13 font-semibold">Requests</h2>
          <span className="truncate text-text-3">{exact(total)} this session</span>
          <span className="flex-1" />
          <Chip size="sm" pressed={errorsOnly} count={errors.length} onChange={setErrorsOnly}>
            Errors
          </Chip>
          <Chip size="sm" pressed={hidesRefreshes} count={all.filter(isRefresh).length} onChange={setHidesRefreshes}>
            Hide refreshes
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
            log={log}
            open={opened?.id}
            onOpen={(id) => {
              setOpen(id);
              onRoomNeeded(ROOM_FOR_DETAILS_PX);
            }}
            rowHeight={26}
            columns={opened ? columns.flatMap(narrow) : columns}
            head="unseen"
            className="border-b-0! text-12"
          />
        ) : (
          <p className="flex items-center gap-2 px-4 py-2 text-12 text-text-3">
            <Activity className="size-3.5" />
            {errorsOnly && errors.length === 0
              ? 'No request failed.'
              : all.length > 0
                ? 'No requests but refreshes.'
                : 'No requests yet. Each one that is sent appears here.'}
          </p>
        )}
      </div>
      {opened && (
        <div className="flex w-1/2 min-w-0 flex-none flex-col overflow-y-auto border-l border-line">
          {/* In a drawer that is less high, the head of the details scrolls, too. */}
          <div className="flex min-h-36 flex-1 flex-col">
            <ExchangeDetails exchange={opened} inspector onClose={() => setOpen(undefined)} />
          </div>
        </div>
      )}
    </div>
  );
}

/** Pixels of one character of the column of times. */
const CHARACTER_PX = 7.25;

const columnsOf = byLocale((): Column<LogRow>[] => [
  {
    id: 'time',
    header: <span title={zoneName(Date.now())}>Time</span>,
    // "23:59:59", or "11:59:59 PM".
    width: Math.max(62, Math.ceil(clockTime(new Date(2026, 0, 1, 23, 59, 59)).length * CHARACTER_PX)),
    cellClassName: 'font-mono text-text-3',
    cell: ({ exchange }) => clockTime(exchange.startedAt),
  },
  { id: 'method', header: 'Method', width: 48, cell: (row) => <MethodCell row={row} /> },
  { id: 'path', header: 'Path', width: 100, grow: true, cell: (row) => <Path row={row} /> },
  { id: 'outcome', header: 'Outcome', width: 170, cell: (row) => <Outcome row={row} /> },
  { id: 'status', header: 'Status', width: 46, cell: ({ exchange }) => <Status exchange={exchange} /> },
  {
    id: 'duration',
    header: 'Duration',
    width: 52,
    align: 'end',
    cellClassName: 'font-mono',
    cell: ({ exchange }) => shownDuration(exchange.duration),
  },
]);
function useColumns() {
  useLocale();
  return columnsOf();
}

/** What stands beside an open exchange, too. */
const narrow = (column: Column<LogRow>): Column<LogRow>[] => {
  if (column.id === 'path')
    return [{ ...column, cell: (row) => (row.fold ? <OutcomeText row={row} /> : <Path row={row} />) }];
  return column.id === 'outcome' || column.id === 'duration' ? [] : [column];
};

function Path({ row: { exchange, fold } }: { row: LogRow }) {
  const path = shownPath(exchange);
  return (
    <span title={path} className="font-mono text-text">
      {path}
      {fold?.isOneAddress === false && ' and others'}
    </span>
  );
}

function Outcome({ row }: { row: LogRow }) {
  const { exchange } = row;
  const tone = toneOf(exchange);
  return (
    <span className={tone === 'danger' ? 'text-danger' : tone === 'warn' ? 'text-warn' : 'text-text-3'}>
      <OutcomeText row={row} />
      {exchange.relayed && <span className="text-text-3"> by relay</span>}
    </span>
  );
}
