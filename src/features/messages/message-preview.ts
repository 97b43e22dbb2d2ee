import type { Message } from '@/azure/account';
import { guessFormat } from '@/azure/body';

type Guess = ReturnType<typeof guessFormat>;
const guesses = new WeakMap<Message, Guess>();

/** Format and one-line preview of a message, worked out once. */
export function previewOf(message: Message): Guess {
  const known = guesses.get(message);
  if (known) return known;
  const guess = guessFormat(message.text);
  guesses.set(message, guess);
  return guess;
}
