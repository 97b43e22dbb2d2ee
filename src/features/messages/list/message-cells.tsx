import type { MessageRow } from '@/messages/message-rows';
import { type Lease, leaseRemaining } from '@/state/leases/leases';
import { usePreference } from '@/state/settings/preferences';
import { useNow, useServiceNowAs } from '@/ui/browser/use-now';
import { Badge, FormatBadge } from '@/ui/controls/badge';
import { Bar } from '@/ui/controls/bar';
import { cx } from '@/ui/format/cx';
import { Value } from '@/ui/format/value';
import { counted, exactly } from '@/words/counts';
import { bytes } from '@/words/sizes';
import { countdown, dateTime, duration } from '@/words/times';
import { isExpiring, isPoison, leaseMark } from '../rows/row-marks';
import { usePreview } from '../rows/use-preview';
import { useUnjudged } from '../rows/use-search';

/** From here a message is near the limit of 64 KiB. */
const LARGE_BYTES = 48 * 1024;

/** How long ago it was inserted; `after` follows a time that is known. */
export function InsertedCell({ row, after = '' }: { row: MessageRow; after?: string }) {
  const { insertedAt } = row.message;
  const age = useServiceNowAs((now) => duration(Math.max(0, now - insertedAt.getTime())));
  return (
    <span title={dateTime(insertedAt)}>
      {age}
      {!Number.isNaN(insertedAt.getTime()) && after}
    </span>
  );
}

export function ExpiresCell({ row }: { row: MessageRow }) {
  const { expiresAt } = row.message;
  const left = useServiceNowAs((now) => (expiresAt ? duration(Math.max(0, expiresAt.getTime() - now)) : ''));
  const isSoon = useServiceNowAs((now) => isExpiring(row, now));
  if (!expiresAt) return <span className="text-text-3">never</span>;
  return (
    <span title={dateTime(expiresAt)} className={cx(isSoon && 'text-warn')}>
      {left}
    </span>
  );
}

/** "Dequeued 6 times", "Dequeued 1 time". */
export const dequeuedText = (dequeueCount: number): string => `Dequeued ${counted(dequeueCount, 'time')}`;
export const OVER_THRESHOLD = 'at or over the poison threshold';

export function DequeuesCell({ row, prefix = '' }: { row: MessageRow; prefix?: string }) {
  const threshold = usePreference('poisonThreshold');
  const { dequeueCount } = row.message;
  const shown = `${prefix}${Number.isNaN(dequeueCount) ? '?' : dequeueCount}`;
  if (!isPoison(row, threshold)) return <span className={cx(dequeueCount === 0 && 'text-text-3')}>{shown}</span>;
  return (
    <span role="img" aria-label={`${dequeuedText(dequeueCount)}, ${OVER_THRESHOLD}`} className="inline-flex">
      <Badge tone="danger" className="min-w-5 justify-center px-1! font-semibold!">
        {shown}
      </Badge>
    </span>
  );
}

/** The lease on a message, or what else in this browser hides it. */
export function LeaseCell({ row }: { row: MessageRow }) {
  const { lease, claim } = row;
  if (lease && !claim) return <OwnLease lease={lease} />;
  const mark = leaseMark(row);
  if (!mark) return null;
  // Without a countdown, because running work renews its leases.
  return (
    <span role="img" aria-label={mark.words} title={mark.words} className="flex w-full items-center gap-1">
      <Bar tone="leased" value={1} />
      <span className="min-w-7 text-right text-leased">{mark.word}</span>
    </span>
  );
}

/** Why the receipt of a lease is not known. */
export const UNKNOWN_RECEIPT = { hiddenReceipt: 'receipt hidden', lostAnswer: 'answer lost' } as const;

function OwnLease({ lease }: { lease: Lease }) {
  const now = useNow();
  const left = leaseRemaining(lease, now);
  const share = left / (lease.total * 1000);
  const words = countdown(left);
  return (
    <span
      role="img"
      aria-label={`Leased by you, ${words} left${lease.state === 'unknown' ? `, ${UNKNOWN_RECEIPT[lease.because ?? 'lostAnswer']}` : ''}`}
      className="flex w-full items-center gap-1"
    >
      <Bar tone="leased" value={share} />
      <span className="min-w-7 text-right font-semibold text-leased">{words}</span>
    </span>
  );
}

export function SizeCell({ size }: { size: number }) {
  return (
    <span
      className={cx('whitespace-nowrap', size > LARGE_BYTES && 'text-warn')}
      title={`${exactly(size, 'byte')} of text`}
    >
      {bytes(size)}
    </span>
  );
}

export function FormatCell({ row }: { row: MessageRow }) {
  return <FormatBadge format={usePreview(row.message).format} />;
}

/** The value is laid out by itself; the comma or colon after it belongs to the line. */
function isolatedParts(text: string) {
  const end = /[:,]? *$/.exec(text)?.index ?? text.length;
  return (
    <>
      <Value text={text.slice(0, end)} />
      {text.slice(end)}
    </>
  );
}

export function PreviewCell({ row }: { row: MessageRow }) {
  const { preview, stopped } = usePreview(row.message);
  const unjudged = useUnjudged(row.id);
  return (
    <span className="block truncate font-mono text-12 text-text">
      {row.message.unreadable && (
        <span title={row.message.unreadable.reason} className="mr-2 font-sans text-warn">
          cannot be read
        </span>
      )}
      {unjudged !== undefined && (
        <span title={`stopped: ${unjudged}`} className="mr-2 font-sans text-warn">
          not judged
        </span>
      )}
      {stopped !== undefined && <span className="mr-2 font-sans text-warn">stopped: {stopped}</span>}
      {preview.map((segment, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the pieces of one line have no identity but their place
        <span key={index}>
          {segment.key !== undefined && <span className="text-text-3">{isolatedParts(segment.key)}</span>}
          {isolatedParts(segment.text)}
        </span>
      ))}
    </span>
  );
}
