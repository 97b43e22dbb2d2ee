import { placeholdersIn, sendQuestion } from '@/bulk/files/unasked';
import type { TextChange } from '@/bulk/work/new-text';
import { parsePath } from '@/search/json-path';
import { applyChange, type ChangeForm } from './apply-change';
import { createReplacer } from './replace-safely';

export const NO_CHANGE: ChangeForm = {
  way: 'replace',
  find: '',
  replacement: '',
  isRegex: false,
  isCaseIgnored: false,
  path: '',
  value: '',
  isDecoded: true,
  mayEmpty: false,
};

/** Why the form makes no change yet; undefined when it does. */
export function changeProblem({ way, find, isRegex, path, value }: ChangeForm): string | undefined {
  if (way === 'value') {
    const parts = parsePath(path);
    if (typeof parts === 'string') return parts;
    if (value.trim() === '') return 'Enter the new value, as JSON.';
    return isJsonValue(value) ? undefined : 'The new value is not JSON. A text has to be in quotes.';
  }
  if (find === '') return 'Enter the text to find.';
  if (!isRegex) return undefined;
  try {
    // Only its error is of interest.
    RegExp(find, 'u').test('');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a person is asked before texts are changed: whether placeholders of a template are meant as written. */
export const changeQuestion = ({ way, value, replacement }: ChangeForm): string | undefined =>
  sendQuestion({ empty: 0, placeholders: placeholdersIn(way === 'value' ? value : replacement) }, 1);

function isJsonValue(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** The change as a function of a text; `close` ends the worker that it may use. */
export const toChange = (form: ChangeForm): { change: TextChange; close: () => void } =>
  applyChange(form, createReplacer);
