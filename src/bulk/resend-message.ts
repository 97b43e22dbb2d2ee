import type { Message } from '@/azure/account';

/** One of several copies of a message; `copy` counts from 1. */
export type ResentMessage = Pick<Message, 'id' | 'text' | 'expiresAt'> & { copy: number };

/**
 * Every message so many times, for a job with `addAgain`: peeked messages will do, as nothing is leased. The copies of
 * one message come one after another.
 */
export function* copiesOf(
  messages: Iterable<Pick<Message, 'id' | 'text' | 'expiresAt'>>,
  copies: number,
): Generator<ResentMessage> {
  for (const { id, text, expiresAt } of messages) {
    for (let copy = 1; copy <= copies; copy++) yield { id, text, expiresAt, copy };
  }
}
