/** One of several copies of a message; `copy` counts from 1. */
export type ResentMessage = { id: string; copy: number };

/**
 * Every message so many times, for a job with `addAgain`: messages that were only peeked at will do, as nothing is leased.
 * The copies of one message come one after another.
 */
export function* copiesOf(ids: Iterable<string>, copies: number): Generator<ResentMessage> {
  for (const id of ids) for (let copy = 1; copy <= copies; copy++) yield { id, copy };
}
