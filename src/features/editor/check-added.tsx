import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account, Draft } from '@/azure/protocol/model';
import { nowOf } from '@/state/time/connection-clocks';
import { Button } from '@/ui/controls/button';
import { addedAmong, checkText } from './added';
import { FailureStrip } from './failure-strip';

type CheckAddedProps = { account: Account; queue: string; draft: Draft; error: unknown };

/**
 * For a send whose answer was lost: looks whether the message is there, by peeking, which changes nothing. Sending again
 * is the person's own decision, since it may make two.
 */
export function CheckAdded({ account, queue, draft, error }: CheckAddedProps) {
  // However late it is looked for, it was sent before this was shown.
  const [failedAt] = useState(() => nowOf(account.id) + (account.clockSkew() ?? 0));
  const look = useMutation({
    mutationFn: async () =>
      addedAmong(await account.peekMessages(queue, { count: MOST_MESSAGES }), draft.text, failedAt),
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
