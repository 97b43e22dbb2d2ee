import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { guessFormat, type Preview } from '@/azure/bodies/preview';
import type { Message } from '@/azure/protocol/model';
import { decodedText, decodeInBackground, type Steps, whenDecoded } from './decoded-text-cache';

type Known = { guess: Preview; found?: Preview | undefined; steps?: Steps };

const previews = new WeakMap<Message, Known>();

/** Format and one-line preview of a message, of the decoded text where it is known. */
export function previewOf(message: Message, steps?: Steps): Preview {
  const known: Known = previews.get(message) ?? { guess: guessFormat(message.text) };
  if (known.steps !== steps) Object.assign(known, { steps, found: undefined });
  if (needsLook(known.guess, steps)) known.found = decodedText(message.text, steps)?.preview ?? known.found;
  previews.set(message, known);
  return known.found ?? known.guess;
}

/** Whether the text has to be decoded for its preview. */
const needsLook = (guess: Preview, steps: Steps) => guess.isPacked === true || steps !== undefined;

type View = { steps?: Steps; paths: readonly string[] };

const ViewContext = createContext<View>({ paths: [] });

/** Provides the view settings of the queue to its rows. */
export const ViewProvider = ViewContext.Provider;

/** Paths of the body that are columns. */
export const usePaths = () => useContext(ViewContext).paths;

/** Format and one-line preview of a message in sight, which is decoded for it. */
export function usePreview(message: Message) {
  const { steps } = useContext(ViewContext);
  useEffect(() => {
    if (needsLook(previewOf(message, steps), steps)) void decodeInBackground(message.text, steps);
  }, [message, steps]);
  return useSyncExternalStore(whenDecoded, () => previewOf(message, steps));
}

/** The decoded text of a message in sight; undefined while it is being decoded. */
export function useBodyText({ text }: Message): string | undefined {
  const { steps } = useContext(ViewContext);
  // Plain JSON needs no decoding.
  const isPlain = steps === undefined && /^\s*[{[]/.test(text);
  useEffect(() => {
    if (!isPlain) void decodeInBackground(text, steps);
  }, [text, steps, isPlain]);
  return useSyncExternalStore(whenDecoded, () => (isPlain ? text : decodedText(text, steps)?.text));
}
