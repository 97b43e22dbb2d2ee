import { Activity, Download, Pause, Play, Search, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useActions } from '@/actions/action';
import { wireActions } from '@/actions/screen-actions';
import { hasSample } from '@/samples/operation';
import {
  clearExchanges,
  type LoggedExchange,
  pauseLog,
  useExchange,
  useExchanges,
  useExchangeTotal,
  useLogPaused,
} from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { findRows } from '@/ui/browser/focus-when-there';
import { isComposing } from '@/ui/browser/is-composing';
import { useLocale } from '@/ui/browser/use-locale';
import { useIsPhone, useIsShort } from '@/ui/browser/use-media';
import { Button } from '@/ui/controls/button';
import { Chip } from '@/ui/controls/chip';
import { TextInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { StatePanel } from '@/ui/feedback/state-panel';
import { cx } from '@/ui/format/cx';
import type { Column } from '@/ui/grid/data-grid';
import { exactly } from '@/words/counts';
import { clockTime, preciseTime } from '@/words/times';
import { copyCurl, openAsCode } from './curl';
import { ExchangeDetails } from './exchange-details';
import { ExchangeGrid, MethodCell, OutcomeText, Status } from './exchange-parts';
import { isError, isRefresh, isWrite, matchesText, shownDuration, shownPath, toneOf } from './exchange-text';
import type { LogRow } from './folds';
import { exportHar } from './har';
import { type LogRows, useLogRows } from './use-log-rows';

type Show = 'all' | 'writes' | 'errors';

/** The wire inspector: every request of this session with all that was sent, signed and answered. */
export function WireScreen({ exchange: id }: { exchange: string | undefined }) {
  'use memo';
  const all = useExchanges();
  const opened = useExchange(id);
  const isPhone = useIsPhone();
  const isOne = useIsShort() || isPhone;
  const [show, setShow] = useState<Show>('all');
  const [text, setText] = useState('');
  const [hidesRefreshes, setHidesRefreshes] = useState(false);
  const filter = useRef<HTMLInputElement>(null);
  const matching = filtered(all, show, text);
  const shown = hidesRefreshes ? matching.filter((one) => !isRefresh(one)) : matching;
  const log = useLogRows(all, shown, opened?.id);
  // Browsing the log adds one step to the history, not one for each exchange.
  const open = (exchange: string) => goTo({ screen: 'wire', exchange }, { replace: opened !== undefined });
  function step(by: 1 | -1) {
    // What is folded is passed over, unless there is nothing else.
    const inSight = log.rows.filter(({ fold }) => !fold);
    const steps = inSight.length > 0 ? inSight : shown;
    const next = steps[opened ? steps.findIndex((one) => one.id === opened.id) + by : 0];
    if (next) open(next.id);
  }
  useActions(Object.values(wireActions), {
    isAny: all.length > 0,
    isOpen: opened !== undefined,
    focusFilter: () => filter.current?.focus(),
    step,
    exportHar,
    copyCurl: () => opened && void copyCurl(opened),
    openAsCode: opened && hasSample(opened.operation) ? () => void openAsCode(opened) : undefined,
  });
  if (isOne && opened)
    return (
      <>
        <h1 className="sr-only">Wire</h1>
        <ExchangeDetails exchange={opened} onBack={() => goTo({ screen: 'wire' }, { replace: true })} />
      </>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Head />
      <div className="flex min-h-0 flex-1">
        <section
          aria-label="Requests"
          className="flex min-h-0 w-110 flex-none flex-col border-r border-line max-desk:w-full max-desk:border-r-0 desk:max-xwide:w-80 short:w-full! short:border-r-0"
        >
          <div className="flex flex-none flex-wrap gap-2 py-2 pr-3 pl-4 max-desk:px-3">
            <TextInput
              ref={filter}
              soft
              icon={<Search />}
              kbd="/"
              aria-label="Filter requests"
              placeholder="Filter requests"
              value={text}
              {...REFUSES_SECRETS}
              onChange={setText}
              onKeyDown={({ key, nativeEvent }) => {
                if (key === 'Escape') setText('');
                if (key === 'Enter' && !isComposing(nativeEvent)) findRows()?.focus();
              }}
              className="min-w-40 flex-1"
            />
            <Segmented<Show>
              label="Show"
              value={show}
              onChange={setShow}
              options={[
                { value: 'all', label: 'All' },
                { value: 'writes', label: `Writes ${all.filter(isWrite).length}` },
                { value: 'errors', label: `Errors ${all.filter(isError).length}` },
              ]}
            />
            <Chip pressed={hidesRefreshes} count={all.filter(isRefresh).length} onChange={setHidesRefreshes}>
              Hide refreshes
            </Chip>
          </div>
          {shown.length > 0 ? (
            <WireLog exchanges={shown} log={log} open={opened?.id} opensOnMove={!isOne} onOpen={open} />
          ) : (
            <Nothing filtered={all.length > 0} />
          )}
        </section>
        {!isOne && <Details exchange={opened} asked={id !== undefined} hasAny={all.length > 0} />}
      </div>
    </div>
  );
}

function filtered(all: readonly LoggedExchange[], show: Show, text: string) {
  const matching = show === 'all' ? all : all.filter(show === 'writes' ? isWrite : isError);
  return text.trim() === '' ? matching : matching.filter((exchange) => matchesText(exchange, text.trim()));
}

function Head() {
  const total = useExchangeTotal();
  const paused = useLogPaused();
  return (
    <header className="flex min-h-13 flex-none flex-wrap items-center gap-1 border-b border-line pr-3 pl-4 max-desk:bg-canvas">
      <h1 className="mr-2 text-18 font-semibold short:sr-only">Wire</h1>
      <span className="min-w-0 truncate text-text-3">
        {exactly(total, 'request')}
        {paused && ', log paused'}
      </span>
      <span className="flex-1" />
      <Button variant="ghost" icon={paused ? <Play /> : <Pause />} onClick={() => pauseLog(!paused)}>
        {paused ? 'Resume log' : 'Pause log'}
      </Button>
      <Button
        variant="ghost"
        icon={<Download />}
        disabled={total === 0}
        title={
          total === 0
            ? 'No requests yet'
            : 'HTTP Archive, for browsers and other tools. Keys, signatures and tokens are left out'
        }
        onClick={exportHar}
        className="max-desk:[&>span]:sr-only"
      >
        Export HAR
      </Button>
      <Button variant="ghost" icon={<Trash2 />} onClick={clearExchanges}>
        Clear
      </Button>
    </header>
  );
}

function Nothing({ filtered: isFiltered }: { filtered: boolean }) {
  return (
    <p className="border-t border-line px-4 py-3 text-12 text-text-3">
      {isFiltered ? 'No request matches.' : 'No requests yet.'}
    </p>
  );
}

type DetailsProps = { exchange: LoggedExchange | undefined; asked: boolean; hasAny: boolean };

function Details({ exchange, asked, hasAny }: DetailsProps) {
  if (exchange) return <ExchangeDetails exchange={exchange} />;
  if (asked)
    return (
      <StatePanel icon={<Activity />} title="This request is no longer in the log">
        <p>The log lives in this tab: it keeps the newest 500 requests and is empty after a reload.</p>
      </StatePanel>
    );
  return (
    <StatePanel icon={<Activity />} title={hasAny ? 'Choose a request' : 'No requests yet'}>
      <p>Every request shows its headers, the string that was signed and the answer, with keys left out.</p>
    </StatePanel>
  );
}

const ROW_PX = 44;

type WireLogProps = {
  exchanges: readonly LoggedExchange[];
  log: LogRows;
  open: string | undefined;
  opensOnMove: boolean;
  onOpen: (id: string) => void;
};

/** The request log, each exchange in two lines with a bar for its duration. */
function WireLog({ exchanges, ...rest }: WireLogProps) {
  const slowest = Math.max(...exchanges.map(({ duration = 0 }) => duration));
  return <ExchangeGrid {...rest} rowHeight={ROW_PX} columns={columnsFor(slowest)} className="text-13! text-text!" />;
}

/** @param slowest ms whose bar fills the column of durations */
const columnsFor = (slowest: number): Column<LogRow>[] => [
  { id: 'method', header: 'Method', width: 52, cell: (row) => <MethodCell row={row} /> },
  { id: 'request', header: 'Request', width: 100, grow: true, cell: (row) => <RequestCell row={row} /> },
  { id: 'status', header: 'Status', width: 46, cell: ({ exchange }) => <Status exchange={exchange} /> },
  {
    id: 'duration',
    header: 'Duration',
    width: 56,
    align: 'end',
    cell: ({ exchange }) => <DurationCell exchange={exchange} slowest={slowest} />,
  },
];

function RequestCell({ row }: { row: LogRow }) {
  useLocale();
  const { exchange } = row;
  const tone = toneOf(exchange);
  const path = shownPath(exchange);
  return (
    <span className="grid min-w-0">
      <span className="truncate font-mono text-12" title={path}>
        {path}
        {row.fold?.isOneAddress === false && ' and others'}
      </span>
      <span className="flex min-w-0 gap-2 text-12 text-text-3">
        <span title={preciseTime(exchange.startedAt)}>{clockTime(exchange.startedAt)}</span>
        <span className={cx('truncate', tone === 'danger' && 'text-danger', tone === 'warn' && 'text-warn')}>
          <OutcomeText row={row} />
        </span>
        {exchange.relayed && <span className="flex-none">by relay</span>}
      </span>
    </span>
  );
}

function DurationCell({ exchange, slowest }: { exchange: LoggedExchange; slowest: number }) {
  const { duration } = exchange;
  return (
    <span className="grid justify-items-end gap-0.75 text-12 text-text-2">
      {shownDuration(duration)}
      {duration !== undefined && (
        <i
          className={cx('h-0.5 min-w-1 rounded-full', exchange.willRetry ? 'bg-warn-solid' : 'bg-line-control')}
          style={{ width: `${slowest > 0 ? (duration / slowest) * 100 : 0}%` }}
        />
      )}
    </span>
  );
}
