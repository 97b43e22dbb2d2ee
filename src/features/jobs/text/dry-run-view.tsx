import { ArrowRight, Check, ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import type { Message } from '@/azure/protocol/model';
import { saveFile, timedName } from '@/ui/browser/save-file';
import { useAsync } from '@/ui/browser/use-async';
import { pieces } from '@/ui/code/code-rows';
import type { Piece } from '@/ui/code/diff-lines';
import { SourcePieces } from '@/ui/code/source-pieces';
import { Badge } from '@/ui/controls/badge';
import { IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { count, counted, plural } from '@/words/counts';
import type { ChangeForm } from './apply-change';
import { type ChangedLine, type ChangedLines, changedLines } from './changed-lines';
import { type DryRun, dryRunFile } from './dry-run';
import { createDryRunner } from './dry-runner';

/** Messages whose lines are shown at a time. */
const PAGE = 4;

type DryRunViewProps = {
  form: ChangeForm;
  run: DryRun;
  /** The messages that it is over. */
  messages: readonly Message[];
  /** Messages of the whole scope, where more than those are meant or it is not known; undefined where nobody knows. */
  total: number | undefined;
  /** Of the file that it is saved to. */
  queue: string;
};

type Shown = { id: string; place: number; lines: ChangedLines };

/** What a change does to the loaded messages of a scope: how many change, and the changed lines, decoded, of some of them. */
export function DryRunView({ form, run, messages, total, queue }: DryRunViewProps) {
  const { read, of, changed, same, unreadable, refused, reason, isDone } = run;
  const [first, setFirst] = useState(0);
  const start = Math.min(first, Math.max(0, changed.length - 1));
  const ids = changed.slice(start, start + PAGE);
  const { last: shown } = useAsync<readonly Shown[]>(
    ids.length > 0 ? [JSON.stringify(form), ids.join()] : undefined,
    (signal) => linesOf(form, ids, { messages, start, signal }),
  );
  const [saved, setSaved] = useState<'saving' | 'failed'>();
  async function save() {
    setSaved('saving');
    try {
      saveFile(
        `${timedName(`${queue}-dry-run`, new Date())}.jsonl`,
        await dryRunFile(form, messages, { signal: new AbortController().signal }),
      );
      setSaved(undefined);
    } catch {
      setSaved('failed');
    }
  }
  const move = (by: number) => setFirst(Math.max(0, Math.min(changed.length - 1, start + by)));
  return (
    <section aria-label="Dry run" className="grid min-w-0 gap-2">
      <div className="flex min-h-7 flex-wrap items-center gap-1.5">
        <h3 className="mr-1 font-semibold max-desk:sr-only">Dry run</h3>
        <span role="status" className="sr-only">
          {isDone && spokenRun(run)}
        </span>
        <Badge tone={changed.length > 0 ? 'accent' : 'neutral'}>
          {changed.length > 0 && <Check className="size-3" />}
          {count(changed.length)} {plural(changed.length, 'changes', 'change')}
        </Badge>
        <Badge>
          {count(same)} {plural(same, 'stays as it is', 'stay as they are')}
        </Badge>
        <Badge tone={unreadable > 0 ? 'warn' : 'neutral'}>{count(unreadable)} cannot be read</Badge>
        {refused > 0 && <Badge tone="warn">{count(refused)} cannot be changed</Badge>}
        <span className="ml-auto flex gap-1.5">
          <IconButton
            size="sm"
            label="Previous change"
            icon={<ChevronUp />}
            disabled={start === 0}
            onClick={() => move(-PAGE)}
          />
          <IconButton
            size="sm"
            label="Next change"
            icon={<ChevronDown />}
            disabled={start + PAGE >= changed.length}
            onClick={() => move(PAGE)}
          />
        </span>
      </div>
      {reason !== undefined && (
        <p className="text-12 text-pretty text-text-2">
          {count(unreadable + refused)} not changed: {reason}
        </p>
      )}
      {changed.length > 0 && shown && (
        <div className="overflow-hidden rounded-8 border border-line-strong bg-raised dark:bg-sunken">
          {shown.map((one) => (
            <MessageChange key={one.id} shown={one} of={changed.length} />
          ))}
        </div>
      )}
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-12 text-text-3">
        <span>
          {changed.length > 0 && 'Changed lines only, decoded. '}
          {readText({ read, of, total })}
          {!isDone && '…'}
        </span>
        <button
          type="button"
          className="text-accent hover:underline disabled:text-text-3 disabled:no-underline"
          disabled={!isDone || of === 0 || saved === 'saving'}
          onClick={() => void save()}
        >
          {saved === 'saving' ? 'Saving…' : saved === 'failed' ? 'Not saved. Try again' : 'Save dry run'}
        </button>
      </p>
    </section>
  );
}

/** "Of 3 loaded messages 2 would change, 0 stay the same, 1 cannot be changed: It is not JSON." */
function spokenRun({ read, changed, same, unreadable, refused, reason }: DryRun): string {
  const left = unreadable + refused;
  const rest = left > 0 ? `, ${count(left)} cannot be changed: ${reason}` : '';
  return `Of ${counted(read, 'loaded message')} ${count(changed.length)} would change, ${count(same)} ${plural(same, 'stays', 'stay')} the same${rest}`;
}

/** "1,600 of 1,600 read", "32 of ≈ 5,000 read: the rest is not loaded". */
export function readText({ read, of, total }: { read: number; of: number; total: number | undefined }): string {
  if (total === undefined) return `${count(read)} read: how many more there are is not known.`;
  if (total <= of) return `${count(read)} of ${count(of)} read.`;
  return `${count(read)} of ≈ ${count(total)} read: the rest is not loaded.`;
}

type LinesOptions = { messages: readonly Message[]; start: number; signal: AbortSignal };

async function linesOf(
  form: ChangeForm,
  ids: readonly string[],
  { messages, start, signal }: LinesOptions,
): Promise<readonly Shown[]> {
  const runner = createDryRunner(form);
  try {
    const wanted = new Set(ids);
    const byId = new Map(messages.flatMap(({ id, text }) => (wanted.has(id) ? [[id, text] as const] : [])));
    const results = await runner.change(
      ids.map((id) => byId.get(id) ?? ''),
      signal,
    );
    const shown: Shown[] = [];
    for (const [index, id] of ids.entries()) {
      const [before, result] = [byId.get(id), results[index]];
      if (before === undefined || !result || 'refused' in result) continue;
      shown.push({ id, place: start + index + 1, lines: await changedLines(before, result.text, signal) });
    }
    return shown;
  } finally {
    runner.close();
  }
}

function MessageChange({ shown: { id, place, lines }, of }: { shown: Shown; of: number }) {
  const short = id.slice(0, 8);
  const numbers = lines.lines.map(({ number }) => number);
  return (
    <div
      role="group"
      aria-label={`Message ${short}, ${plural(numbers.length, 'line')} ${numbers.join(', ')}`}
      className="border-t border-line first:border-t-0 last:pb-1"
    >
      <p className="flex h-8 items-center gap-2.5 px-3 text-12">
        <span className="font-mono">{short}</span>
        <span className="flex min-w-0 items-center gap-1 overflow-hidden">
          {lines.chain.map((label, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a step is its place in the chain
            <span key={index} className="flex items-center gap-1">
              {index > 0 && <ArrowRight aria-hidden className="size-3 text-text-3" />}
              <Badge tone={index === lines.chain.length - 1 ? 'accent' : 'neutral'}>{label}</Badge>
            </span>
          ))}
        </span>
        <span className="ml-auto flex-none text-text-3 tabular-nums">
          {count(place)} of {count(of)}
        </span>
      </p>
      {lines.lines.map((line) => (
        <LineChange key={`${line.number}:${line.before ? '' : '+'}`} line={line} />
      ))}
      {lines.more > 0 && <p className="px-3 py-1 text-12 text-text-3">{counted(lines.more, 'more changed line')}</p>}
    </div>
  );
}

const LineChange = ({ line: { number, before, after } }: { line: ChangedLine }) => (
  <>
    {before && <Side number={number} parts={before} name="before" />}
    {after && <Side number={number} parts={after} name="after" />}
  </>
);

type SideProps = { number: number; parts: readonly Piece[]; name: 'before' | 'after' };

function Side({ number, parts, name }: SideProps) {
  const isBefore = name === 'before';
  return (
    <div className={cx('flex pr-3 font-mono text-12', isBefore ? 'bg-danger-tint' : 'bg-accent-tint')}>
      <span aria-hidden className="w-9 flex-none pr-3 text-right text-text-2">
        {number}
      </span>
      <span
        role="img"
        aria-label={name}
        className={cx('w-4.5 flex-none font-bold', isBefore ? 'text-danger' : 'text-accent')}
      >
        {isBefore ? '−' : '+'}
      </span>
      <code dir="auto" className="min-w-0 flex-1 text-left break-all whitespace-pre-wrap">
        {parts.map(({ text, isChanged }, index) => {
          const source = <SourcePieces pieces={pieces(text, 0, [])} isolates={false} />;
          return isChanged ? (
            <mark
              // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the line
              key={index}
              className={cx(
                'bg-transparent font-bold text-inherit underline',
                isBefore ? 'decoration-danger' : 'decoration-accent',
              )}
            >
              {source}
            </mark>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- a piece is its place in the line
            <span key={index}>{source}</span>
          );
        })}
      </code>
    </div>
  );
}
