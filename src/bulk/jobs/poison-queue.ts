const SUFFIX = '-poison';

/** The queue that a poison queue belongs to, by the naming of Azure Functions and WebJobs; undefined for other names. */
export const poisonParent = (queue: string): string | undefined =>
  queue.endsWith(SUFFIX) && queue.length > SUFFIX.length ? queue.slice(0, -SUFFIX.length) : undefined;
