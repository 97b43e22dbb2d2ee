import type { ReactNode } from 'react';
import type { LabEvent } from '@/lab/film/lab-event';
import { WATCHER } from '@/lab/film/world';
import { Dialog } from '@/ui/overlay/dialog';
import { counted } from '@/words/counts';
import type { NameOf } from '../text/event-text';
import { actorName } from '../text/names';
import { RequestLine } from './request-line';

/** Requests that are listed, the latest first. */
const MOST = 200;

type RequestsProps = { events: readonly LabEvent[]; count: number; nameOf: NameOf; onClose: () => void };

/** Every request of the run up to now, whoever sent it; those of the checks have no cost and are not among them. */
export function Requests({ events, count, nameOf, onClose }: RequestsProps) {
  const served = events.filter((event) => event.what === 'served').filter(({ actor }) => actor !== WATCHER);
  return (
    <Dialog title="Requests of the run" onClose={onClose} size="lg" textOnly>
      <div className="lab">
        <p className="mb-3 text-12 text-text-2">
          {counted(count, 'request')} up to now{served.length > MOST ? `, the last ${MOST} are here` : ''}. The latest
          is the first.
        </p>
        {served.length === 0 && <p className="text-text-3">Nobody has sent a request yet.</p>}
        <ol className="wl2">
          {served
            .slice(-MOST)
            .toReversed()
            .map((one) => (
              <RequestLine key={one.call} served={one} who={actorName(one.actor)} nameOf={nameOf} />
            ))}
        </ol>
      </div>
    </Dialog>
  );
}

/** Code and requests, where there is no room for them beside the scene. */
export const CodeDialog = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <Dialog title="Code and requests" onClose={onClose} size="lg">
    <div className="lab cd cd--d">{children}</div>
  </Dialog>
);
