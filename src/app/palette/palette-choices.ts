import type { Environment } from '@/state/connections/environments';

/** Kinds of choices, in the order in which they stand where nothing is typed. */
export const KINDS = ['command', 'queue', 'connection', 'lesson', 'setting'] as const;
export type Kind = (typeof KINDS)[number];

export type Choice = {
  kind: Kind;
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

/** Choices of one kind, best first, and how many more there are. */
export type Found = { kind: Kind; items: Choice[]; more: number };

/** Most choices of a kind that are shown: a longer list is narrowed by typing. */
export const MOST_OF_A_KIND = 30;

/** Commands are as many as the page has actions, and each is there to be found by whoever does not know its name. */
const mostOf = (kind: Kind) => (kind === 'command' ? Infinity : MOST_OF_A_KIND);

/**
 * The choices that have every typed word in their title, by kind. Best first: those that begin with the text, then those with a
 * word that does, then the rest; among equals those that can be done now, then the given order. The kind with the best choice
 * comes first.
 */
export function findChoices(choices: readonly Choice[], text: string): Found[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const ranked = choices
    .map((choice) => ({ choice, title: choice.title.toLowerCase() }))
    .filter(({ title }) => words.every((word) => title.includes(word)))
    .map(({ choice, title }) => ({ choice, rank: rank(title, wanted) + (choice.isOff ? 0.5 : 0) }))
    .toSorted((one, other) => one.rank - other.rank);
  return KINDS.map((kind) => {
    const all = ranked.filter(({ choice }) => choice.kind === kind);
    return {
      kind,
      best: all[0]?.rank ?? Infinity,
      items: all.slice(0, mostOf(kind)).map(({ choice }) => choice),
      more: Math.max(0, all.length - mostOf(kind)),
    };
  })
    .filter(({ items }) => items.length > 0)
    .toSorted((one, other) => one.best - other.best)
    .map(({ kind, items, more }) => ({ kind, items, more }));
}

function rank(title: string, wanted: string) {
  if (title.startsWith(wanted)) return 0;
  return title.split(/[\s-]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
}
