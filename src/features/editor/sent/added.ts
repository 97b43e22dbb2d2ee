import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Draft, Message } from '@/azure/protocol/model';
import { clockTime } from '@/ui/format/relative-time';

/** Ms before its request was given up from which a message of that text counts as this one. */
const SEARCHED_MS = 5 * 60_000;
/** Ms: dates on the wire have whole seconds, and clocks differ a little. */
const TOLERANCE_MS = 2000;

/**
 * Returns the message that a send without an answer added, among peeked ones; undefined when it is not there. `failedAt`:
 * epoch ms of the service's clock at which the request was given up.
 */
export const findAdded = (peeked: readonly Message[], text: string, failedAt: number): Message | undefined =>
  peeked.find((one) => one.text === text && one.insertedAt.getTime() >= failedAt - SEARCHED_MS - TOLERANCE_MS);

/** The state of the peek that looks for the message. */
type Lookup = { isError: boolean; isSuccess: boolean; data: Pick<Message, 'insertedAt'> | undefined };

/** Says whether a message whose answer was lost was added, before and after the peek. */
export function checkText({ isError, isSuccess, data }: Lookup, draft: Draft): string {
  if (isError) return 'The queue could not be peeked either.';
  return isSuccess
    ? addedText(data, draft)
    : 'Sending it again may add it twice. Check peeks at the queue and changes nothing.';
}

function addedText(found: Pick<Message, 'insertedAt'> | undefined, draft: Draft): string {
  if (found) return `It was added: a message with this text was inserted at ${clockTime(found.insertedAt)}.`;
  return draft.visibilityDelay
    ? `Not among the first ${MOST_MESSAGES} visible messages. Its delay would hide it.`
    : `Not among the first ${MOST_MESSAGES} visible messages. In a longer queue it is further back.`;
}
