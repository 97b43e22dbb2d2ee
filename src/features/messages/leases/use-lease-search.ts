import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { failureToast } from '@/actions/failure-toast';
import type { OpenQueue } from '@/actions/queue-actions';
import type { LeaseSearchResult } from '@/bulk/leasing/lease-by-id';
import { leaseMessages } from '@/queries/lease-messages';
import { usePreference } from '@/state/settings/preferences';
import { searchFor, secondsToWork } from './lease-search';

const NO_PROGRESS = { passed: 0, found: 0 };

type Told = { onFound: (result: LeaseSearchResult, wasCancelled: boolean) => void; onEnd?: () => void };

/** Receives from the front until chosen messages are found, until it is stopped or the component goes. */
export function useLeaseSearch({ account, queue }: Pick<OpenQueue, 'account' | 'queue'>, { onFound, onEnd }: Told) {
  const usual = usePreference('receive').visibilityTimeout;
  const limit = usePreference('leaseLimit');
  const [progress, setProgress] = useState(NO_PROGRESS);
  const control = useRef<AbortController>(undefined);
  useEffect(() => () => control.current?.abort(), []);
  const { isPending, mutate } = useMutation({
    ...leaseMessages(account, queue),
    // Here and not beside `mutate`, whose callbacks are lost when the found lease takes the component off the screen.
    onSuccess: (result, { signal }) => onFound(result, signal?.aborted ?? false),
    onError: (error) => failureToast('Not leased', error),
    onSettled: () => onEnd?.(),
  });
  return {
    limit,
    seconds: secondsToWork(usual),
    isPending,
    progress,
    /** `ahead`: visible messages known to be before the last of them. */
    start: (ids: readonly string[], ahead: number | undefined) => {
      control.current = new AbortController();
      setProgress(NO_PROGRESS);
      const { signal } = control.current;
      mutate({ ...searchFor(ids, { ahead, limit, usual }), signal, onProgress: setProgress });
    },
    stop: () => control.current?.abort(),
  };
}
