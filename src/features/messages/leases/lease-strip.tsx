import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/actions/action-button';
import { leaseActions, type MessageSubject } from '@/actions/message-actions';
import { lowerArticle, whyTaken } from '@/actions/taken';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { openLeases } from '@/state/leases/lease-tray';
import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { useRecord } from '@/state/messages/records';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { Ring } from '@/ui/feedback/ring';
import { cx } from '@/ui/format/cx';
import { spokenSpan, spokenTime } from '@/words/spans';
import { clockTime } from '@/words/times';
import { ExtendMenu } from '../selection/extend-menu';
import { LeaseIt } from './lease-one';

const SOON_MS = 10_000;

type LeaseStripProps = {
  row: MessageRow;
  on: MessageSubject;
  hasKeys: boolean;
  /** The lease on it that has ended while it was open. */
  lost: Lease | undefined;
};

/** Who has a lease on the message and until when. It stands above the actions, which depend on it. */
export function LeaseStrip({ row, on, hasKeys, lost }: LeaseStripProps) {
  // The search of this strip claims the message itself, and must stay on screen.
  const [isSearching, setIsSearching] = useState(false);
  const hiddenUntil = useHiddenUntil(on, row.id);
  const who = whoHas(row, { isSearching, hiddenUntil });
  if (who === 'other') return <Taken row={row} reason={whyTaken(row) ?? ''} />;
  // By Set visibility, or by a lease that was left to its end.
  if (who === 'hidden')
    return (
      <Note title={`Hidden until ${clockTime(hiddenUntil ?? 0)} by this tab`} look="bg-sunken">
        No consumer can receive it before then. There is no lease to release.
      </Note>
    );
  if (!row.lease) return <LeaseIt on={on} id={row.id} ahead={row.ahead} lost={lost} onSearching={setIsSearching} />;
  if (who === 'unknown') return <UnknownLease lease={row.lease} />;
  return <HeldLease lease={row.lease} on={on} hasKeys={hasKeys} />;
}

type Holding = {
  /** Whether this strip searches for the message. */
  isSearching: boolean;
  /** Epoch ms until which this tab has hidden it without keeping a lease. */
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

/** Epoch ms by the connection's clock until which this tab has hidden a message without keeping a lease on it. */
export const useHiddenUntil = (ref: QueueRef, id: string) =>
  useRecord(ref, id, (record) => (record?.standing.is === 'hidden' ? record.standing.until : undefined));

function HeldLease({ lease, on, hasKeys }: { lease: Lease; on: MessageSubject; hasKeys: boolean }) {
  const left = leaseRemaining(lease, useNow());
  const seconds = Math.ceil(left / 1000);
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
      <div role="timer" aria-label={`Lease, ${spokenTime(seconds)} left`} className="min-w-0 flex-[1_0_7rem] leading-4">
        <b className="block font-semibold whitespace-nowrap">Leased by you</b>
        <span className="text-12 whitespace-nowrap text-text-2">until {clockTime(lease.endsAt)}</span>{' '}
        <Button variant="link" className="text-12 font-normal" onClick={() => openLeases(true)}>
          All leases
        </Button>
      </div>
      <div className="flex">
        <ActionButton
          action={leaseActions.extend}
          on={on}
          icon={null}
          hasKey={hasKeys}
          title={`Hold the lease for ${spokenSpan(lease.total)} from now`}
          className="rounded-r-none max-desk:h-11! [&>span[aria-hidden]]:@max-[460px]:hidden"
        />
        <ExtendMenu on={on} className="max-desk:h-11!" />
      </div>
      <ActionButton
        action={leaseActions.release}
        on={on}
        icon={null}
        hasKey={hasKeys}
        title="Make it visible to every consumer now"
        className="max-desk:h-11! [&>span[aria-hidden]]:@max-[460px]:hidden"
      />
    </div>
  );
}

type NoteProps = { title: string; look: string; children: string };

const Note = ({ title, look, children }: NoteProps) => (
  <div className={cx('py-2 pr-3 pl-4', look)}>
    <b className="block font-semibold">{title}</b>
    <span className="text-12 text-text-2">{children}</span>
  </div>
);

/** Says that a job, a browse or another tab has the message. */
function Taken({ row: { claim }, reason }: { row: MessageRow; reason: string }) {
  return (
    <Note title={claim ? `Held by ${lowerArticle(claim.name)}` : 'Leased in another tab'} look="bg-leased-tint">
      {claim?.kind === 'browse'
        ? 'Hidden from every consumer until the browse returns it, or its lease ends.'
        : claim
          ? `${reason} Other actions on it have to wait until that is done.`
          : reason}
    </Note>
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

/** A duration that fits in the ring: `21`, `5m`, `2h`, `6d`. */
export function shortSpan(seconds: number) {
  if (seconds < 100) return seconds;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
