import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Message } from '@/azure/protocol/model';
import { decodedText, decodeInBackground, type Steps, whenDecoded } from './decoded-text-cache';
import { needsLook, previewOf } from './message-preview';

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
