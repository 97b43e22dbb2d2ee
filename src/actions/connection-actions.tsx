import { Code, Eraser, FileKey, Info, Plus, ShieldCheck, SlidersHorizontal, Stethoscope, Trash2 } from 'lucide-react';
import type { Credential } from '@/azure/protocol/connection';
import { currentConnections } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { setPreference } from '@/state/settings/preferences';
import { actionsOn } from './action';

/** `kind` of its credential: where it is left out, the connection is looked up. */
type ConnectionSubject = { connectionId: string; queue?: string | undefined; kind?: Credential['kind'] };

/** The kind of credential that a connection uses. */
export const kindOf = ({ connectionId, kind }: ConnectionSubject): Credential['kind'] | undefined =>
  kind ?? currentConnections().find(({ id }) => id === connectionId)?.kind;

/** What can be done to a connection and to the service behind it. */
export const connectionActions = actionsOn<ConnectionSubject>()('connection', 'Connections', {
  access: { label: 'Environment and access', icon: <ShieldCheck />, opens: 'connectionAccess' },
  serviceProperties: {
    label: 'Service properties',
    icon: <SlidersHorizontal />,
    may: 'setProperties',
    isReadable: true,
    opens: 'serviceProperties',
  },
  replication: {
    label: 'Geo-replication and the secondary endpoint',
    opens: 'serviceProperties',
    how: { tab: 'replication' },
  },
  details: { label: 'Connection details', icon: <Info />, opens: 'connectionDetails' },
  check: {
    label: 'Check this connection',
    icon: <Stethoscope />,
    isOffered: ({ connectionId }) => connectionId !== SANDBOX_ID,
    opens: 'checkConnection',
  },
  forget: { label: 'Forget this connection', icon: <Trash2 />, tone: 'danger', opens: 'forgetConnection' },
  readSas: {
    label: 'What this SAS allows',
    icon: <FileKey />,
    isOffered: (on) => kindOf(on) === 'sas',
    opens: 'sasReader',
  },
  /** A SAS makes no others. */
  createSas: {
    label: (on) => (kindOf(on) === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature'),
    icon: <FileKey />,
    isOffered: (on) => kindOf(on) !== 'sas',
    opens: 'sasMaker',
  },
  copyAs: {
    label: 'Copy as…',
    title: ({ queue }) => (queue === undefined ? 'Copy a request as code' : `Copy a request to ${queue} as code`),
    icon: <Code />,
    opens: 'copyAs',
  },
});

/** The queues of a connection, and in its list what is done there. `name` is that of a queue to create. */
export type QueueListSubject = { connectionId: string; name?: string };

/** What can be done to the queues of a connection. */
export const accountActions = actionsOn<QueueListSubject>()('queues', 'Queues', {
  create: {
    label: 'New queue',
    icon: <Plus />,
    may: 'createQueue',
    opens: 'createQueue',
    run: ({ connectionId, name }) => openDialog({ kind: 'createQueue', connectionId, ...(name && { name }) }),
  },
  clear: { label: 'Clear several queues', icon: <Eraser />, may: 'clearQueue', opens: 'clearQueues' },
});

type QueueList = {
  connectionId: string;
  sort: 'name' | 'count';
  focusFilter: () => void;
  refresh: () => void;
  step: (by: 1 | -1) => void;
};

/** What is done in the list of queues. */
export const queueListActions = actionsOn<QueueList>()('queues', 'Queues', {
  filter: { label: 'Filter queues', keys: ['q'], run: ({ focusFilter }) => focusFilter() },
  refresh: { label: 'Refresh counts', run: ({ refresh }) => refresh() },
  sort: {
    label: ({ sort }) => (sort === 'name' ? 'Sort queues by count' : 'Sort queues by name'),
    run: ({ sort }) => setPreference('queueSort', sort === 'name' ? 'count' : 'name'),
  },
  next: { label: 'Go to next queue', run: ({ step }) => step(1) },
  previous: { label: 'Go to previous queue', run: ({ step }) => step(-1) },
});
