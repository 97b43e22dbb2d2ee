import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Account } from '@/azure/account';
import type { MessageRow } from '@/messages/message-rows';
import { openDialog } from '@/state/dialogs';
import { useEnvironment } from '@/state/environments';
import { toast } from '@/ui/toast-store';
import { copyMessages } from './copy-messages';
import { deleteWithUndo, extendLeased, flushDeletesOnLeave, type LeaseDesk, releaseLeased } from './lease-actions';
import { scopeOf } from './scope-of';
import { whyTaken, workableLease } from './taken';

/** More than this are deleted as a job, and only after the number has been seen. */
const MANY = 20;

type MessageWorkOptions = {
  account: Account;
  queue: string;
  /** All rows, those of them that are shown, and the one that work means when none is checked. */
  all: readonly MessageRow[];
  shown: readonly MessageRow[];
  current: MessageRow | undefined;
  /** Messages are about to leave the screen. */
  onLeave: (ids: ReadonlySet<string>) => void;
};

export type MessageWork = ReturnType<typeof useMessageWork>;

/** What is checked, and what can be done to it or else to the current message. */
export function useMessageWork({ account, queue, all, shown, current, onLeave }: MessageWorkOptions) {
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
  // What a filter hides is not meant: nobody sees it go.
  const checked = selected.size === 0 ? [] : shown.filter(({ id }) => selected.has(id));
  const loaded = selected.size === checked.length ? checked.length : all.filter(({ id }) => selected.has(id)).length;
  const targets = checked.length > 0 ? checked : current ? [current] : [];

  /**
   * Few that are leased go at once, with Undo; for many, for those that have to be leased first, for leases that are about to
   * end, and in production, a dialog tells more.
   */
  function remove(ids: readonly string[]) {
    const wanted = new Set(ids);
    const rows = all.filter(({ id }) => wanted.has(id));
    const isPlain = rows.every((row) => workableLease(row)) && rows.length <= MANY && !isProduction;
    if (!isPlain || !deleteWithUndo(desk, ids)) return openDialog({ kind: 'deleteMessages', ...scopeOf(desk, rows) });
    setSelected(new Set([...selected].filter((id) => !wanted.has(id))));
    onLeave(wanted);
    return undefined;
  }
  function release(ids: readonly string[]) {
    setSelected(new Set());
    void releaseLeased(desk, ids);
  }
  const extend = (ids: readonly string[], seconds: number) => void extendLeased(desk, ids, seconds);
  const edit = (id: string) => openDialog({ kind: 'editMessage', connection: account.id, queue, messageId: id });

  function compare() {
    const [first, second, ...more] = checked;
    if (first && second && more.length === 0) setComparing([first, second]);
    else toast({ title: 'Select two messages to compare them', tone: 'warn' });
  }

  /** Works on the leases among the rows; says why when there are none. */
  function withLeases(rows: readonly MessageRow[], work: (leased: [MessageRow, ...MessageRow[]]) => void) {
    const [first, ...others] = rows.filter((row) => workableLease(row));
    const taken = rows.map(whyTaken).find((reason) => reason !== undefined);
    if (first) work([first, ...others]);
    else if (rows.length > 0) toast({ title: taken ?? 'Needs a lease: lease the message first', tone: 'warn' });
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
    /** So many are selected that a filter hides, and so many that are not loaded any more. */
    hidden: loaded - checked.length,
    gone: selected.size - loaded,
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
      // With rows checked it stays with the message that is open: nobody edits several.
      edit: () => withLeases(current ? [current] : targets, ([row]) => edit(row.id)),
      remove: () => targets.length > 0 && remove(idsOf(targets)),
      release: () => withLeases(targets, (rows) => release(idsOf(rows))),
      extend: () =>
        withLeases(targets, (rows) => extend(idsOf(rows), Math.max(...rows.map(({ lease }) => lease?.total ?? 1)))),
      move: () => targets.length > 0 && openDialog({ kind: 'moveMessages', action: 'move', ...scopeOf(desk, targets) }),
      copy: () => void copyMessages(targets.map(({ message }) => message)),
    },
  };
}

const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id);
