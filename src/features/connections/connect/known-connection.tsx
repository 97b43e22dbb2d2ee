import { CircleHelp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { accountAndQueue, secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';

type KnownConnectionProps = { before: StoredConnection; onAnswer: (how: 'replace' | 'beside') => void };

/** Asks what becomes of a connection to the same account or queue that this page has already. */
export function KnownConnection({ before, onAnswer }: KnownConnectionProps) {
  const beside = useRef<HTMLButtonElement>(null);
  useEffect(() => beside.current?.focus(), []);
  return (
    <Strip
      role="alert"
      tone="warn"
      icon={<CircleHelp />}
      title={`${accountAndQueue(before)} is connected already, with another credential: its ${secretText(before)}`}
      className="flex-wrap rounded-8"
      action={
        <>
          <Button ref={beside} onClick={() => onAnswer('beside')}>
            Add beside it
          </Button>
          <Button onClick={() => onAnswer('replace')}>Replace its {secretText(before)}</Button>
        </>
      }
    >
      Replacing it cannot be undone here: the credential that it has now is forgotten.
    </Strip>
  );
}
