import { curl } from './curl';
import { javascript } from './javascript';
import type { Language } from './language';
import type { Operation } from './operation';
import { python } from './python';
import { reachable, type Where } from './where';

/** The languages of samples, in the order in which they are offered. */
export const LANGUAGES = [
  { value: 'curl', label: 'curl', parts: curl },
  { value: 'python', label: 'Python', parts: python },
  { value: 'javascript', label: 'JavaScript', parts: javascript },
] as const satisfies readonly { value: string; label: string; parts: Language }[];

export type LanguageName = (typeof LANGUAGES)[number]['value'];

/** The parts of a language. */
export const languageOf = (name: LanguageName): Language =>
  LANGUAGES.find(({ value }) => value === name)?.parts ?? curl;

/**
 * A program that does the same as the page with this operation at this account. It holds no credential: that is read from the
 * environment, and a comment says what it must be. Its lines end in `\n`, the last one in nothing.
 */
export function sampleOf(language: LanguageName, operation: Operation, where: Where): string {
  const parts = languageOf(language);
  const at = reachable(where);
  const opening = parts.opening(parts.needsOf(operation, at));
  const call = parts.call(operation, at);
  const isShell = parts.quoted === curl.quoted;
  return [...opening, ...(opening.length > 0 && !isShell ? [''] : []), ...call].join('\n');
}
