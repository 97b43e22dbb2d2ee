import { ChevronDown, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import type { MessageRow } from '@/messages/message-rows';
import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { useDenialReason } from '@/state/permissions/permissions';
import { useNow } from '@/ui/browser/use-now';
import { Button, IconButton } from '@/ui/controls/button';
import { Ring } from '@/ui/feedback/ring';
import { clockTime } from '@/ui/format/relative-time';
import { spokenSpan, spokenTime } from '@/ui/format/time-span';
import { Menu } from '@/ui/overlay/menu';
import { lowerArticle, whyTaken } from '../rows/taken';
import type { MessageWork } from '../selection/use-message-selection';
import { EXTENSIONS } from '../shared/extension-lengths';
import { LeaseIt } from './lease-one';
import { useHiddenUntil } from './use-hidden-until';

const SOON_MS = 10_000;

type LeaseStripProps = {
  work: MessageWork;
  row: MessageRow;
  lost: Lease | undefined;
};

/** Who holds the message and until when; it stands above the actions because it decides what they may do. */
export function LeaseStrip({ work, row, lost }: LeaseStripProps) {
  const { context } = work;
  // It has the message itself while it looks, and goes on.
  const [isSearching, setIsSearching] = useState(false);
  const hiddenUntil = useHiddenUntil(context, row.id);
  const who = whoHas(row, { isSearching, hiddenUntil });
  if (who === 'other') return <Taken row={row} reason={whyTaken(row) ?? ''} />;
  if (who === 'hidden') return <Hidden until={hiddenUntil ?? 0} />;
  if (!row.lease)
    return <LeaseIt context={context} id={row.id} ahead={row.ahead} lost={lost} onSearching={setIsSearching} />;
  if (who === 'unknown') return <UnknownLease lease={row.lease} />;
  return <HeldLease work={work} lease={row.lease} />;
}

type Holding = {
  /** This strip itself looks for the message. */
  isSearching: boolean;
  /** Until then this tab has hidden it without keeping a lease. */
  hiddenUntil: number | undefined;
};

/**
 * Who has a message: a `person`, by a receipt that works, or one that is `unknown`; an `other` hand of this browser; or
 * `nobody`, where it may be `hidden` all the same.
 */
export function whoHas(row: MessageRow, { isSearching, hiddenUntil }: Holding) {
  if (!isSearching && whyTaken(row) !== undefined) return 'other';
  if (!row.lease) return hiddenUntil === undefined ? 'nobody' : 'hidden';
  return row.lease.state === 'unknown' ? 'unknown' : 'person';
}

function HeldLease({ work, lease }: { work: MessageWork; lease: Lease }) {
  const { context, keysAreOfOpen } = work;
  const left = leaseRemaining(lease, useNow());
  const seconds = Math.ceil(left / 1000);
  const refused = useDenialReason(context.account.id, context.queue)('extend');
  const extend = (by: number) => work.extend([lease.id], by);
  return (
    <div className="flex flex-wrap items-center gap-1 bg-leased-tint py-2 pr-3 pl-4">
      <Ring
        value={left / (lease.total * 1000)}
        tone={left <= SOON_MS ? 'warn' : 'leased'}
        sizePx={32}
        className="mr-0.5 flex-none"
      >
        {shortSpan(seconds)}
      </Ring>
      <div role="timer" aria-label={`Lease, ${spokenTime(seconds)} left`} className="min-w-0 flex-1 leading-4">
        <b className="block font-semibold whitespace-nowrap">Leased by you</b>
        <span className="text-12 whitespace-nowrap text-text-2">until {clockTime(lease.endsAt)}</span>
      </div>
      <div className="flex">
        <Button
          kbd={keysAreOfOpen ? 'X' : undefined}
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
        kbd={keysAreOfOpen ? 'U' : undefined}
        disabled={refused !== undefined}
        title={refused ?? 'Make it visible to every consumer now'}
        className="max-desk:h-11!"
        onClick={() => work.release([lease.id])}
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
      <b className="block font-semibold">{claim ? `Held by ${lowerArticle(claim.name)}` : 'Leased in another tab'}</b>
      <span className="text-12 text-text-2">
        {claim?.kind === 'browse'
          ? 'Hidden from every consumer until the browse returns it, or its lease ends.'
          : claim
            ? `${reason} What else is to be done with it waits until that is over.`
            : reason}
      </span>
    </div>
  );
}

/** Hidden by this tab without a lease: by Set visibility, or left to the end of its lease. */
function Hidden({ until }: { until: number }) {
  return (
    <div className="bg-sunken py-2 pr-3 pl-4">
      <b className="block font-semibold">Hidden until {clockTime(until)}, as was asked for</b>
      <span className="text-12 text-text-2">No consumer can receive it before, and nobody has a lease on it.</span>
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
export function shortSpan(seconds: number) {
  if (seconds < 100) return seconds;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
