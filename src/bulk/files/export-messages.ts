import { nextTask } from '@/bulk/requests/next-task';
import type { FileFormat } from './file-format';
import { EXPORT_FIELDS, type ExportedMessage, type ExportField, edgesOf, type RowForm, writeRow } from './write-row';

/** Buffered before they are yielded. */
const CHUNK_CHARACTERS = 65_536;

/** Writes a row with its decoded body, as text or as UTF-8. */
export type RowWriter = (
  message: ExportedMessage,
  form: RowForm,
  isFirst: boolean,
) => string | Promise<string | Uint8Array<ArrayBuffer>>;

/**
 * Writes messages as a file, in pieces; JSON Lines by default. `text` is the exact message text as a JSON string,
 * never as nested JSON; `encoding: "base64"` is the likely encoding. Times are ISO 8601, UTC; `expiresAt` is null in JSON and
 * `never` in CSV for messages that never expire. CSV has the chosen fields in their order; `guarded`, no cell of it is a formula,
 * and a text that would be one is not exact. `rowOf` writes the rows that have a
 * decoded body; without it that is the text as it came.
 */
export async function* exportMessages(
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
  {
    format = 'jsonl',
    fields = EXPORT_FIELDS,
    guarded = false,
    rowOf = writeRow,
  }: { format?: FileFormat; fields?: readonly ExportField[]; guarded?: boolean; rowOf?: RowWriter } = {},
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  const form: RowForm = { format, fields, guarded };
  const write: RowWriter = fields.includes('body') ? rowOf : (message) => writeRow(message, form, isFirst);
  const { head, tail } = edgesOf(form);
  let piece = head;
  let isFirst = true;
  for await (const message of messages) {
    const row = await write(message, form, isFirst);
    isFirst = false;
    if (typeof row === 'string') piece += row;
    if (typeof row === 'string' && piece.length < CHUNK_CHARACTERS) continue;
    if (piece !== '') yield piece;
    piece = '';
    if (typeof row !== 'string') yield row;
  }
  piece += tail;
  if (piece !== '') yield piece;
}

/** Streams pieces of a file as UTF-8, only as fast as they are read, and with a pause after each for what else the page does. */
export function toStream(
  pieces: AsyncGenerator<string | Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) return controller.close();
      controller.enqueue(typeof next.value === 'string' ? utf8.encode(next.value) : next.value);
      await nextTask();
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
