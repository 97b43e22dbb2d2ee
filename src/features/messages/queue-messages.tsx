import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Account } from '@/azure/account';
import { openDialog } from '@/state/dialogs';
import { type Lease, useLease } from '@/state/leases';
import { type ExplorerPlace, go } from '@/state/place';
import { copyText } from '@/ui/code';
import { counted } from '@/ui/counts';
import { announce } from '@/ui/live-region';
import { toast } from '@/ui/toast-store';
import { ConfirmDelete } from './confirm-delete';
import { DetailsPane } from './details-pane';
import { ExpiryPrompt } from './expiry-prompt';
import { FilterBar } from './filter-bar';
import { GridFoot } from './grid-foot';
import { deleteLeased, extendLeased, flushDeletesOnLeave, releaseLeased } from './lease-actions';
import { DetailsHead, MessageDetails } from './message-details';
import { MessageList } from './message-list';
import type { MessageRow } from './message-rows';
import { NotLoaded } from './not-loaded';
import { QueueHeader } from './queue-header';
import { ReceiveBar, type Received } from './receive-bar';
import { ReceivedStrip } from './received-strip';
import { StaleRows } from './screen-states';
import { SelectionBar } from './selection-bar';
import { useMessageCommands } from './use-message-commands';
import { useMessageRows } from './use-message-rows';

/** More than this are deleted only after the number has been seen. */
const MANY = 20;

type QueueMessagesProps = { place: ExplorerPlace; account: Account; queue: string };

/** One queue: its header, what narrows the rows, the rows, and the message that is open. */
export function QueueMessages({ place, account, queue }: QueueMessagesProps) {
  const desk = { client: useQueryClient(), account, queue };
  const region = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<string>();
  const [received, setReceived] = useState<Received>();
  const [confirming, setConfirming] = useState<Lease[]>();
  const model = useMessageRows({ place, account, queue });
  const { all, shown } = model;
  const lost = useLease(account.id, queue, place.message);
  const open = all.find(({ id }) => id === place.message);
  const current = open ?? all.find(({ id }) => id === cursor);
  const checked = all.filter(({ id }) => selected.has(id));
  const targets = checked.length > 0 ? checked : current ? [current] : [];
  useEffect(flushDeletesOnLeave, []);

  const show = (message: string | undefined, replace: boolean) => go({ ...place, message }, { replace });
  function focusGrid() {
    region.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  }
  function close() {
    show(undefined, false);
    focusGrid();
  }
  function step(by: 1 | -1) {
    const next = shown[shown.findIndex(({ id }) => id === place.message) + by];
    if (next) show(next.id, true);
  }

  function remove(leases: Lease[], isConfirmed = false) {
    if (leases.length === 0) return;
    if (leases.length > MANY && !isConfirmed) {
      setConfirming(leases);
      return;
    }
    setConfirming(undefined);
    const ids = new Set(leases.map(({ id }) => id));
    if (place.message !== undefined && ids.has(place.message)) show(nextAfter(shown, place.message, ids), true);
    setSelected(new Set([...selected].filter((id) => !ids.has(id))));
    deleteLeased(desk, leases);
    focusGrid();
  }
  function release(leases: Lease[]) {
    setSelected(new Set());
    void releaseLeased(desk, leases);
  }
  const extend = (leases: Lease[], seconds: number) => void extendLeased(desk, leases, seconds);
  async function copy(rows: readonly MessageRow[]) {
    if (rows.length === 0 || !(await copyText(rows.map(({ message }) => message.text).join('\n')))) return;
    const said = rows.length === 1 ? 'Copied the message text' : `Copied ${counted(rows.length, 'message text')}`;
    toast({ title: said, tone: 'success' });
    announce(said);
  }
  /** Works on the leases of what is checked, else of the current row; says why when there are none. */
  function withLeases(work: (leases: Lease[]) => void) {
    const leases = targets.flatMap(({ lease }) => (lease?.state === 'held' ? lease : []));
    if (leases.length > 0) work(leases);
    else if (targets.length > 0) toast({ title: 'Needs a lease: lease the message first', tone: 'warn' });
  }

  useMessageCommands({
    onMode: (mode) => go({ ...place, mode }),
    onFilter: () => field.current?.focus(),
    onRefresh: model.refresh,
    onAdd: () => openDialog({ kind: 'addMessage', connection: account.id, queue }),
    onEdit: () =>
      withLeases(([lease]) => {
        if (lease) openDialog({ kind: 'editMessage', connection: account.id, queue, messageId: lease.id });
      }),
    onDelete: () => withLeases((leases) => remove(leases)),
    onExtend: () => withLeases((leases) => extend(leases, Math.max(...leases.map(({ total }) => total)))),
    onRelease: () => withLeases(release),
    onCopy: () => void copy(targets),
    onEscape: checked.length > 0 ? () => setSelected(new Set()) : open || place.message ? close : undefined,
  });

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <QueueHeader place={place} account={account} queue={queue} />
      <div className="relative flex min-h-0 flex-1">
        <section ref={region} aria-label="Message list" className="flex min-h-0 min-w-0 flex-1 flex-col">
          {checked.length > 0 ? (
            <SelectionBar
              rows={checked}
              gone={selected.size - checked.length}
              onDelete={remove}
              onRelease={release}
              onExtend={extend}
              onCopy={() => void copy(checked)}
              onClear={() => setSelected(new Set())}
            />
          ) : (
            <FilterBar
              field={field}
              filter={model.filter}
              onFilter={model.setFilter}
              counts={model.counts}
              refreshing={model.peek.isFetching}
              onRefresh={model.refresh}
            />
          )}
          {place.mode === 'receive' && <ReceiveBar account={account} queue={queue} onReceived={setReceived} />}
          {received && (
            <ReceivedStrip
              received={received}
              onSelect={(leases) => setSelected(new Set(leases.map(({ id }) => id)))}
              onDelete={remove}
              onRelease={release}
              onClose={() => setReceived(undefined)}
            />
          )}
          {model.peek.data && <StaleRows peek={model.peek} />}
          <MessageList
            place={place}
            queue={queue}
            model={model}
            selected={selected}
            onSelectedChange={setSelected}
            onActiveChange={(id) => {
              setCursor(id);
              if (place.message !== undefined && place.message !== id) show(id, true);
            }}
            onOpen={(id) => {
              if (place.message !== id) show(id, place.message !== undefined);
            }}
          />
          <GridFoot mode={place.mode} model={model} />
        </section>
        {place.message !== undefined && (
          <DetailsPane messageId={place.message} onClose={close}>
            {open ? (
              <MessageDetails
                key={open.id}
                desk={desk}
                row={open}
                lost={lost?.state === 'ended' ? lost : undefined}
                onStep={step}
                onDelete={(lease) => remove([lease])}
                onCopy={() => void copy([open])}
                onClose={close}
              />
            ) : (
              <>
                <DetailsHead id={place.message} onStep={undefined} onClose={close} />
                <NotLoaded desk={desk} id={place.message} isLoading={model.peek.isPending} onClose={close} />
              </>
            )}
          </DetailsPane>
        )}
      </div>
      {open?.lease && (
        <ExpiryPrompt lease={open.lease} onExtend={(seconds) => open.lease && extend([open.lease], seconds)} />
      )}
      {confirming && (
        <ConfirmDelete
          count={confirming.length}
          queue={queue}
          onConfirm={() => remove(confirming, true)}
          onClose={() => setConfirming(undefined)}
        />
      )}
    </div>
  );
}

/** The row that takes the place of those that leave: the next that stays, else the one before. */
function nextAfter(rows: readonly MessageRow[], id: string, leaving: ReadonlySet<string>) {
  const at = rows.findIndex((row) => row.id === id);
  const stays = (row: MessageRow) => !leaving.has(row.id);
  return (rows.slice(at + 1).find(stays) ?? rows.slice(0, Math.max(0, at)).findLast(stays))?.id;
}
