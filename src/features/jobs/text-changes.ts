import { decodeBase64ToText, encodeBase64, guessBase64 } from '@/azure/bodies/base64';
import type { NewText, TextChange } from '@/bulk/work/change-text';
import { parsePath } from '@/search/json-path';
import { replaceAt } from './replace-at';
import { createReplacer } from './replace-safely';

/** What a person wants changed, as it stands in the form. */
export type ChangeForm = {
  way: 'replace' | 'value';
  find: string;
  replacement: string;
  isRegex: boolean;
  isCaseIgnored: boolean;
  path: string;
  value: string;
  /** Texts in Base64 are changed inside, and are Base64 again. */
  isInside: boolean;
};

export const NO_CHANGE: ChangeForm = {
  way: 'replace',
  find: '',
  replacement: '',
  isRegex: false,
  isCaseIgnored: false,
  path: '',
  value: '',
  isInside: true,
};

/** Why a form makes no change yet. */
export function changeProblem({ way, find, isRegex, path, value }: ChangeForm): string | undefined {
  if (way === 'value') {
    const parts = parsePath(path);
    if (typeof parts === 'string') return parts;
    if (value.trim() === '') return 'Write the new value, as JSON.';
    return isJsonValue(value) ? undefined : 'The new value is not JSON. A text has to be in quotes.';
  }
  if (find === '') return 'Write what is to be found.';
  if (!isRegex) return undefined;
  try {
    // Made only to hear what is wrong with it.
    RegExp(find, 'u').test('');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isJsonValue(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** The change as a function of a text. `close` ends what it needs. */
export function toChange(form: ChangeForm): { change: TextChange; close: () => void } {
  const { change, close } = onPlain(form);
  if (!form.isInside) return { change, close };
  return {
    async change(text) {
      const inside = guessBase64(text) && decodeBase64ToText(text);
      if (inside === undefined) return change(text);
      const changed = await change(inside);
      return 'text' in changed ? { text: changed.text === inside ? text : encodeBase64(changed.text) } : changed;
    },
    close,
  };
}

const nothing = () => {};

function onPlain({ way, find, replacement, isRegex, isCaseIgnored, path, value }: ChangeForm) {
  if (way === 'value') {
    const parts = parsePath(path);
    const change = (text: string): NewText =>
      typeof parts === 'string' ? { refused: parts } : replaceAt(text, parts, value.trim());
    return { change, close: nothing };
  }
  if (!isRegex && !isCaseIgnored) {
    return { change: (text: string): NewText => ({ text: text.replaceAll(find, () => replacement) }), close: nothing };
  }
  const pattern = isRegex ? find : find.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  const replacer = createReplacer(
    pattern,
    isCaseIgnored ? 'gui' : 'gu',
    isRegex ? replacement : replacement.replaceAll('$', '$$$$'),
  );
  return { change: replacer.replace, close: replacer.close };
}
