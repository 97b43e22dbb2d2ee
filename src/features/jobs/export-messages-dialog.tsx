import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account, Message } from '@/azure/account';
import { EXPORT_FIELDS, type ExportedMessage, type ExportField } from '@/bulk/export-messages';
import type { FileFormat } from '@/bulk/file-format';
import { type Source, startJob } from '@/bulk/job';
import type { Loan } from '@/bulk/loan';
import { useAccount } from '@/queries/use-account';
import type { MessageScope } from '@/state/dialogs';
import { currentLease } from '@/state/leases';
import { Checkbox } from '@/ui/checkbox';
import { count } from '@/ui/counts';
import { Field, NumberInput } from '@/ui/field';
import { timedName } from '@/ui/save-file';
import { Segmented } from '@/ui/segmented';
import { beginJob, placeOf } from './begin-job';
import { Consequences } from './consequences';
import { chooseDestination, type ExportFormat, openExport } from './export-file';
import { JobForm } from './job-form';
import { beginningOf, messageSource } from './message-source';
import { leasingConsequences, requestsFor, scopeWords, useScope } from './scope';

type ExportMessagesDialogProps = MessageScope & { onClose: () => void };

const FORMATS: { value: FileFormat; label: string }[] = [
  { value: 'jsonl', label: 'JSON Lines' },
  { value: 'json', label: 'JSON array' },
  { value: 'csv', label: 'CSV' },
];
const FIELDS: { field: Exclude<ExportField, 'text' | 'body'>; label: string }[] = [
  { field: 'id', label: 'Id' },
  { field: 'insertedAt', label: 'Inserted' },
  { field: 'expiresAt', label: 'Expires' },
  { field: 'nextVisible', label: 'Next visible' },
  { field: 'dequeueCount', label: 'Dequeue count' },
  { field: 'encoding', label: 'Encoding' },
];

export default function ExportMessagesDialog(props: ExportMessagesDialogProps) {
  const account = useAccount(props.connection);
  return account && <ExportMessages {...props} account={account} />;
}

/** Format and fields; a whole queue says what reading it does. */
function ExportMessages({ account, queue, messages, onClose }: ExportMessagesDialogProps & { account: Account }) {
  const client = useQueryClient();
  const scope = useScope(account, { queue, ...(messages && { messages }) });
  const [format, setFormat] = useState<FileFormat>('jsonl');
  const [fields, setFields] = useState<ReadonlySet<ExportField>>(new Set(EXPORT_FIELDS));
  const [body, setBody] = useState<'text' | 'body'>('text');
  const [limit, setLimit] = useState(0);
  const isCsv = format === 'csv';
  const chosen: readonly ExportField[] = isCsv
    ? [...FIELDS.map(({ field }) => field).filter((field) => fields.has(field)), body]
    : EXPORT_FIELDS;

  const beginning = useMutation({
    mutationFn: async () => {
      const name = `${timedName(queue, new Date())}.${format}`;
      const destination = await chooseDestination(name, format);
      if (!destination) return false;
      const from = placeOf(account.id, queue);
      const file = openExport(destination, { format, fields: chosen } satisfies ExportFormat);
      const source: Source<ExportedMessage> = messages
        ? known(messages, account.id, queue)
        : leased(messageSource(from, 'all', { insertedBefore: beginningOf(from), ...(limit > 0 && { cap: limit }) }));
      const job = startJob<ExportedMessage>({
        source: intoFile(source, file),
        work: async (item) => {
          await file.write(item);
          return { item, kind: 'done' };
        },
        // One after another keeps their order.
        concurrency: 1,
        ...(scope.total !== undefined && { total: limit > 0 ? Math.min(limit, scope.total) : scope.total }),
        key: ({ id }) => id,
        name: ({ id }) => id,
      });
      const { save } = destination;
      beginJob(client, {
        kind: 'export',
        where: queue,
        noun: 'message',
        job,
        canRetry: false,
        changes: messages ? [] : [from],
        ...(save && { onEnd: save, after: { label: 'Save file', run: save } }),
      });
      return true;
    },
    onSuccess: (begun) => begun && onClose(),
  });

  return (
    <JobForm
      title={`Export ${scopeWords(scope)}`}
      preposition="from"
      queue={queue}
      label={`Export ${messages ? scopeWords(scope) : 'all messages'}`}
      reason={scope.total === 0 ? `${queue} looks empty.` : undefined}
      isPending={beginning.isPending}
      error={beginning.error}
      onSubmit={() => beginning.mutate()}
      onClose={onClose}
    >
      <div className="grid justify-items-start gap-1.5">
        <span className="text-12 font-semibold">Format</span>
        <Segmented label="Format" value={format} onChange={setFormat} options={FORMATS} />
        <p className="text-12 text-pretty text-text-3">{formatWords(format)}</p>
      </div>
      {isCsv && (
        <>
          <fieldset>
            <legend className="mb-1 text-12 font-semibold">Fields</legend>
            <div className="grid grid-cols-3 gap-x-3 max-desk:grid-cols-2">
              {FIELDS.map(({ field, label }) => (
                <Checkbox
                  key={field}
                  label={label}
                  checked={fields.has(field)}
                  onChange={(isOn) =>
                    setFields(new Set(isOn ? [...fields, field] : [...fields].filter((one) => one !== field)))
                  }
                >
                  {label}
                </Checkbox>
              ))}
            </div>
          </fieldset>
          <div className="grid justify-items-start gap-1.5">
            <span className="text-12 font-semibold">Body</span>
            <Segmented
              label="Body"
              value={body}
              onChange={setBody}
              options={[
                { value: 'text', label: 'As it is sent' },
                { value: 'body', label: 'Decoded' },
              ]}
            />
            <p className="text-12 text-pretty text-text-3">
              {body === 'text'
                ? 'The exact message text, Base64 where it is Base64: imported again it is the same.'
                : 'Without Base64 and compression, to be read: imported again it is not the same message.'}
            </p>
          </div>
        </>
      )}
      {scope.isWhole && (
        <Field
          label="Receive at most"
          hint={limit === 0 ? '0: the whole queue' : 'Messages, from the front'}
          className="w-48"
        >
          <NumberInput min={0} max={10_000_000} value={limit} onChange={(next) => setLimit(Math.round(next))} />
        </Field>
      )}
      <Consequences
        items={
          scope.isWhole
            ? [
                ...leasingConsequences(scope, 0, true),
                {
                  words: 'All of them are hidden from other receivers while this runs, and returned at the end.',
                  care: true,
                },
                scope.total !== undefined && { words: `About ${count(requestsFor(scope, 1))} requests.` },
              ]
            : [{ words: 'Nothing: the messages are loaded here already, and are written to a file.' }]
        }
      />
    </JobForm>
  );
}

function formatWords(format: FileFormat): string {
  if (format === 'jsonl') return 'One JSON object a line, with all properties. Imported again every text is exact.';
  if (format === 'json') return 'One JSON array of objects, with all properties. Imported again every text is exact.';
  return 'For spreadsheets, by RFC 4180. Spreadsheets change long numbers and dates when they save.';
}

/** Loaded messages, with the time at which those that are leased show again. */
function* known(messages: readonly Message[], connectionId: string, queue: string): Generator<ExportedMessage> {
  for (const message of messages) {
    const lease = currentLease({ connectionId, queue, id: message.id });
    yield lease ? { ...message, nextVisible: lease.visibleAt } : message;
  }
}

function leased(source: Source<Loan>): Source<ExportedMessage> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const loan of source) {
        const { message } = loan;
        // From here on only its receipt is needed, to return it.
        loan.dropText();
        yield { ...message, nextVisible: message.visibleAt };
      }
    },
    close: async () => source.close?.(),
  };
}

/** Stops when the file cannot be written, and ends the file before all is returned. */
function intoFile(source: Source<ExportedMessage>, file: ReturnType<typeof openExport>): Source<ExportedMessage> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const message of source) {
        if (file.failure !== undefined) throw file.failure;
        yield message;
      }
    },
    async close() {
      const [ended, report] = await Promise.allSettled([file.end(), source.close?.()]);
      if (ended.status === 'rejected') throw ended.reason;
      return report.status === 'fulfilled' ? report.value : undefined;
    },
  };
}
