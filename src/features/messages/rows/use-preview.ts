import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import { guessFormat, type Preview } from '@/azure/bodies/preview';
import type { Message } from '@/azure/protocol/model';
import type { OwnSteps } from '@/state/settings/queue-view-settings';
import type { RowReading, Steps } from './row-reading';
import { decodeInBackground, rowView, whenDecoded } from './row-view-cache';

type Known = { guess: Preview; found?: Preview | undefined; steps?: Steps };

const previews = new WeakMap<Message, Known>();

/** Format and one-line preview of a message, of the decoded text where it is known. */
export function previewOf(message: Message, reading: RowReading): Preview {
  const { steps } = reading;
  const known: Known = previews.get(message) ?? { guess: guessFormat(message.text) };
  if (known.steps !== steps) Object.assign(known, { steps, found: undefined });
  if (needsLook(known.guess, steps)) known.found = rowView(message.text, reading)?.preview ?? known.found;
  previews.set(message, known);
  return known.found ?? known.guess;
}

/** Whether the text has to be decoded for its preview. */
const needsLook = (guess: Preview, steps: Steps) => guess.isPacked === true || steps !== undefined;

/** `own`: steps of single messages. */
const ReadingContext = createContext<RowReading & { own?: OwnSteps }>({ paths: [] });

/** Provides to the rows of a queue how they read their bodies. */
export const ViewProvider = ReadingContext.Provider;

/** How the row of a message reads its body. */
export function useReading(id: string): RowReading {
  const view = useContext(ReadingContext);
  return view.own?.has(id) ? { ...view, steps: view.own.get(id), isOwn: true } : view;
}

/** Paths of the body that are columns. */
export const usePaths = () => useContext(ReadingContext).paths;

/** Format and one-line preview of a message in sight, which is decoded for it. */
export function usePreview(message: Message) {
  const reading = useReading(message.id);
  useEffect(() => {
    if (needsLook(previewOf(message, reading), reading.steps)) void decodeInBackground(message.text, reading);
  }, [message, reading]);
  return useSyncExternalStore(whenDecoded, () => previewOf(message, reading));
}
