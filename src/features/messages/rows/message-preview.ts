import { guessFormat, type Preview } from '@/azure/bodies/decode-body';
import type { Message } from '@/azure/protocol/model';
import { decodedText, type Steps } from './decoded-text-cache';

type Known = { guess: Preview; found?: Preview | undefined; steps?: Steps };

const previews = new WeakMap<Message, Known>();

/** Format and one-line preview of a message: of what is inside when it was decoded once. */
export function previewOf(message: Message, steps?: Steps): Preview {
  const known: Known = previews.get(message) ?? { guess: guessFormat(message.text) };
  if (known.steps !== steps) Object.assign(known, { steps, found: undefined });
  if (needsLook(known.guess, steps)) known.found = decodedText(message.text, steps)?.preview ?? known.found;
  previews.set(message, known);
  return known.found ?? known.guess;
}

/** Whether a glance is not enough to tell what a text means. */
export const needsLook = (guess: Preview, steps: Steps) => guess.isPacked === true || steps !== undefined;
