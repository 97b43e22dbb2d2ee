import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { Exchange } from '@/azure/protocol/exchange';
import { usePreference } from '@/state/settings/preferences';
import { Dot } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { type Column, DataGrid } from '@/ui/grid/data-grid';
import { exact } from '@/words/counts';
import { isolated, withoutTurns } from '@/words/isolate';
import { shownOutcome, shownStatus, type Tone, toneOf } from './exchange-text';
import type { LogRow } from './folds';
import type { LogRows } from './use-log-rows';

const METHOD_STYLES = { GET: 'text-accent', PUT: 'text-warn', POST: 'text-info', DELETE: 'text-danger' };

export const Method = ({ method }: Pick<Exchange, 'method'>) => (
  <span className={cx('font-mono text-11 font-semibold', METHOD_STYLES[method])}>{method}</span>
);

/** The method; of a fold with an arrow, and of what is in one set in. */
export function MethodCell({ row: { exchange, fold, within } }: { row: LogRow }) {
  const Arrow = fold?.isOpen ? ChevronDown : ChevronRight;
  return (
    <span className={cx('flex items-center', within !== undefined && 'pl-2')}>
      {fold && <Arrow aria-hidden className="-ml-3 size-3 flex-none" />}
      <Method method={exchange.method} />
    </span>
  );
}

/** The outcome; of a fold with the number of its requests: "Get queue metadata ×30". */
export const OutcomeText = ({ row: { exchange, fold } }: { row: LogRow }) => (
  <>
    {shownOutcome(exchange)}
    {fold && (
      <>
        {' '}
        <b className="font-semibold">×{exact(fold.count)}</b>
        <span className="sr-only">{fold.isOpen ? ' unfolded' : ' folded'}</span>
      </>
    )}
  </>
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
  log: LogRows;
  /** Id of the exchange whose details are shown. */
  open: string | undefined;
  onOpen: (id: string) => void;
  /** False where the details take the place of the log: a key moves, and Enter opens. Default: true. */
  opensOnMove?: boolean;
  rowHeight: number;
  columns: readonly Column<LogRow>[];
  /** `unseen`: for screen readers alone. */
  head?: 'unseen';
  /** Of each row. */
  className: string;
};

/**
 * The wire log as a grid: the row that a key or a click leads to is the open one. Enter and a click open a fold and show its
 * newest, → opens it; ← closes it, from its requests too.
 */
export function ExchangeGrid({ log, open, onOpen, opensOnMove = true, className, ...grid }: ExchangeGridProps) {
  const { rows, toggle } = log;
  /** The fold that the keyboard is on, until another exchange is opened. */
  const [on, setOn] = useState<{ fold: string; open: string | undefined }>();
  const active = on && on.open === open && rows.some(({ id }) => id === on.fold) ? on.fold : open;
  const foldOf = (id: string) => rows.find((row) => row.id === id)?.fold;

  function reach(id: string, opens: boolean) {
    const isFold = foldOf(id) !== undefined;
    setOn(isFold ? { fold: id, open } : undefined);
    if (!isFold && opens) onOpen(id);
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const current = document.getElementById((event.target as HTMLElement).getAttribute('aria-activedescendant') ?? '');
    const row = rows[Number(current?.dataset.index ?? -1)];
    const fold = row?.within ?? row?.id ?? '';
    const isOpen = foldOf(fold)?.isOpen;
    if (event.key !== (isOpen ? 'ArrowLeft' : 'ArrowRight') || isOpen === undefined) return;
    event.preventDefault();
    toggle(fold);
    setOn({ fold, open });
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the grid inside
    <div className="contents" onKeyDown={press}>
      <DataGrid
        label="Wire log"
        rows={rows}
        rowKey={idOf}
        active={active}
        onActiveChange={(id) => reach(id, opensOnMove)}
        onOpen={(id) => {
          const row = rows.find((one) => one.id === id);
          if (row?.fold) toggle(id);
          if (!row || row.fold?.isOpen || (row.fold && !opensOnMove)) return;
          if (row.fold) setOn({ fold: id, open: row.exchange.id });
          onOpen(row.exchange.id);
        }}
        letterKeys={usePreference('singleKeys')}
        rowClassName={() => className}
        {...grid}
      />
    </div>
  );
}

const idOf = ({ id }: LogRow) => id;
