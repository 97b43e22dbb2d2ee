import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account, Message } from '@/azure/account';
import { openDialog } from '@/state/dialogs';
import { useEnvironment } from '@/state/environments';
import type { Lease } from '@/state/leases';
import { toast } from '@/ui/toast-store';
import { copyMessages } from './copy-messages';
import { deleteLeased, extendLeased, flushDeletesOnLeave, type LeaseDesk, releaseLeased } from './lease-actions';
import type { MessageRow } from './message-rows';
import { scopeOf } from './scope-of';

/** More than this are deleted as a job, and only after the number has been seen. */
const MANY = 20;

type MessageWorkOptions = {
  account: Account;
  queue: string;
  /** All rows, and the one that work means when none is checked. */
  all: readonly MessageRow[];
  current: MessageRow | undefined;
  /** Messages are about to leave the screen. */
  onLeave: (ids: ReadonlySet<string>) => void;
};

export type MessageWork = ReturnType<typeof useMessageWork>;

/** What is checked, and what can be done to it or else to the current message. */
export function useMessageWork({ account, queue, all, current, onLeave }: MessageWorkOptions) {
  'use memo';
  const client: QueryClient = useQueryClient();
  const desk: LeaseDesk = { client, account, queue };
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  /** Rows on a phone have checkboxes only while this is on. */
  const [isSelecting, setIsSelecting] = useState(false);
  /** Leasing what is checked is being asked for. */
  const [isLeasing, setIsLeasing] = useState(false);
  const [comparing, setComparing] = useState<readonly [MessageRow, MessageRow]>();
  const isProduction = useEnvironment(account.id)?.production ?? false;
  useEffect(flushDeletesOnLeave, []);
  const checked = all.filter(({ id }) => selected.has(id));
  const targets = checked.length > 0 ? checked : current ? [current] : [];

  function removeNow(leases: readonly Lease[]) {
    const ids = new Set(leases.map(({ id }) => id));
    setSelected(new Set([...selected].filter((id) => !ids.has(id))));
    onLeave(ids);
    deleteLeased(desk, leases);
  }
  /**
   * Few that are leased go at once, with Undo; for many, for those that have to be leased first, and in production, a
   * dialog tells more.
   */
  function remove(messages: readonly Pick<Message, 'id'>[]) {
    const ids = new Set(messages.map(({ id }) => id));
    const rows = all.filter(({ id }) => ids.has(id));
    const leases = rows.flatMap(({ lease }) => (lease?.state === 'held' ? lease : []));
    if (leases.length === rows.length && rows.length <= MANY && !isProduction) removeNow(leases);
    else openDialog({ kind: 'deleteMessages', ...scopeOf(desk, rows) });
  }
  function release(leases: readonly Lease[]) {
    setSelected(new Set());
    void releaseLeased(desk, leases);
  }
  const extend = (leases: readonly Lease[], seconds: number) => void extendLeased(desk, leases, seconds);
  const edit = (id: string) => openDialog({ kind: 'editMessage', connection: account.id, queue, messageId: id });

  function compare() {
    const [first, second, ...more] = checked;
    if (first && second && more.length === 0) setComparing([first, second]);
    else toast({ title: 'Select two messages to compare them', tone: 'warn' });
  }

  /** Works on the leases among the targets; says why when there are none. */
  function withLeases(work: (leases: [Lease, ...Lease[]]) => void) {
    const [first, ...others] = targets.flatMap(({ lease }) => (lease?.state === 'held' ? lease : []));
    if (first) work([first, ...others]);
    else if (targets.length > 0) toast({ title: 'Needs a lease: lease the message first', tone: 'warn' });
  }

  return {
    desk,
    selected,
    select: setSelected,
    clear: () => {
      setSelected(new Set());
      setIsSelecting(false);
      setIsLeasing(false);
    },
    checked,
    isSelecting,
    setIsSelecting,
    isLeasing,
    setIsLeasing,
    comparing,
    setComparing,
    compare,
    remove,
    release,
    extend,
    onTargets: {
      edit: () => withLeases(([lease]) => edit(lease.id)),
      remove: () => targets.length > 0 && remove(targets),
      release: () => withLeases(release),
      extend: () => withLeases((leases) => extend(leases, Math.max(...leases.map(({ total }) => total)))),
      move: () => targets.length > 0 && openDialog({ kind: 'moveMessages', action: 'move', ...scopeOf(desk, targets) }),
      copy: () => void copyMessages(targets.map(({ message }) => message)),
    },
  };
}
