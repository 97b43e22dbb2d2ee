import { textInBase64 } from '@/azure/bodies/layers/base64-form';
import type { NewText, TextChange } from '@/bulk/work/new-text';
import { parsePath } from '@/search/json-path';
import { replaceAt } from './replace-at';

/** A change of texts as it stands in the form. */
export type ChangeForm = {
  way: 'replace' | 'value';
  find: string;
  replacement: string;
  isRegex: boolean;
  isCaseIgnored: boolean;
  path: string;
  value: string;
  /** Base64 texts are decoded, changed and encoded again. */
  isDecoded: boolean;
  /** Texts may become empty. */
  mayEmpty: boolean;
};

/** Replaces by a regular expression, one text after another. */
export type Replacer = { replace: (text: string) => NewText | Promise<NewText>; close: () => void };
type CreateReplacer = (pattern: string, flags: string, replacement: string) => Replacer;

/**
 * The change as a function of a text; `close` ends what it may use. `createReplacer` makes what replaces by a regular expression.
 */
export function applyChange(
  form: ChangeForm,
  createReplacer: CreateReplacer,
): { change: TextChange; close: () => void } {
  const { change: plain, close } = plainChange(form, createReplacer);
  const change: TextChange = async (text) => {
    const next = await plain(text);
    return !form.mayEmpty && 'text' in next && next.text === '' && text !== '' ? { refused: EMPTIED } : next;
  };
  if (!form.isDecoded) return { change, close };
  return {
    async change(text) {
      const decoded = textInBase64(text);
      if (decoded === undefined) return change(text);
      const { inner, write } = decoded;
      const changed = await change(inner);
      return 'text' in changed ? { text: changed.text === inner ? text : write(changed.text) } : changed;
    },
    close,
  };
}

const EMPTIED = 'The text would be empty. Allow empty texts to change it all the same.';

const nothing = () => {};

function plainChange(
  { way, find, replacement, isRegex, isCaseIgnored, path, value }: ChangeForm,
  createReplacer: CreateReplacer,
) {
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
