import { Ellipsis, EyeOff, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAvailability, useMenuItems } from '@/actions/action';
import { ActionButton, ActionIconButton } from '@/actions/action-button';
import { extendLeases, leaseActions, type MessageSubject, messageActions } from '@/actions/message-actions';
import { leasesOf, lowerArticle } from '@/actions/taken';
import { MAX_TEXT_BYTES } from '@/azure/protocol/limits';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { type Lease, useLease } from '@/state/leases/leases';
import { useRecord } from '@/state/messages/records';
import { usePreference } from '@/state/settings/preferences';
import { useNow, useServiceNow } from '@/ui/browser/use-now';
import { CopyButton } from '@/ui/code/code';
import { Badge } from '@/ui/controls/badge';
import { Button, IconButton } from '@/ui/controls/button';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { Menu } from '@/ui/overlay/menu';
import { tenthsOfPercent } from '@/words/counts';
import { bytes } from '@/words/sizes';
import { dateTime, duration } from '@/words/times';
import { ExpiryPrompt } from '../leases/expiry-prompt';
import { LeaseIt } from '../leases/lease-one';
import { LeaseStrip, useHiddenUntil } from '../leases/lease-strip';
import { isPoison } from '../rows/row-marks';
import { useUndoNote } from '../selection/selection-text';
import { MORE_MESSAGE_ACTIONS } from '../shared/message-menus';
import { DetailSection } from './detail-section';
import { DetailsHead } from './details-head';
import { MessageBody } from './message-body';
import { messageEnd } from './message-end';
import { dequeueText, noReceiptText, propertiesAsJson } from './property-text';
import { UnreadableNote } from './unreadable-note';

type DetailsProps = {
  id: string;
  /** Undefined when the message is not loaded. */
  row: MessageRow | undefined;
  isLoading: boolean;
  on: MessageSubject;
  /** The keys mean this message, and not those that are selected. */
  hasKeys: boolean;
  onClose: () => void;
};

/** The message that is open, or why it is not shown. */
export function Details({ id, row, isLoading, on, hasKeys, onClose }: DetailsProps) {
  return row ? (
    <MessageDetails
      key={id}
      row={row}
      on={{ ...on, rows: [row], open: row, isSelection: undefined }}
      hasKeys={hasKeys}
      onClose={onClose}
    />
  ) : (
    <NotLoaded on={on} id={id} isLoading={isLoading} onClose={onClose} />
  );
}

/** A link may lead to a message that is further back than a peek sees, leased by another consumer, or gone. */
function NotLoaded({ on, id, isLoading, onClose }: Omit<DetailsProps, 'row' | 'hasKeys'>) {
  const known = useLease(on.connectionId, on.queue, id);
  const end = messageEnd(
    useRecord(on, id, (record) => record),
    on,
  );
  const close = <Button onClick={onClose}>Close details</Button>;
  return (
    <>
      <DetailsHead id={id} onClose={onClose} />
      {end ? (
        <StatePanel icon={<Trash2 />} title={end.title} actions={close}>
          {end.detail}
        </StatePanel>
      ) : isLoading ? (
        <Skeleton label="Looking for the message" />
      ) : (
        <>
          <StatePanel icon={<EyeOff />} title="This message is not among those loaded" actions={close}>
            It is further back than a peek sees, leased by another consumer, or gone.
          </StatePanel>
          <LeaseIt key={id} on={on} id={id} ahead={undefined} lost={known?.state === 'ended' ? known : undefined} />
        </>
      )}
    </>
  );
}

/** The message of a subject whose only row it is. `hasKeys`: the keys mean it, and not the messages that are selected. */
type OfMessage = { row: MessageRow; on: MessageSubject; hasKeys: boolean };

/** Everything about one message, what can be done to it, and the offer to extend a lease that is about to end. */
function MessageDetails({ row, on, hasKeys, onClose }: OfMessage & { onClose: () => void }) {
  const { connectionId, queue } = on;
  const { lease } = row;
  const known = useLease(connectionId, queue, row.id);
  const { reason } = useAvailability(leaseActions.extend, on);
  return (
    <>
      <DetailsHead id={row.id} on={on} hasEsc={hasKeys} onClose={onClose} />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto [@media(height<600px)]:[&>*]:flex-none short:overflow-visible">
        {row.message.unreadable && <UnreadableNote {...row.message.unreadable} />}
        <MessageBody connectionId={connectionId} queue={queue} id={row.id} text={row.message.text} />
        <MessageProperties row={row} connectionId={connectionId} queue={queue} />
      </div>
      <footer aria-label="Message actions" className="@container flex-none bg-surface short:contents">
        <LeaseStrip row={row} on={on} hasKeys={hasKeys} lost={known?.state === 'ended' ? known : undefined} />
        <Actions row={row} on={on} hasKeys={hasKeys} />
      </footer>
      {lease && reason === undefined && (
        <ExpiryPrompt lease={lease} hasKey={hasKeys} onExtend={(seconds) => extendLeases(on, [lease.id], seconds)} />
      )}
    </>
  );
}

/** On this message alone, whatever is selected. */
function Actions({ row, on, hasKeys }: OfMessage) {
  const { edit, move, copy, delete: remove } = messageActions;
  const big =
    '[&>span[aria-hidden]]:@max-[372px]:hidden max-desk:h-11! max-desk:min-w-0 max-desk:flex-[1_1_auto]! short:h-9!';
  const more = useMenuItems(MORE_MESSAGE_ACTIONS, on);
  const undoNote = useUndoNote(leasesOf([row]));
  return (
    <div
      data-keep-clear=""
      className="flex min-h-12 flex-wrap items-center gap-1 py-1 pr-1.5 pl-3 max-desk:min-h-16 max-desk:gap-1.5 max-desk:px-3 short:sticky short:bottom-0 short:z-10 short:min-h-11 short:border-t short:border-line short:flex-nowrap short:bg-surface short:py-0.5"
    >
      <ActionButton action={edit} on={on} className={big} />
      <ActionButton action={move} on={on} hasKey={hasKeys} className={big} />
      <ActionIconButton action={copy} on={on} hasKey={hasKeys} size="lg" variant="default" className="desk:size-7!" />
      <Menu
        align="start"
        side="top"
        trigger={<IconButton label="More message actions" size="lg" icon={<Ellipsis />} className="desk:size-7!" />}
        items={more}
      />
      <ActionButton action={remove} on={on} hasKey={hasKeys} title={undoNote} className={`${big} desk:ml-auto`} />
    </div>
  );
}

const share = (size: number) =>
  size > 0 && size < MAX_TEXT_BYTES / 1000 ? `under ${tenthsOfPercent(0.001)}` : tenthsOfPercent(size / MAX_TEXT_BYTES);

/** The properties of a message, each with what it means now. */
function MessageProperties({ row, ...ref }: QueueRef & { row: MessageRow }) {
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
          {dateTime(message.insertedAt)} <Aside>{agoText(serviceNow - message.insertedAt.getTime())}</Aside>
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

/**
 * The end of a lease as every other place shows it. The service says it in whole seconds of its own clock, which is another
 * second than ours for a part of each; only clocks that truly differ show the time of the service.
 */
const nextVisible = ({ visibleAt, endsAt }: Lease): Date =>
  Math.abs(visibleAt.getTime() - endsAt.getTime()) < 2000 ? endsAt : visibleAt;

function NextVisible({ row: { id, lease, claim, elsewhere }, ...ref }: QueueRef & { row: MessageRow }) {
  const now = useNow();
  const hiddenUntil = useHiddenUntil(ref, id);
  const until = elsewhere ?? hiddenUntil;
  if (lease)
    return (
      <>
        {dateTime(nextVisible(lease))} <Aside>{fromNow(lease.endsAt.getTime(), now)}</Aside>
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
      {isPoison(row, threshold) ? (
        <Badge tone="danger">{dequeueCount}</Badge>
      ) : Number.isNaN(dequeueCount) ? (
        'unknown'
      ) : (
        dequeueCount
      )}{' '}
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

const agoText = (span: number) => (Number.isNaN(span) ? '' : `${duration(Math.max(0, span))} ago`);

const fromNow = (time: number, now: number) => {
  const left = time - now;
  if (Number.isNaN(left)) return '';
  return left > 0 ? `in ${duration(left)}` : `${duration(left)} ago`;
};
