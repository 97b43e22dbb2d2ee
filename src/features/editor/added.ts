import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Draft, Message } from '@/azure/protocol/model';
import { clockTime } from '@/ui/format/relative-time';

/** How long before its answer was given up a message of that text counts as this one, in milliseconds. */
const SEARCHED_MS = 5 * 60_000;
/** Dates on the wire have whole seconds, and clocks differ a little. */
const TOLERANCE_MS = 2000;

/**
 * The message that a send without an answer added, among those that a peek shows. `failedAt`: when its answer was given up,
 * epoch ms by the clock of the service.
 */
export const addedAmong = (peeked: readonly Message[], text: string, failedAt: number): Message | undefined =>
  peeked.find((one) => one.text === text && one.insertedAt.getTime() >= failedAt - SEARCHED_MS - TOLERANCE_MS);

/** A look for the message. */
type Lookup = { isError: boolean; isSuccess: boolean; data: Pick<Message, 'insertedAt'> | undefined };

/** What is known of a message whose answer was lost, before and after it was looked for. */
export function checkText({ isError, isSuccess, data }: Lookup, draft: Draft): string {
  if (isError) return 'The queue could not be peeked either.';
  return isSuccess
    ? addedText(data, draft)
    : 'Sending it again may add it twice. Check peeks at the queue and changes nothing.';
}

/** That it was added, or what it means that it was not seen. */
function addedText(found: Pick<Message, 'insertedAt'> | undefined, draft: Draft): string {
  if (found) return `It was added: a message with this text came in at ${clockTime(found.insertedAt)}.`;
  return draft.visibilityDelay
    ? `Not among the first ${MOST_MESSAGES} visible messages, but it would be hidden for its delay.`
    : `Not among the first ${MOST_MESSAGES} visible messages. In a longer queue it would be further back.`;
}
