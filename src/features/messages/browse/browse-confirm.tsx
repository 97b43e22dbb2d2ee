import { useRef } from 'react';
import type { Environment } from '@/state/connections/environments';
import { Button } from '@/ui/controls/button';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { counted } from '@/ui/format/counts';
import { Dialog } from '@/ui/overlay/dialog';

type BrowseConfirmProps = {
  queue: string;
  environment: Environment | undefined;
  /** Undefined when the account hides its counts. */
  expected: number | undefined;
  onConfirm: () => void;
  onClose: () => void;
};

/** In production Browse all asks once more, with the count: consumers that work there miss what it leases. */
export function BrowseConfirm({ queue, environment, expected, onConfirm, onClose }: BrowseConfirmProps) {
  const keep = useRef<HTMLButtonElement>(null);
  const messages = expected === undefined ? 'every message' : `about ${counted(expected, 'message')}`;
  return (
    <Dialog
      size="sm"
      title={`Browse all of ${queue}?`}
      subtitle={<EnvironmentBadge environment={environment} />}
      initialFocus={keep}
      onClose={onClose}
      footer={
        <>
          <Button ref={keep} size="lg" kbd="Esc" onClick={onClose}>
            Only peek
          </Button>
          <Button size="lg" variant="primary" onClick={onConfirm}>
            Browse all
          </Button>
        </>
      }
    >
      <p className="text-text-2">
        It hides {messages} from the consumers that work there while it runs, and raises{' '}
        {expected === 1 ? 'its dequeue count' : 'their dequeue counts'} by 1.
      </p>
    </Dialog>
  );
}
