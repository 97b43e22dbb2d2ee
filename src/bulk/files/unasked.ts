import { exact, plural } from '@/words/counts';

/** Braces of a template with something between them; shorter than a line, so that no text of braces is one. */
const BRACES = /\{\{[^{}\n]{1,60}\}\}/g;
/** Placeholders that are named. */
const MOST_NAMED = 3;

/** The placeholders of a template that stand in a text as they were written, each once, at most three. */
export function placeholdersIn(text: string): string[] {
  const found = new Set<string>();
  for (const [written] of text.matchAll(BRACES)) {
    if (/^\{\{\s*\}\}$/.test(written)) continue;
    found.add(written);
    if (found.size === MOST_NAMED) break;
  }
  return [...found];
}

/**
 * The question to a person before texts are sent that are most likely sent by mistake: `empty` of them are empty, and
 * `placeholders` stand in others as they were written. Undefined when there is nothing to ask. `all`: how many texts there are.
 */
export function sendQuestion(
  { empty, placeholders }: { empty: number; placeholders: readonly string[] },
  all: number,
): string | undefined {
  const parts = [
    empty > 0 &&
      (all === 1 ? 'The text is empty.' : `${exact(empty)} of the texts ${plural(empty, 'is', 'are')} empty.`),
    placeholders.length > 0 &&
      `${placeholders.join(', ')} ${plural(placeholders.length, 'is', 'are')} sent as written: nothing fills ${plural(placeholders.length, 'it', 'them')} in here.`,
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(' ') : undefined;
}
