import type { Environment } from '@/state/connections/environments';

export type Choice = {
  kind: 'command' | 'queue' | 'connection';
  /** Unique among all choices. */
  id: string;
  title: string;
  hint: string;
  /** True for what cannot be done now; `hint` says why. */
  isOff?: boolean;
  environment?: Environment | undefined;
  keys?: string | undefined;
  run: () => void;
};

/** Most choices shown: a longer list is narrowed by typing. */
export const MOST_CHOICES = 50;

/**
 * The choices that have every typed word in their title, best first: those that begin with the text, then those with a
 * word that does, then the rest; the given order decides among equals.
 */
export function findChoices(choices: readonly Choice[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  return choices
    .map((choice) => ({ choice, title: choice.title.toLowerCase() }))
    .filter(({ title }) => words.every((word) => title.includes(word)))
    .map(({ choice, title }) => ({ choice, rank: rank(title, wanted) }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, MOST_CHOICES)
    .map(({ choice }) => choice);
}

function rank(title: string, wanted: string) {
  if (title.startsWith(wanted)) return 0;
  return title.split(/[\s-]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
}
