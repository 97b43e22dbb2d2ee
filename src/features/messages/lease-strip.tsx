import { ChevronDown, LockKeyhole } from 'lucide-react';
import type { MessageRow } from '@/messages/message-rows';
import { type Lease, leaseRemaining } from '@/state/leases';
import { useWhyNot } from '@/state/rights';
import { Button, IconButton } from '@/ui/button';
import { Menu } from '@/ui/menu';
import { clockTime } from '@/ui/relative-time';
import { Ring } from '@/ui/ring';
import { spokenSpan, spokenTime } from '@/ui/time-span';
import { useNow } from '@/ui/use-now';
import { EXTENSIONS } from './extensions';
import { extendLeased, type LeaseDesk, releaseLeased } from './lease-actions';
import { LeaseIt } from './lease-it';
import { whyTaken } from './taken';

const SOON = 10_000;

type LeaseStripProps = { desk: LeaseDesk; row: MessageRow; lost: Lease | undefined };

/** Who holds the message and until when; it stands above the actions because it decides what they may do. */
export function LeaseStrip({ desk, row, lost }: LeaseStripProps) {
  const taken = whyTaken(row);
  if (taken !== undefined) return <Taken row={row} reason={taken} />;
  if (!row.lease) return <LeaseIt desk={desk} id={row.id} ahead={row.ahead} lost={lost} />;
  if (row.lease.state === 'unknown') return <UnknownLease lease={row.lease} />;
  return <HeldLease desk={desk} lease={row.lease} />;
}

function HeldLease({ desk, lease }: { desk: LeaseDesk; lease: Lease }) {
  const left = leaseRemaining(lease, useNow());
  const seconds = Math.ceil(left / 1000);
  const refused = useWhyNot(desk.account.id, desk.queue)('extend');
  const extend = (by: number) => void extendLeased(desk, [lease.id], by);
  return (
    <div className="flex flex-wrap items-center gap-1 bg-leased-tint py-2 pr-3 pl-4">
      <Ring
        value={left / (lease.total * 1000)}
        tone={left <= SOON ? 'warn' : 'leased'}
        size={32}
        className="mr-0.5 flex-none"
      >
        {short(seconds)}
      </Ring>
      <div role="timer" aria-label={`Lease, ${spokenTime(seconds)} left`} className="min-w-0 flex-1 leading-4">
        <b className="block font-semibold whitespace-nowrap">Leased by you</b>
        <span className="text-12 whitespace-nowrap text-text-2">until {clockTime(lease.endsAt)}</span>
      </div>
      <div className="flex">
        <Button
          kbd="X"
          disabled={refused !== undefined}
          title={refused ?? `Hold the lease for ${spokenSpan(lease.total)} from now`}
          className="rounded-r-none max-desk:h-11!"
          onClick={() => extend(lease.total)}
        >
          Extend
        </Button>
        <Menu
          trigger={
            <IconButton
              variant="default"
              label="Choose how long to extend"
              icon={<ChevronDown className="size-3.5" />}
              className="-ml-px w-6! rounded-l-none max-desk:h-11! max-desk:w-9!"
            />
          }
          items={EXTENSIONS.map((length) => ({
            label: `For ${spokenSpan(length)} from now`,
            reason: refused,
            onSelect: () => extend(length),
          }))}
        />
      </div>
      <Button
        kbd="U"
        disabled={refused !== undefined}
        title={refused ?? 'Make it visible to every consumer now'}
        className="max-desk:h-11!"
        onClick={() => void releaseLeased(desk, [lease.id])}
      >
        Release lease
      </Button>
    </div>
  );
}

/** A job, a browse or another tab has it: nothing is to be done with it here until that is over. */
function Taken({ row: { claim }, reason }: { row: MessageRow; reason: string }) {
  return (
    <div className="bg-leased-tint py-2 pr-3 pl-4">
      <b className="block font-semibold">{claim ? `Held by ${claim.name}` : 'Leased in another tab'}</b>
      <span className="text-12 text-text-2">
        {claim?.kind === 'browse'
          ? 'Hidden from every consumer until the browse returns it, or its lease ends.'
          : claim
            ? `${reason} Edit, extend, release and delete wait until it is done with it.`
            : reason}
      </span>
    </div>
  );
}

function UnknownLease({ lease }: { lease: Lease }) {
  return (
    <div className="flex items-start gap-2 bg-warn-tint py-2 pr-3 pl-4">
      <LockKeyhole className="mt-0.5 flex-none text-warn" />
      <div>
        <b className="block font-semibold">
          Leased by you until {clockTime(lease.endsAt)},{' '}
          {lease.because === 'hiddenReceipt' ? 'receipt hidden' : 'answer lost'}
        </b>
        <span className="text-12 text-text-2">
          {lease.because === 'hiddenReceipt'
            ? "The account's CORS rules hide x-ms-popreceipt from this page, so this lease cannot be used, extended or released. The message becomes visible by itself."
            : 'The answer to a change of it was lost, and the receipt that works now with it: most likely the change was made. The message becomes visible by itself.'}
        </span>
      </div>
    </div>
  );
}

/** Fits in a ring: `21`, `5m`, `2h`, `6d`. */
function short(seconds: number) {
  if (seconds < 100) return seconds;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
