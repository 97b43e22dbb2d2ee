import type { Account } from '@/azure/protocol/model';
import { type Command, useCommands } from '@/state/navigation/commands';
import { openDialog } from '@/state/navigation/open-dialog';
import { openQueue } from '@/state/navigation/route';
import { useDenialReason } from '@/state/permissions/permissions';
import { setPreference } from '@/state/settings/preferences';
import type { QueueRow } from './arrange-queues';

type QueueCommands = {
  account: Account;
  rows: readonly QueueRow[];
  current: string | undefined;
  sort: 'name' | 'count';
  focusFilter: () => void;
  refresh: () => void;
  create: () => void;
};

/** What can be done with the list of queues by key and from the palette. */
export function useQueueCommands({ account, rows, current, sort, focusFilter, refresh, create }: QueueCommands) {
  const step = (by: 1 | -1) => {
    const index = rows.findIndex(({ name }) => name === current);
    const next = rows[index < 0 ? 0 : (index + by + rows.length) % rows.length];
    if (next) openQueue(account.id, next.name);
  };
  const denialReason = useDenialReason(account.id);
  const hiddenFromShortcuts = true;
  const ofTheAccount: Command[] = [
    {
      id: 'queues.create',
      title: 'New queue',
      group: 'Queues',
      reason: denialReason('createQueue'),
      run: create,
      hiddenFromShortcuts,
    },
    {
      id: 'queues.clear',
      title: 'Clear several queues',
      reason: denialReason('clearQueue'),
      group: 'Queues',
      run: () => openDialog({ kind: 'clearQueues', connectionId: account.id }),
      hiddenFromShortcuts,
    },
  ];
  useCommands([
    { id: 'queues.filter', title: 'Filter queues', group: 'Queues', keys: ['q'], run: focusFilter },
    ...(account.onlyQueue === undefined ? ofTheAccount : []),
    {
      id: 'queues.policies',
      title: 'Access policies',
      group: 'Queues',
      enabled: current !== undefined,
      reason: denialReason('setPolicies'),
      run: () => current && openDialog({ kind: 'accessPolicies', connectionId: account.id, queue: current }),
      hiddenFromShortcuts,
    },
    { id: 'queues.refresh', title: 'Refresh counts', group: 'Queues', run: refresh, hiddenFromShortcuts },
    {
      id: 'queues.sort',
      title: sort === 'name' ? 'Sort queues by count' : 'Sort queues by name',
      group: 'Queues',
      run: () => setPreference('queueSort', sort === 'name' ? 'count' : 'name'),
      hiddenFromShortcuts,
    },
    { id: 'queues.next', title: 'Go to next queue', group: 'Queues', run: () => step(1), hiddenFromShortcuts },
    { id: 'queues.previous', title: 'Go to previous queue', group: 'Queues', run: () => step(-1), hiddenFromShortcuts },
  ]);
}
