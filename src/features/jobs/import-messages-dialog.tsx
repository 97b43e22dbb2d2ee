import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileInput, FileText } from 'lucide-react';
import { type DragEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { Account } from '@/azure/account';
import { timeToLiveProblem, visibilityDelayProblem } from '@/azure/rules';
import { startImport } from '@/bulk/import-messages';
import type { ImportRow, ImportRules } from '@/bulk/import-row';
import { useAccount } from '@/queries/use-account';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { bytes } from '@/ui/bytes';
import { count, counted } from '@/ui/counts';
import { Field, Select, TextInput } from '@/ui/field';
import { duration } from '@/ui/relative-time';
import { secondsOf, spokenSpan, type TimeSpan } from '@/ui/time-span';
import { TimeSpanInput } from '@/ui/time-span-input';
import { beginJob, placeOf } from './begin-job';
import { checkFile, type FileCheck } from './check-file';
import { Consequences } from './consequences';
import { JobForm } from './job-form';
import { type PaceChoice, PaceFields, paceOptions, USUAL_PACE } from './pace-fields';
import { QueuePicker, useQueueChoice } from './queue-picker';

type ImportMessagesDialogProps = {
  connection: string;
  queue: string;
  /** Dropped onto the messages. */
  file?: File;
  onClose: () => void;
};

type Life = 'kept' | 'default' | 'never' | 'span';
type Delay = 'kept' | 'span';

const FORMATS = { jsonl: 'JSON Lines', json: 'JSON array', csv: 'CSV' };

export default function ImportMessagesDialog(props: ImportMessagesDialogProps) {
  const account = useAccount(props.connection);
  return account && <ImportMessages {...props} account={account} />;
}

/** A file, how its rows become messages, which of them cannot, and where they go. */
function ImportMessages({
  account,
  queue: here,
  file: dropped,
  onClose,
}: ImportMessagesDialogProps & { account: Account }) {
  const client = useQueryClient();
  const [file, setFile] = useState(dropped);
  const [queue, setQueue] = useState(here);
  const [life, setLife] = useState<Life>('kept');
  const [span, setSpan] = useState<TimeSpan>({ amount: 7, unit: 'days' });
  const [delay, setDelay] = useState<Delay>('kept');
  const [delaySpan, setDelaySpan] = useState<TimeSpan>({ amount: 0, unit: 'seconds' });
  const [textField, setTextField] = useState('text');
  const [pace, setPace] = useState<PaceChoice>(USUAL_PACE);
  const choice = useQueueChoice(account, queue);
  const timeToLive = life === 'span' ? secondsOf(span) : life;
  const wrongLife = life === 'span' ? timeToLiveProblem(secondsOf(span)) : undefined;
  const wrongDelay =
    delay === 'span'
      ? visibilityDelayProblem(secondsOf(delaySpan), life === 'span' && !wrongLife ? secondsOf(span) : undefined)
      : undefined;
  const rules: ImportRules = {
    timeToLive,
    ...(delay === 'span' && { visibilityDelay: secondsOf(delaySpan) }),
    textField: textField || 'text',
  };
  const check = useFileCheck(account.id, here, file, wrongLife || wrongDelay ? undefined : rules);
  const good = check ? check.rows - check.wrong : 0;

  const beginning = useMutation({
    mutationFn: async () => {
      if (!file) return;
      const to = placeOf(account.id, queue);
      if (choice.isThere === false) await account.createQueue(queue);
      const job = startImport(file, to, {
        ...rules,
        ...(check && { format: check.format }),
        ...paceOptions(pace),
        ...(check?.isWhole && { total: check.rows }),
      });
      beginJob(client, { kind: 'import', where: `${file.name} to ${queue}`, noun: 'message', job, changes: [to] });
    },
    onSuccess: onClose,
  });

  const reason = !file
    ? 'Choose a file first.'
    : (choice.problem ?? wrongLife ?? wrongDelay ?? (check?.isWhole && good === 0 ? 'No row can be sent.' : undefined));
  return (
    <JobForm
      title="Import messages"
      preposition="to"
      queue={queue}
      size="lg"
      label={check?.isWhole ? `Import ${counted(good, 'message')}` : 'Import messages'}
      reason={reason}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <ChooseFile file={file} check={check} onFile={setFile} />
      {file && (
        <>
          {check && <Preview check={check} />}
          <div className="grid grid-cols-2 gap-x-4 gap-y-4 max-desk:grid-cols-1">
            <QueuePicker account={account} label="To queue" value={queue} onChange={setQueue} />
            <div className="grid content-start gap-4">
              <Field label="Time to live" error={wrongLife}>
                <Select
                  value={life}
                  onChange={setLife}
                  options={[
                    { value: 'kept', label: 'As in the file' },
                    { value: 'default', label: 'Azure’s default of 7 days' },
                    { value: 'never', label: 'Never expires' },
                    { value: 'span', label: 'The same for all' },
                  ]}
                />
              </Field>
              {life === 'span' && <TimeSpanInput aria-label="Time to live of all" value={span} onChange={setSpan} />}
              <Field label="Visibility delay" error={wrongDelay}>
                <Select
                  value={delay}
                  onChange={setDelay}
                  options={[
                    { value: 'kept', label: 'As in the file' },
                    { value: 'span', label: 'The same for all' },
                  ]}
                />
              </Field>
              {delay === 'span' && (
                <TimeSpanInput aria-label="Visibility delay of all" value={delaySpan} onChange={setDelaySpan} />
              )}
              <Field label="Field with the message text">
                <TextInput mono value={textField} onChange={(event) => setTextField(event.target.value)} />
              </Field>
            </div>
          </div>
          <PaceFields pace={pace} onPace={setPace} limit={undefined} onLimit={() => {}} />
          <Consequences
            items={[
              {
                words: `Adds ${check?.isWhole ? counted(good, 'message') : 'every row that can be sent'} with a new id, a new insertion time and dequeue count 0, each with its exact text.`,
              },
              (check?.wrong ?? 0) > 0 && {
                words: `${counted(check?.wrong ?? 0, 'row')} cannot be sent and ${check?.wrong === 1 ? 'is' : 'are'} left out; the report names each with its rule.`,
                care: true,
              },
              life === 'kept' && {
                words: 'Each keeps the life that is left until the time at which the file says that it expires.',
              },
              delay === 'span' &&
                secondsOf(delaySpan) > 0 && {
                  words: `Hidden for ${spokenSpan(secondsOf(delaySpan))} before anybody can receive them.`,
                },
            ]}
          />
        </>
      )}
    </JobForm>
  );
}

/** Looks through the file anew whenever it or a rule changes. */
function useFileCheck(connection: string, queue: string, file: File | undefined, rules: ImportRules | undefined) {
  const [state, setState] = useState<{ of: string; check: FileCheck }>();
  const shape = rules && JSON.stringify(rules);
  useEffect(() => {
    if (!file || shape === undefined) return;
    const control = new AbortController();
    const { signal } = control;
    checkFile(file, placeOf(connection, queue), JSON.parse(shape) as ImportRules, {
      signal,
      onCheck: (check) => setState({ of: shape, check }),
    }).catch((error: unknown) => {
      const broken = error instanceof Error ? error.message : String(error);
      const nothing = { format: 'jsonl' as const, rows: 0, first: [], wrong: 0, problems: [] };
      if (!signal.aborted) setState({ of: shape, check: { ...nothing, broken, isWhole: true } });
    });
    return () => control.abort();
  }, [connection, queue, file, shape]);
  return file ? state?.check : undefined;
}

type ChooseFileProps = { file: File | undefined; check: FileCheck | undefined; onFile: (file: File) => void };

function ChooseFile({ file, check, onFile }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    const [first] = event.dataTransfer.files;
    if (first) onFile(first);
  }
  function choose(event: SubmitEvent | { currentTarget: HTMLInputElement }) {
    const [first] = (event.currentTarget as HTMLInputElement).files ?? [];
    if (first) onFile(first);
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button does the same
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={`flex flex-wrap items-center gap-3 rounded-8 border border-dashed px-4 py-3 ${isOver ? 'border-accent-solid bg-selected' : 'border-line-control'}`}
    >
      <FileText className="flex-none text-text-3" />
      <div className="min-w-40 flex-1">
        {file ? (
          <>
            <b className="font-semibold break-all">{file.name}</b>
            <p role="status" className="text-12 text-text-2">
              {bytes(file.size)}
              {check && `, ${FORMATS[check.format]}, ${counted(check.rows, 'row')}${check.isWhole ? '' : ' so far'}`}
              {check && check.wrong > 0 && `, ${count(check.wrong)} with a problem`}
            </p>
          </>
        ) : (
          <>
            <b className="font-semibold">Drop a file here, or choose one</b>
            <p className="text-12 text-text-2">
              JSON Lines, one JSON array, or CSV with a head. It is read in this tab.
            </p>
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        accept=".jsonl,.ndjson,.json,.csv,.txt"
        tabIndex={-1}
        className="sr-only"
        onChange={choose}
      />
      <Button icon={<FileInput />} onClick={() => input.current?.click()}>
        {file ? 'Choose another file' : 'Choose file'}
      </Button>
    </div>
  );
}

function Preview({ check }: { check: FileCheck }) {
  return (
    <div className="grid gap-3">
      {check.broken && (
        <p role="alert" className="text-12 text-danger">
          {check.broken} {check.rows > 0 && 'The rows before it can be imported.'}
        </p>
      )}
      {check.first.length > 0 && (
        <div role="region" aria-label="First rows" className="overflow-hidden rounded-8 border border-line">
          <table className="w-full table-fixed text-left text-12">
            <thead className="bg-canvas text-11 text-text-3">
              <tr className="h-7">
                <th className="w-14 px-3 text-right font-semibold">Row</th>
                <th className="px-2 font-semibold">Message text</th>
                <th className="w-24 px-2 font-semibold">Lives</th>
              </tr>
            </thead>
            <tbody>
              {check.first.map((row) => (
                <Row key={row.row} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {check.problems.length > 0 && (
        <section>
          <h3 className="text-12 font-semibold">
            {counted(check.wrong, 'row')} with a problem
            {check.problems.length < check.wrong && `, the first ${check.problems.length}`}
          </h3>
          <ul
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- has to be scrolled by keyboard too
            tabIndex={0}
            aria-label="Rows with a problem"
            className="mt-1 max-h-24 overflow-y-auto rounded-6 bg-danger-tint px-3 py-1.5 text-12"
          >
            {check.problems.map(({ row, line, problem }) => (
              <li key={row}>
                <b className="font-semibold">
                  Row {count(row)}
                  {line !== row && `, line ${count(line)}`}:
                </b>{' '}
                {problem}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Row({ row }: { row: ImportRow }) {
  const isGood = 'draft' in row;
  return (
    <tr className="h-7 border-t border-line">
      <td className="px-3 text-right text-text-3">{count(row.row)}</td>
      <td className="truncate px-2">
        {isGood ? (
          <span className="font-mono">{row.draft.text.slice(0, 200).replaceAll(/\r?\n|\r/g, '⏎')}</span>
        ) : (
          <Badge tone="danger">{row.problem}</Badge>
        )}
      </td>
      <td className="truncate px-2 text-text-2">{isGood && lifeWords(row.draft.timeToLive)}</td>
    </tr>
  );
}

const lifeWords = (timeToLive: number | 'never' | undefined) =>
  timeToLive === undefined ? '7 d' : timeToLive === 'never' ? 'for ever' : duration(timeToLive * 1000);
