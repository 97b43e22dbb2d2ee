import { LockKeyhole } from 'lucide-react';
import { openLeases, useLeasesOpen } from '@/state/leases/lease-tray';
import { nowOf } from '@/state/time/connection-clocks';
import { useDeviceNowAs } from '@/ui/browser/use-now';
import { Spoken } from '@/ui/controls/spoken';
import { cx } from '@/ui/format/cx';
import { count } from '@/words/counts';
import { countdown } from '@/words/times';
import { leasesInAll } from './tray-leases';
import { useTrayLeases } from './use-tray-leases';

/** In the status bar, or on the overview: how many messages this browser has leased and when the first lease ends. */
export default function LeasesToggle({ className }: { className: string }) {
  'use no memo';
  const isOpen = useLeasesOpen();
  const { messages, next } = leasesInAll(useTrayLeases());
  const left = useDeviceNowAs(() => next && countdown(next.endsAt - nowOf(next.connectionId)));
  if (messages === 0 && !isOpen) return null;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={() => openLeases(!isOpen)}
      className={cx(className, 'hover:bg-hover aria-expanded:bg-active')}
    >
      <LockKeyhole className="size-3.5 text-leased" />
      <Spoken
        as={`Leases, ${count(messages)} held by this browser${left === undefined ? '' : `, the next ends in ${left}`}`}
      >
        <span>
          <span className="max-line:hidden">Leases</span> <b className="font-semibold text-text">{count(messages)}</b>
        </span>
        {left !== undefined && <span className="font-semibold text-leased max-line:hidden">{left}</span>}
      </Spoken>
    </button>
  );
}
