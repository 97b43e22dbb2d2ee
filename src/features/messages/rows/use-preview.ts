import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { guessFormat, type Preview } from '@/azure/bodies/decode-body';
import type { Message } from '@/azure/protocol/model';
import { decodedText, decodeInBackground, type Steps, whenDecoded } from './decoded-text-cache';

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
const needsLook = (guess: Preview, steps: Steps) => guess.isPacked === true || steps !== undefined;

type View = { steps?: Steps; paths: readonly string[] };

const ViewContext = createContext<View>({ paths: [] });

/** Tells the rows below it how their queue is looked at. */
export const ViewProvider = ViewContext.Provider;

/** Paths of the body that are columns. */
export const usePaths = () => useContext(ViewContext).paths;

/** Format and one-line preview of a message in sight; what is packed is unpacked for it. */
export function usePreview(message: Message) {
  const { steps } = useContext(ViewContext);
  useEffect(() => {
    if (needsLook(previewOf(message, steps), steps)) void decodeInBackground(message.text, steps);
  }, [message, steps]);
  return useSyncExternalStore(whenDecoded, () => previewOf(message, steps));
}

/** What the text of a message in sight means; undefined while it is being decoded. */
export function useBodyText({ text }: Message): string | undefined {
  const { steps } = useContext(ViewContext);
  // JSON as it came needs no look.
  const isPlain = steps === undefined && /^\s*[{[]/.test(text);
  useEffect(() => {
    if (!isPlain) void decodeInBackground(text, steps);
  }, [text, steps, isPlain]);
  return useSyncExternalStore(whenDecoded, () => (isPlain ? text : decodedText(text, steps)?.text));
}
