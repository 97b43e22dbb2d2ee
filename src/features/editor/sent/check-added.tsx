import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account, Draft, Message } from '@/azure/protocol/model';
import { nowOf } from '@/state/time/connection-clocks';
import { Button } from '@/ui/controls/button';
import { counted } from '@/words/counts';
import { clockTime } from '@/words/times';
import { FailureStrip } from '../dialog/failure-strip';

type CheckAddedProps = { account: Account; queue: string; draft: Draft; error: unknown };

/**
 * For a send without an answer: peeks whether the message is there, which changes nothing. It never sends again, since that
 * may add a second one.
 */
export function CheckAdded({ account, queue, draft, error }: CheckAddedProps) {
  // The send failed before this is shown, however late the person checks.
  const [failedAt] = useState(() => nowOf(account.id) + (account.clockSkew() ?? 0));
  const look = useMutation({
    mutationFn: async () =>
      findAdded(await account.peekMessages(queue, { count: MOST_MESSAGES }), draft.text, failedAt),
  });
  return (
    <FailureStrip
      error={error}
      done="added"
      action={
        <Button onClick={() => look.mutate()} disabled={look.isPending}>
          {look.isPending ? 'Checking' : 'Check'}
        </Button>
      }
    >
      {checkText(look, draft)}
    </FailureStrip>
  );
}

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
    ? `Not among the first ${counted(MOST_MESSAGES, 'visible message')}. Its delay would hide it.`
    : `Not among the first ${counted(MOST_MESSAGES, 'visible message')}. In a longer queue it is further back.`;
}
