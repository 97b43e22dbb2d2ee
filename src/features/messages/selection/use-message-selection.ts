import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/protocol/model';
import type { MessageRow } from '@/messages/message-rows';
import { useEnvironment } from '@/state/connections/environments';
import { recordsOf } from '@/state/messages/records';
import { openDialog } from '@/state/navigation/open-dialog';
import { useDenialReason } from '@/state/permissions/permissions';
import { toast } from '@/ui/overlay/toast-store';
import { choose, type RowVerb } from '../rows/taken';
import type * as leaseActions from '../shared/lease-requests';
import type { QueueContext } from '../shared/lease-requests';
import { copyMessages } from './copy-messages';
import { scopeOf } from './dialog-scope';
import { goesAtOnce, longest, notLeaving, stillSelected } from './row-work';

type MessageWorkOptions = {
  account: Account;
  queue: string;
  /** All rows, those of them that are shown, and the one that work means when none is checked. */
  all: readonly MessageRow[];
  shown: readonly MessageRow[];
  current: MessageRow | undefined;
  /** What acts on leases, once it is loaded. */
  withLate: (act: (late: { leaseActions: typeof leaseActions }) => unknown) => void;
  /** Messages are about to leave the screen. */
  onLeave: (ids: ReadonlySet<string>) => void;
};

export type MessageWork = ReturnType<typeof useMessageWork>;

/** What is checked, and what can be done to it or else to the current message. */
export function useMessageWork({ account, queue, all, shown, current, withLate, onLeave }: MessageWorkOptions) {
  'use memo';
  const client: QueryClient = useQueryClient();
  const context: QueueContext = { client, account, queue };
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  /** Rows on a phone have checkboxes only while this is on. */
  const [isSelecting, setIsSelecting] = useState(false);
  /** Leasing what is checked is being asked for. */
  const [isLeasing, setIsLeasing] = useState(false);
  const [comparing, setComparing] = useState<readonly [MessageRow, MessageRow]>();
  const isProduction = useEnvironment(account.id)?.production ?? false;
  const denialReason = useDenialReason(account.id, queue);
  const records = recordsOf(account.id, queue);
  const { left, loaded } = stillSelected(selected, all, records);
  if (left !== selected) setSelected(left);
  // What a filter hides is not meant: nobody sees it go.
  const checked = left.size === 0 ? [] : shown.filter(({ id }) => left.has(id));
  const targets = checked.length > 0 ? checked : current ? [current] : [];

  /** Those of the rows that may be worked on, and why none may be. */
  function may(verb: RowVerb, rows: readonly MessageRow[] = targets) {
    const chosen = choose(verb, rows);
    return { rows: chosen.rows, reason: denialReason(verb) ?? chosen.reason };
  }
  // With rows checked it stays with the message that is open: nobody edits several.
  const mayEdit = () =>
    !current && targets.length > 1
      ? { rows: [], reason: 'Open one of them to edit it' }
      : may('edit', current ? [current] : targets);

  /**
   * Few that are leased go at once, with Undo; for many, for those that have to be leased first, for leases that are about to
   * end, and in production, a dialog tells more.
   */
  function remove(ids: readonly string[]) {
    withLate(({ leaseActions: { deleteWithUndo } }) => {
      const rows = notLeaving(all, ids, records);
      if (rows.length === 0) return;
      if (!goesAtOnce(rows, isProduction) || !deleteWithUndo(context, idsOf(rows))) {
        openDialog({ kind: 'deleteMessages', ...scopeOf(context, rows) });
        return;
      }
      const leaving = new Set(idsOf(rows));
      setSelected((before) => new Set([...before].filter((id) => !leaving.has(id))));
      onLeave(leaving);
    });
  }
  function release(ids: readonly string[]) {
    const wanted = new Set(ids);
    setSelected((before) => new Set([...before].filter((id) => !wanted.has(id))));
    withLate(({ leaseActions }) => leaseActions.releaseLeased(context, ids));
  }
  const extend = (ids: readonly string[], seconds: number) =>
    withLate(({ leaseActions }) => leaseActions.extendLeased(context, ids, seconds));
  const edit = (id: string) => openDialog({ kind: 'editMessage', connectionId: account.id, queue, messageId: id });

  function compare() {
    const [first, second, ...more] = checked;
    if (first && second && more.length === 0) setComparing([first, second]);
    else toast({ title: 'Select two messages to compare them', tone: 'warn' });
  }

  return {
    context: context,
    selected: left,
    select: setSelected,
    clear: () => {
      setSelected(new Set());
      setIsSelecting(false);
      setIsLeasing(false);
    },
    checked,
    /** So many are selected that a filter hides, and so many that are not loaded any more. */
    hidden: loaded - checked.length,
    gone: left.size - loaded,
    /** True while the keys mean the open message: with rows checked they mean those, and only E stays. */
    keysAreOfOpen: checked.length === 0,
    isSelecting,
    setIsSelecting,
    isLeasing,
    setIsLeasing,
    comparing,
    setComparing,
    compare,
    may,
    remove,
    release,
    extend,
    /** Why a key would do nothing now. */
    reasons: {
      edit: mayEdit().reason,
      remove: may('delete').reason,
      release: may('release').reason,
      extend: may('extend').reason,
      move: may('move').reason,
      copy: targets.length === 0 ? 'No message is selected or open' : undefined,
    },
    onTargets: {
      edit: () =>
        mayEdit()
          .rows.slice(0, 1)
          .forEach(({ id }) => edit(id)),
      remove: () => remove(idsOf(may('delete').rows)),
      release: () => release(idsOf(may('release').rows)),
      extend: () => {
        const { rows } = may('extend');
        extend(idsOf(rows), longest(rows));
      },
      move: () => openDialog({ kind: 'moveMessages', action: 'move', ...scopeOf(context, may('move').rows) }),
      copy: () => void copyMessages(targets.map(({ message }) => message)),
    },
  };
}

const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id);
