import type { UseQueryResult } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { describeError } from '@/azure/diagnosis/failure-text';
import { UnreachableError } from '@/azure/protocol/errors';
import type { Listed } from '@/messages/message-rows';
import { viewRequestOf } from '@/state/navigation/view-request';
import { Button } from '@/ui/controls/button';
import { Strip, ViewRequest } from '@/ui/feedback/failure';
import { clockTime } from '@/words/times';

/** Says above the rows that the last peek failed. */
export function StaleRows({ peek }: { peek: UseQueryResult<Listed> }) {
  const { error, dataUpdatedAt, refetch, isFetching } = peek;
  if (!error) return null;
  const isUnanswered = error instanceof UnreachableError;
  const { reason, code } = describeError(error);
  return (
    <Strip
      tone="warn"
      icon={<CloudOff />}
      title={`${isUnanswered ? (navigator.onLine ? 'No answer' : 'Offline') : 'Not refreshed'} since ${clockTime(dataUpdatedAt)}`}
      action={
        <>
          <ViewRequest onView={viewRequestOf(error)} />
          <Button size="sm" disabled={isFetching} onClick={() => void refetch()}>
            Retry
          </Button>
        </>
      }
    >
      {isUnanswered ? (
        'The rows below are the last known. Leases keep running on the server.'
      ) : (
        <>
          {reason} <span className="font-mono">{code}</span>
        </>
      )}
    </Strip>
  );
}
