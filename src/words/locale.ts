/** How times of day are written: as the person's locale has them, or always in 24 or in 12 hours. */
export type HourClock = 'locale' | '24' | '12';

/**
 * What numbers, dates and times are written by. Texts are English, so digits are Latin ones and years those of Gregory in every
 * locale: docs/decisions/interface-and-bundle.md#numbers-and-dates-are-the-persons-words-are-english
 */
export type Locale = { tags: readonly string[]; clock: HourClock };

/** Node has no page, and what the server prints is in British English. */
const preferredTags = (): readonly string[] =>
  typeof location === 'undefined' ? ['en-GB'] : navigator.languages.filter(isTag);

/** A browser that takes its language from the system may name one that is no tag, such as `en-US@posix`. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

let current: Locale | undefined;
const listeners = new Set<() => void>();

export const currentLocale = (): Locale => (current ??= { tags: preferredTags(), clock: 'locale' });

/** Writes times by another clock, or everything by other locales; what is left out is taken from the browser anew. */
export function setLocale({ clock = currentLocale().clock, tags = preferredTags() }: Partial<Locale>): void {
  if (clock === currentLocale().clock && String(tags) === String(currentLocale().tags)) return;
  current = { tags, clock };
  for (const changed of listeners) changed();
}

/** Calls `changed` after every change of the locale; returns a function that ends that. */
export function whenLocaleChanges(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** A value that is made at its first use, and again after a change of the locale. */
export function byLocale<T>(make: (locale: Locale) => T): () => T {
  let made: { by: Locale; value: T } | undefined;
  return () => {
    const by = currentLocale();
    if (made?.by !== by) made = { by, value: make(by) };
    return made.value;
  };
}
