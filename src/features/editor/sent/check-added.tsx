import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import type { Account, Draft } from '@/azure/protocol/model';
import { nowOf } from '@/state/time/connection-clocks';
import { Button } from '@/ui/controls/button';
import { FailureStrip } from '../dialog/failure-strip';
import { checkText, findAdded } from './added';

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
