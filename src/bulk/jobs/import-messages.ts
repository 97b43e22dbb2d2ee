import type { SentMessage } from '@/azure/protocol/model';
import type { FileGuess, FileLayout, LayoutChoice } from '../files/file-layout';
import { guessLayout, SAMPLE_CHARACTERS } from '../files/guess-layout';
import { type ImportRow, type ImportRules, toDraft } from '../files/import-row';
import { readRows } from '../files/read-rows';
import { guessEncoding, readText } from '../files/read-text';
import { planOfItems } from '../planning/forecast';
import { troubled, type Work } from '../requests/outcome';
import { type QueueTarget, serviceTime } from '../requests/queue-target';
import { createRequestMeter } from '../requests/request-meter';
import { addMessage } from '../work/add-message';
import type { Job, JobOptions } from './job';
import { startJob } from './start-job';

/** The encoding of a file is guessed by so many bytes. */
const ENCODING_BYTES = 1_048_576;

/** The rules, and what was chosen of the layout; the rest is guessed by the beginning of the file. */
export type ImportOptions = ImportRules &
  LayoutChoice & {
    /** Name of the file, for its ending. */
    name?: string | undefined;
    /** Called with the bytes read so far. */
    onRead?: (bytes: number) => void;
  };

/** Guesses how the messages stand in a file. @throws FileProblem for a file that is no text in the chosen encoding. */
export async function guessFile(file: Blob, { name, ...choice }: LayoutChoice & { name?: string }): Promise<FileGuess> {
  const start = new Uint8Array(await file.slice(0, ENCODING_BYTES).arrayBuffer());
  const encoding = choice.encoding ?? guessEncoding(start);
  const text = readText(file, undefined, encoding);
  const { sample } = await readSample(text, { name, encoding });
  await text.return(undefined);
  return guessLayout(sample, choice);
}

/**
 * Reads the messages of a file one after another, each as a draft or with the rule that it breaks. Buffers no more of the
 * file than one message, or what its layout is guessed by.
 * @throws FileProblem where the file cannot be read further.
 */
export async function* readMessages(
  source: Blob | ReadableStream<Uint8Array>,
  to: QueueTarget,
  { onRead, name, timeToLive, visibilityDelay, ...choice }: ImportOptions = {},
): AsyncGenerator<ImportRow> {
  const text = readText(source, onRead, choice.encoding);
  const { sample, pieces } = await readSample(text, { name, encoding: choice.encoding ?? 'utf-8' });
  const { layout } = isWholeLayout(choice) ? { layout: choice } : await guessLayout(sample, choice);
  const rules = { timeToLive, visibilityDelay };
  let row = 0;
  for await (const { line, ...content } of readRows(pieces, layout)) {
    row++;
    yield {
      row,
      line,
      ...('problem' in content ? { problem: content.problem } : toDraft(content.row, layout, rules, serviceTime(to))),
    };
  }
}

const LAYOUT_PARTS = ['encoding', 'format', 'within', 'delimiter', 'hasHeading', 'message', 'textField'] as const;

const isWholeLayout = (choice: LayoutChoice): choice is FileLayout =>
  LAYOUT_PARTS.every((part) => choice[part] !== undefined);

/** Adds the rows that are valid; the others fail with their rule without a request. */
export function startImport(
  file: Blob | ReadableStream<Uint8Array>,
  queue: QueueTarget,
  options: ImportOptions &
    EarlierRun &
    Pick<JobOptions<ImportRow, SentMessage>, 'concurrency' | 'perSecond' | 'total' | 'onOutcome'> = {},
): Job<ImportRow, SentMessage> {
  const meter = createRequestMeter();
  const to = meter.target(queue);
  return startJob<ImportRow, SentMessage>({
    ...options,
    meter,
    plan:
      options.total === undefined
        ? undefined
        : planOfItems(['send'], options.total, { ...options, connections: to.connections }),
    source: without(readMessages(file, to, options), options.except),
    work: importMessage(to, options.maybeSent),
    networks: [to.network],
    now: to.now,
    delay: to.delay,
    key: ({ row }) => row,
    name: ({ row, line }) => (row === line ? `row ${row}` : `row ${row}, line ${line}`),
  });
}

/** What a run of the same file that was cut off has sent, by the numbers of its rows. */
export type EarlierRun = {
  /** Rows that are not sent again. */
  except?: ReadonlySet<string> | undefined;
  /** Rows that may be sent already: they are sent again, and said to be there twice, perhaps. */
  maybeSent?: ReadonlySet<string> | undefined;
};

async function* without(
  rows: AsyncGenerator<ImportRow>,
  except: ReadonlySet<string> | undefined,
): AsyncGenerator<ImportRow> {
  for await (const row of rows) if (!except?.has(String(row.row))) yield row;
}

function importMessage(to: QueueTarget, maybeSent: ReadonlySet<string> | undefined): Work<ImportRow, SentMessage> {
  const add = addMessage<ImportRow & { draft: { text: string } }>(to, ({ row }) => String(row));
  return async (item, _previous, signal) => {
    if (!('draft' in item)) return troubled(item, 'failed', item.problem);
    const outcome = await add(item, undefined, signal);
    if (outcome.kind !== 'done' || !maybeSent?.has(String(item.row))) return outcome;
    const why = 'Sent again: whether it was sent before the import stopped is not known.';
    return { ...troubled(item, 'maybeTwice', why), value: outcome.value };
  };
}

/** Reads the beginning of a text, by which its layout is guessed; `pieces` is still the whole text. */
async function readSample(
  pieces: AsyncGenerator<string>,
  { name = '', encoding }: { name?: string | undefined; encoding: FileLayout['encoding'] },
) {
  const parts: string[] = [];
  let characters = 0;
  let isWhole = false;
  while (characters < SAMPLE_CHARACTERS && !isWhole) {
    const next = await pieces.next();
    isWhole = next.done === true;
    if (next.done) break;
    parts.push(next.value);
    characters += next.value.length;
  }
  const start = parts.join('');
  const sample = {
    text: start.slice(0, SAMPLE_CHARACTERS),
    isWhole: isWhole && start.length <= SAMPLE_CHARACTERS,
    name,
    encoding,
  };
  return { sample, pieces: joined(start, pieces) };
}

async function* joined(start: string, remaining: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield start;
    yield* remaining;
  } finally {
    await remaining.return(undefined);
  }
}
