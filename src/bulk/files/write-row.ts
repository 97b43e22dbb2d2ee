import { guessBase64 } from '@/azure/bodies/base64';
import { textInBase64 } from '@/azure/bodies/layers/base64-form';
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

/** How the rows of a file are written. `guarded`: no cell of CSV is a formula. */
export type RowForm = { format: FileFormat; fields: readonly ExportField[]; guarded: boolean };

type Value = string | number | null | undefined;

/** What stands before the rows, and after them. */
export function edgesOf({ format, fields }: RowForm): { head: string; tail: string } {
  if (format === 'json') return { head: '[', tail: '\n]\n' };
  return { head: format === 'csv' ? csvRow(fields) : '', tail: '' };
}

/** Writes a message as a row of a file; the first row of a JSON array has no comma before it. `body`: the decoded body. */
export function writeRow(message: ExportedMessage, form: RowForm, isFirst: boolean, body = message.text): string {
  const { format, fields, guarded } = form;
  const values: Value[] = [];
  for (const field of fields) values.push(field === 'body' ? body : valueOf(message, field));
  if (format === 'csv') {
    const cells = values.map((value) => (value === null ? 'never' : String(value ?? '')));
    return csvRow(guarded ? cells.map(guardedCell) : cells);
  }
  const object = JSON.stringify(Object.fromEntries(fields.map((field, index) => [field, values[index]])));
  return format === 'jsonl' ? `${object}\n` : `${isFirst ? '' : ','}\n${object}`;
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
      return guessBase64(message.text) || textInBase64(message.text) ? 'base64' : undefined;
    case 'id':
    case 'dequeueCount':
    case 'text':
      return message[field];
  }
}
