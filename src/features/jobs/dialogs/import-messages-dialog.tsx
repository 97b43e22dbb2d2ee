import { FileInput, FileText } from 'lucide-react';
import { type DragEvent, type SubmitEvent, useRef, useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { ImportRow } from '@/bulk/files/import-row';
import { sendQuestion } from '@/bulk/files/unasked';
import { MOST_IN_ORDER } from '@/bulk/leasing/return-all';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { count, counted, listed, plural } from '@/words/counts';
import { withoutTurns } from '@/words/isolate';
import { bytes } from '@/words/sizes';
import { spokenSpan } from '@/words/spans';
import { duration } from '@/words/times';
import { beginImport } from '../begin/begin-files';
import { takeGoOn } from '../begin/continue-interrupted';
import { type FileCheck, type RowProblems, useFileCheck } from '../files/check-file';
import { FORMAT_NAMES, ImportLayoutFields } from '../files/import-layout-fields';
import { ImportRuleFields, ruleProblems, rulesOf, USUAL_RULES } from '../files/import-rule-fields';
import { Consequences } from '../shared/consequences';
import { SendingOffer } from '../shared/lane-offer';
import { IN_ORDER, orderText, usualPace } from '../shared/pace-options';
import { targetOf } from '../shared/scope';
import { JobForm, useBeginning, usePaceOptions } from './job-form';
import { QueuePicker, useQueueChoice } from './queue-picker';

type ImportMessagesDialogProps = {
  account: Account;
  queue: string;
  /** A file that was dropped onto the messages. */
  file?: File;
  /** The id of the journal of an import that was cut off. */
  goesOn?: string;
  onClose: () => void;
};

/** Imports the rows of a file as messages: which file, by which rules, and into which queue. */
export default function ImportMessagesDialog({
  account,
  queue: here,
  file: dropped,
  goesOn,
  onClose,
}: ImportMessagesDialogProps) {
  const [file, setFile] = useState(dropped);
  const [chosenQueue, setQueue] = useState(here);
  // What stopped goes on where it was.
  const queue = goesOn === undefined ? chosenQueue : here;
  const [form, setForm] = useState(USUAL_RULES);
  const choice = useQueueChoice(account, queue);
  const problems = ruleProblems(form);
  const wrong = problems.life ?? problems.delay;
  const rules = rulesOf(form);
  const { check, isCurrent } = useFileCheck(
    account.id,
    here,
    file,
    wrong === undefined ? { ...rules, choice: form.layout } : undefined,
  );
  const good = check ? check.rows - check.invalid : 0;
  const { pace, fields } = usePaceOptions((check?.rows ?? 0) > MOST_IN_ORDER ? usualPace(account.id) : IN_ORDER);
  // Another file stands another way.
  const choose = (next: File) => {
    setFile(next);
    setForm({ ...form, layout: {} });
  };

  const beginning = useBeginning(onClose, async (client) => {
    if (!file) return;
    const to = targetOf(account.id, queue);
    const goOn = goesOn === undefined ? undefined : await takeGoOn(goesOn);
    await beginImport(client, to, { file, rules, check, isThere: choice.isThere, goOn, ...pace });
  });

  const reason = !file
    ? 'Choose a file first.'
    : (choice.problem ??
      wrong ??
      // What was checked is what is sent.
      (!isCurrent ? 'The file is being read.' : check?.isWhole && good === 0 ? 'No row can be sent.' : undefined));
  return (
    <JobForm
      title="Import messages"
      preposition="to"
      queue={queue}
      size="lg"
      label={check?.isWhole ? `Import ${counted(good, 'message')}` : 'Import messages'}
      reason={reason}
      question={check && sendQuestion(check, check.rows)}
      beginning={beginning}
      onClose={onClose}
    >
      {goesOn !== undefined && (
        <p className="rounded-6 bg-warn-tint px-3 py-2 text-12 text-pretty">
          Goes on with the import that stopped: choose the same file again, as it was. Rows that are sent are left out;
          those that may be sent are sent again, and named.
        </p>
      )}
      <ChooseFile file={file} check={check} onFile={choose} />
      {file && (
        <>
          {check?.guess && (
            <ImportLayoutFields
              guess={check.guess}
              choice={form.layout}
              onChoice={(layout) => setForm({ ...form, layout })}
            />
          )}
          {check && <ImportPreview check={check} />}
          <div className="grid grid-cols-2 gap-x-4 gap-y-4 max-desk:grid-cols-1">
            <QueuePicker account={account} choice={choice} label="To queue" value={queue} onChange={setQueue} />
            <ImportRuleFields form={form} problems={problems} onForm={setForm} />
          </div>
          {fields}
          <SendingOffer connectionId={account.id} messages={good} pace={pace} />
          <Consequences
            items={[
              `Adds ${check?.isWhole ? counted(good, 'message') : 'every row that can be sent'} with a new id, a new insertion time and dequeue count 0, each with its exact text.`,
              orderText('They are sent', 'in the order of the file', pace.concurrency),
              check?.isBase64 === true && 'The texts look like Base64. They are sent as they stand in the file.',
              (check?.invalid ?? 0) > 0 && {
                warning: `${counted(check?.invalid ?? 0, 'row')} cannot be sent and ${plural(check?.invalid ?? 0, 'is', 'are')} left out; the report names each with its rule.`,
              },
              form.life === 'kept' &&
                (check?.guess?.layout.message === 'row'
                  ? 'Each expires after Azure’s default of 7 days: a row that is the message has no field with its time.'
                  : 'Each expires at the time that the file says, and after Azure’s default of 7 days where it says none.'),
              (rules.visibilityDelay ?? 0) > 0 &&
                `Hidden for ${spokenSpan(rules.visibilityDelay ?? 0)} before anybody can receive them.`,
            ]}
          />
        </>
      )}
    </JobForm>
  );
}

type ChooseFileProps = { file: File | undefined; check: FileCheck | undefined; onFile: (file: File) => void };

/** The field for the file to import, by choosing or dropping, with what the check found. */
function ChooseFile({ file, check, onFile }: ChooseFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isDraggedOver, setIsDraggedOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsDraggedOver(false);
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
        setIsDraggedOver(true);
      }}
      onDragLeave={() => setIsDraggedOver(false)}
      onDrop={drop}
      className={`flex flex-wrap items-center gap-3 rounded-8 border border-dashed px-4 py-3 ${isDraggedOver ? 'border-accent-solid bg-selected' : 'border-line-control'}`}
    >
      <FileText className="flex-none text-text-3" />
      <div className="min-w-40 flex-1">
        {file ? (
          <>
            <bdi className="font-semibold break-all">{withoutTurns(file.name)}</bdi>
            <p role="status" aria-live={check?.isWhole ? undefined : 'off'} className="text-12 text-text-2">
              {bytes(file.size)}
              {check?.guess &&
                `, ${FORMAT_NAMES[check.guess.layout.format]}, ${counted(check.rows, 'row')}${check.isWhole ? '' : ' so far'}`}
              {check && check.invalid > 0 && `, ${count(check.invalid)} with a problem`}
            </p>
          </>
        ) : (
          <>
            <b className="font-semibold">Drop a file here, or choose one</b>
            <p className="text-12 text-text-2">
              JSON, JSON Lines, CSV, lines of text, and what other tools write. It is read in this tab.
            </p>
          </>
        )}
      </div>
      <input
        ref={input}
        type="file"
        aria-label="File to import"
        accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,.log,.xml"
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

/** The first rows of a file, and the rows that cannot be sent, each with the rule that it breaks. */
function ImportPreview({ check }: { check: FileCheck }) {
  return (
    <div className="grid gap-3">
      {check.broken && (
        <p role="alert" className="text-12 text-danger">
          {check.broken} {check.rows > 0 && 'The rows before it can be imported.'}
        </p>
      )}
      {check.isWhole && check.rows === 0 && !check.broken && (
        <p role="alert" className="text-12 text-danger">
          There is no message in this file.
        </p>
      )}
      {check.first.length > 0 && (
        <div role="region" aria-label="First rows" className="overflow-hidden rounded-8 border border-line">
          <table className="w-full table-fixed text-left text-12">
            <thead className="bg-canvas text-11 text-text-3">
              <tr className="h-7">
                <th className="w-14 px-3 text-right font-semibold">Row</th>
                <th className="px-2 font-semibold">Message text</th>
                <th className="w-24 px-2 font-semibold">Expires in</th>
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
          <h3 className="text-12 font-semibold">{counted(check.invalid, 'row')} with a problem</h3>
          <ul
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- has to be scrolled by keyboard too
            tabIndex={0}
            aria-label="Rows with a problem"
            className="mt-1 max-h-24 overflow-y-auto rounded-6 bg-danger-tint px-3 py-1.5 text-12"
          >
            {check.problems.map((problems) => (
              <li key={problems.rows[0]?.row}>
                <b className="font-semibold">{rowsText(problems)}:</b> {problems.problem}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** `Row 2`, `Row 2, line 3`, `Rows 2, 5, 9 and 12 more`, `Rows 2 and 5, such as`. */
function rowsText({ count: all, rows, isVaried }: RowProblems): string {
  const [first] = rows;
  if (all === 1 && first) {
    return `Row ${count(first.row)}${first.line === first.row ? '' : `, line ${count(first.line)}`}`;
  }
  const named = rows.map(({ row }) => count(row));
  const more = all - rows.length;
  return `Rows ${listed(more > 0 ? [...named, `${count(more)} more`] : named)}${isVaried ? ', such as' : ''}`;
}

function Row({ row }: { row: ImportRow }) {
  const isValid = 'draft' in row;
  return (
    <tr className="h-7 border-t border-line">
      <td className="px-3 text-right text-text-3">{count(row.row)}</td>
      <td className="truncate px-2">
        {isValid ? (
          <span dir="auto" className="font-mono">
            {withoutTurns(row.draft.text.slice(0, 200)).replaceAll(/\r?\n|\r/g, '⏎')}
          </span>
        ) : (
          <Badge tone="danger">{row.problem}</Badge>
        )}
      </td>
      <td className="truncate px-2 text-text-2">{isValid && timeToLiveText(row.draft.timeToLive)}</td>
    </tr>
  );
}

const timeToLiveText = (timeToLive: number | 'never' | undefined) =>
  timeToLive === undefined ? '7 d' : timeToLive === 'never' ? 'never' : duration(timeToLive * 1000);
