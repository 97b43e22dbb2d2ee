import type { ReactNode } from 'react';
import { lowerArticle } from '@/actions/taken';
import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { usePreference } from '@/state/settings/preferences';
import { useNow, useServiceNow } from '@/ui/browser/use-now';
import { CopyButton } from '@/ui/code/code';
import { Badge } from '@/ui/controls/badge';
import { bytes } from '@/ui/format/bytes';
import { dateTime, duration } from '@/ui/format/relative-time';
import { useHiddenUntil } from '../leases/lease-strip';
import { isPoison } from '../rows/row-marks';
import { DetailSection } from './detail-section';
import { dequeueText, noReceiptText, propertiesAsJson } from './property-text';

const share = (size: number) =>
  size > 0 && size < MAX_TEXT_BYTES / 1000 ? 'under 0.1%' : `${((size * 100) / MAX_TEXT_BYTES).toFixed(1)}%`;

/** The properties of a message, each with what it means now. */
export function MessageProperties({ row, ...ref }: QueueRef & { row: MessageRow }) {
  const { message, size } = row;
  const serviceNow = useServiceNow();
  return (
    <DetailSection
      title="Properties"
      tools={<CopyButton size="sm" label="Copy properties as JSON" text={() => propertiesAsJson(row)} />}
    >
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-y-1 px-4 pb-3 text-12/4.5 max-desk:grid-cols-[104px_minmax(0,1fr)] max-desk:gap-y-1.5 [&>dd]:break-words [&>dt]:text-text-3">
        <dt>Inserted</dt>
        <dd>
          {dateTime(message.insertedAt)}{' '}
          <Aside>{duration(Math.max(0, serviceNow - message.insertedAt.getTime()))} ago</Aside>
        </dd>
        <dt>Expires</dt>
        <dd>
          {message.expiresAt ? (
            <>
              {dateTime(message.expiresAt)} <Aside>{fromNow(message.expiresAt.getTime(), serviceNow)}</Aside>
            </>
          ) : (
            'never'
          )}
        </dd>
        <dt>Next visible</dt>
        <dd>
          <NextVisible {...ref} row={row} />
        </dd>
        <dt>Dequeue count</dt>
        <dd>
          <DequeueCount row={row} />
        </dd>
        <dt>Pop receipt</dt>
        <dd>
          <PopReceipt row={row} />
        </dd>
        <dt>Size</dt>
        <dd>
          {bytes(size)} on the wire <Aside>{share(size)} of 64 KiB</Aside>
        </dd>
      </dl>
    </DetailSection>
  );
}

function NextVisible({ row: { id, lease, claim, elsewhere }, ...ref }: QueueRef & { row: MessageRow }) {
  const now = useNow();
  const hiddenUntil = useHiddenUntil(ref, id);
  const until = elsewhere ?? hiddenUntil;
  if (lease)
    return (
      <>
        {dateTime(lease.visibleAt)} <Aside>{fromNow(lease.endsAt.getTime(), now)}</Aside>
      </>
    );
  if (claim) return `when ${lowerArticle(claim.name)} is done with it`;
  if (until !== undefined)
    return (
      <>
        {dateTime(until)} <Aside>{fromNow(until, now)}</Aside>
      </>
    );
  return (
    <>
      now <Aside>every consumer can receive it</Aside>
    </>
  );
}

function DequeueCount({ row }: { row: MessageRow }) {
  const threshold = usePreference('poisonThreshold');
  const { dequeueCount } = row.message;
  return (
    <>
      {isPoison(row, threshold) ? <Badge tone="danger">{dequeueCount}</Badge> : dequeueCount}{' '}
      <Aside>{dequeueText(row, threshold)}</Aside>
    </>
  );
}

function PopReceipt({ row: { lease } }: { row: MessageRow }) {
  if (!lease) return <Aside>none: you do not lease it</Aside>;
  if (lease.state === 'unknown') return <Aside>{noReceiptText(lease)}</Aside>;
  return (
    <span className="flex items-center gap-1">
      <span className="truncate font-mono" title={lease.receipt}>
        {lease.receipt}
      </span>
      <CopyButton size="sm" label="Copy pop receipt" text={lease.receipt} className="-my-1 max-desk:-my-2.25" />
    </span>
  );
}

const Aside = ({ children }: { children: ReactNode }) => <span className="text-text-3">{children}</span>;

const fromNow = (time: number, now: number) => {
  const left = time - now;
  return left > 0 ? `in ${duration(left)}` : `${duration(left)} ago`;
};
