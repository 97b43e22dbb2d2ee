import { readableText } from '@/azure/bodies/base64';
import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import { exact, exactly } from '@/words/counts';
import { isolated } from '@/words/isolate';
import type { FormBody } from '../form/message-form';

/** Bytes of a file that is read at all, far more than any message holds. */
const MAX_BYTES = 16 * MAX_TEXT_BYTES;

/**
 * Reads a file as a body: text when it is UTF-8 without control characters, else its bytes.
 * @throws RangeError for a file far larger than any message.
 */
export async function bodyOfFile(file: File): Promise<FormBody> {
  if (file.size > MAX_BYTES)
    throw new RangeError(
      `${isolated(file.name)} has ${exactly(file.size, 'byte')}. A message holds at most ${exact(MAX_TEXT_BYTES)}.`,
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = readableText(bytes);
  return text === undefined ? { kind: 'file', name: file.name, bytes } : { kind: 'text', text };
}

/** Lets the person choose a file; undefined when they chose none. */
export function chooseFile(): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
