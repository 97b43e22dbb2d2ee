import { guessBase64 } from '@/azure/bodies/base64';
import { decodeBody } from '@/azure/bodies/decode-body';
import type { Message } from '@/azure/protocol/model';
import { csvRow, guardedCell } from './csv';
import type { FileFormat } from './file-format';

/** A message with the time at which it becomes visible, where known. */
export type ExportedMessage = Message & { nextVisible?: Date };

/** Fields that an exact import needs, and more facts. */
export const EXPORT_FIELDS = [
  'id',
  'insertedAt',
  'expiresAt',
  'nextVisible',
  'dequeueCount',
  'encoding',
  'text',
] as const;

/** `body` is the text without Base64 and compression; importing it does not restore the message exactly. */
export type ExportField = (typeof EXPORT_FIELDS)[number] | 'body';

/** Buffered before they are yielded. */
const CHUNK_CHARACTERS = 65_536;

type Rows = { head: string; row: (values: readonly Value[], isFirst: boolean) => string; tail: string };
type Value = string | number | null | undefined;

/**
 * Writes messages as a file, in pieces of text; JSON Lines by default. `text` is the exact message text as a JSON string,
 * never as nested JSON; `encoding: "base64"` is the likely encoding. Times are ISO 8601, UTC; `expiresAt` is null in JSON and
 * `never` in CSV for messages that never expire. CSV has the chosen fields in their order; `guarded`, no cell of it is a formula,
 * and a text that would be one is not exact.
 */
export async function* exportMessages(
  messages: AsyncIterable<ExportedMessage> | Iterable<ExportedMessage>,
  {
    format = 'jsonl',
    fields = EXPORT_FIELDS,
    guarded = false,
  }: { format?: FileFormat; fields?: readonly ExportField[]; guarded?: boolean } = {},
): AsyncGenerator<string> {
  const { head, row, tail } = writerOf(format, fields, guarded ? guardedCell : (text) => text);
  let piece = head;
  let isFirst = true;
  for await (const message of messages) {
    const values: Value[] = [];
    for (const field of fields) values.push(field === 'body' ? await bodyOf(message.text) : valueOf(message, field));
    piece += row(values, isFirst);
    isFirst = false;
    if (piece.length < CHUNK_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  piece += tail;
  if (piece !== '') yield piece;
}

function writerOf(format: FileFormat, fields: readonly ExportField[], cell: (text: string) => string): Rows {
  const object = (values: readonly Value[]) =>
    JSON.stringify(Object.fromEntries(fields.map((field, index) => [field, values[index]])));
  switch (format) {
    case 'jsonl':
      return { head: '', row: (values) => `${object(values)}\n`, tail: '' };
    case 'json':
      return { head: '[', row: (values, isFirst) => `${isFirst ? '' : ','}\n${object(values)}`, tail: '\n]\n' };
    case 'csv':
      return {
        head: csvRow(fields),
        row: (values) => csvRow(values.map((value) => (value === null ? 'never' : cell(String(value ?? ''))))),
        tail: '',
      };
  }
}

function valueOf(message: ExportedMessage, field: Exclude<ExportField, 'body'>): Value {
  switch (field) {
    case 'insertedAt':
      return message.insertedAt.toISOString();
    case 'expiresAt':
      return message.expiresAt?.toISOString() ?? null;
    case 'nextVisible':
      return message.nextVisible?.toISOString();
    case 'encoding':
      return guessBase64(message.text) ? 'base64' : undefined;
    case 'id':
    case 'dequeueCount':
    case 'text':
      return message[field];
  }
}

async function bodyOf(text: string): Promise<string> {
  const { stages } = await decodeBody(text);
  return stages.at(-1)?.text ?? text;
}

/** Streams pieces of text as UTF-8, only as fast as they are read. */
export function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(utf8.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
