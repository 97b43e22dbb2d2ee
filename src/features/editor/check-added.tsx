import { useMutation } from '@tanstack/react-query';
import type { Account, Draft } from '@/azure/account';
import { nowOf } from '@/state/clocks';
import { Button } from '@/ui/button';
import { clockTime } from '@/ui/relative-time';
import { FailureStrip } from './failure-strip';

type CheckAddedProps = { account: Account; queue: string; draft: Draft; error: unknown };

/** Dates on the wire have whole seconds, and clocks differ a little. */
const TOLERANCE = 2000;

/**
 * For a send whose answer was lost: looks whether the message is there, by peeking, which changes nothing. Sending again
 * is the person's own decision, since it may make two.
 */
export function CheckAdded({ account, queue, draft, error }: CheckAddedProps) {
  const look = useMutation({
    mutationFn: async (since: number) => {
      const peeked = await account.peekMessages(queue, { count: 32 });
      return peeked.find((message) => message.text === draft.text && message.insertedAt.getTime() >= since);
    },
  });
  const check = () => look.mutate(nowOf(account.id) + (account.clockSkew() ?? 0) - SEARCHED - TOLERANCE);
  return (
    <FailureStrip
      error={error}
      deed="added"
      action={
        <Button onClick={check} disabled={look.isPending}>
          {look.isPending ? 'Checking' : 'Check'}
        </Button>
      }
    >
      {finding()}
    </FailureStrip>
  );

  function finding() {
    if (look.isError) return 'The queue could not be peeked either.';
    if (!look.isSuccess) return 'Sending it again may add it twice. Check peeks at the queue and changes nothing.';
    if (look.data) return `It was added: a message with this text came in at ${clockTime(look.data.insertedAt)}.`;
    if (draft.visibilityDelay) return 'Not among the first 32 visible messages, but it would be hidden for its delay.';
    return 'Not among the first 32 visible messages. In a longer queue it would be further back.';
  }
}

/** How far back a message of that text counts as this one, in milliseconds. */
const SEARCHED = 5 * 60_000;
