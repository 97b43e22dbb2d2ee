/** So many of one message at most: more is for an import. */
export const MOST_COPIES = 100_000;
