import type { Exchange } from '@/azure/protocol/exchange';
import type { LoggedExchange } from '@/state/activity/request-log';
import { usePreference } from '@/state/settings/preferences';
import { Dot } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { type Column, DataGrid } from '@/ui/grid/data-grid';
import { isolated, withoutTurns } from '@/words/isolate';
import { shownStatus, type Tone, toneOf } from './exchange-text';

const METHOD_STYLES = { GET: 'text-accent', PUT: 'text-warn', POST: 'text-info', DELETE: 'text-danger' };

export const Method = ({ method }: Pick<Exchange, 'method'>) => (
  <span className={cx('font-mono text-11 font-semibold', METHOD_STYLES[method])}>{method}</span>
);

const TONE_STYLES: Record<Tone, string> = {
  neutral: 'text-text-3',
  accent: 'text-text-2',
  warn: 'text-warn',
  danger: 'text-danger',
};

/** The status as a number and a dot; `long` adds the reason phrase. */
export function Status({ exchange, long = false }: { exchange: Exchange; long?: boolean }) {
  const tone = toneOf(exchange);
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap font-mono text-12', TONE_STYLES[tone])}>
      <Dot tone={tone} />
      {shownStatus(exchange)}
      {long && exchange.response?.statusText && ` ${exchange.response.statusText}`}
    </span>
  );
}

/** Header names and values, one per line. */
export const HeadersList = ({ headers }: { headers: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="grid grid-cols-[minmax(0,164px)_minmax(0,1fr)] gap-x-1.5 font-mono text-12/[22px]">
    {headers.map(([name, value]) => (
      <div key={name} className="contents">
        <dt dir="auto" className="truncate text-left text-syn-key" title={isolated(name)}>
          {name}
        </dt>
        <dd dir="auto" className="truncate text-left" title={isolated(value)}>
          {withoutTurns(value)}
        </dd>
      </div>
    ))}
  </dl>
);

type ExchangeGridProps = {
  exchanges: readonly LoggedExchange[];
  /** Id of the exchange whose details are shown. */
  open: string | undefined;
  onOpen: (id: string) => void;
  /** False where the details take the place of the log: a key moves, and Enter opens. Default: true. */
  opensOnMove?: boolean;
  rowHeight: number;
  columns: readonly Column<LoggedExchange>[];
  /** `unseen`: for screen readers alone. */
  head?: 'unseen';
  /** Of each row. */
  className: string;
};

/** The wire log as a grid: the row that a key or a click leads to is the open one. */
export function ExchangeGrid({ exchanges, open, onOpen, opensOnMove = true, className, ...grid }: ExchangeGridProps) {
  return (
    <DataGrid
      label="Wire log"
      rows={exchanges}
      rowKey={idOf}
      active={open}
      onActiveChange={opensOnMove ? onOpen : undefined}
      onOpen={onOpen}
      letterKeys={usePreference('singleKeys')}
      rowClassName={() => className}
      {...grid}
    />
  );
}

const idOf = ({ id }: LoggedExchange) => id;
