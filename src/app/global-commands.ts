import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { useIsReadOnly } from '@/state/connections/read-only';
import { areJobsOpen, openJobs } from '@/state/jobs/job-store';
import { type Command, useCommands } from '@/state/navigation/commands';
import { openDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo } from '@/state/navigation/route';
import { SANDBOX_ID } from '@/state/sandbox/sandbox';
import { type Preferences, preferences, setPreference } from '@/state/settings/preferences';
import { explorerOf, useCurrentConnection, useExplorerRoute } from './last-route';
import { focusPane } from './panes';
import { cycleTheme } from './theme-choice';

/** What can be done from anywhere. */
export function useGlobalCommands() {
  const connections = useConnections();
  const explorer = useExplorerRoute();
  const current = useCurrentConnection();
  const isReadOnly = useIsReadOnly(current?.id);
  useCommands([
    {
      id: 'app.commands',
      title: 'Search or run a command',
      group: 'Go to',
      keys: ['$mod+k'],
      run: () => openDialog({ kind: 'commands' }),
    },
    {
      id: 'app.explorer',
      title: 'Explorer',
      group: 'Go to',
      keys: ['g e'],
      enabled: explorer !== undefined,
      run: () => explorer && goTo(explorer),
    },
    { id: 'app.wire', title: 'Wire inspector', group: 'Go to', keys: ['g w'], run: () => goTo({ screen: 'wire' }) },
    { id: 'app.settings', title: 'Settings', group: 'Go to', run: () => goTo({ screen: 'settings' }) },
    {
      id: 'app.connect',
      title: 'Add connection',
      group: 'Connections',
      run: () => goTo({ screen: 'connect' }),
    },
    ...(current
      ? ([
          {
            id: 'app.readOnly',
            title: isReadOnly ? `Allow changes to ${current.account}` : `Make ${current.account} read-only`,
            group: 'Connections',
            run: () => void turnReadOnly(current, !isReadOnly),
            hiddenFromShortcuts: true,
          },
          {
            id: 'app.access',
            title: 'Environment and access',
            group: 'Connections',
            run: () => openDialog({ kind: 'connectionAccess', connectionId: current.id }),
            hiddenFromShortcuts: true,
          },
        ] satisfies Command[])
      : []),
    {
      id: 'app.serviceProperties',
      title: 'Service properties',
      group: 'Connections',
      enabled: explorer !== undefined,
      run: () => explorer && openDialog({ kind: 'serviceProperties', connectionId: explorer.connectionId }),
      hiddenFromShortcuts: true,
    },
    {
      id: 'app.replication',
      title: 'Geo-replication and the secondary endpoint',
      group: 'Connections',
      enabled: explorer !== undefined,
      run: () =>
        explorer && openDialog({ kind: 'serviceProperties', connectionId: explorer.connectionId, tab: 'replication' }),
      hiddenFromShortcuts: true,
    },
    {
      id: 'app.connectionDetails',
      title: 'Connection details',
      group: 'Connections',
      enabled: explorer !== undefined,
      run: () => explorer && openDialog({ kind: 'connectionDetails', connectionId: explorer.connectionId }),
      hiddenFromShortcuts: true,
    },
    {
      id: 'app.checkConnection',
      title: 'Check this connection',
      group: 'Connections',
      enabled: explorer !== undefined && explorer.connectionId !== SANDBOX_ID,
      run: () => explorer && openDialog({ kind: 'checkConnection', connectionId: explorer.connectionId }),
      hiddenFromShortcuts: true,
    },
    {
      id: 'app.forgetConnection',
      title: 'Forget this connection',
      group: 'Connections',
      enabled: explorer !== undefined,
      run: () => explorer && openDialog({ kind: 'forgetConnection', connectionId: explorer.connectionId }),
      hiddenFromShortcuts: true,
    },
    ...connections.slice(0, 9).map(
      ({ id, account, queue }, index): Command => ({
        id: `app.connection.${index + 1}`,
        title: `Go to ${queue === undefined ? account : `${account}/${queue}`}`,
        group: 'Connections',
        keys: [`g ${index + 1}`],
        run: () => goTo(explorerOf(id)),
      }),
    ),
    ...(current ? [sasCommand(current, explorer)] : []),
    {
      id: 'app.sidebar',
      title: 'Show or hide queues',
      group: 'View',
      keys: ['['],
      enabled: explorer !== undefined,
      run: () => toggleQueues(explorer?.connectionId),
    },
    {
      id: 'app.drawer',
      title: 'Show or hide requests',
      group: 'View',
      keys: ['Backquote'],
      run: toggleDrawer,
    },
    {
      id: 'app.jobs',
      title: 'Show or hide jobs',
      group: 'View',
      run: () => (matchMedia('(width >= 760px)').matches ? openJobs(!areJobsOpen()) : openDialog({ kind: 'jobs' })),
      hiddenFromShortcuts: true,
    },
    { id: 'app.nextPane', title: 'Next pane', group: 'View', keys: ['F6'], run: () => focusPane(1) },
    {
      id: 'app.previousPane',
      title: 'Previous pane',
      group: 'View',
      keys: ['Shift+F6'],
      run: () => focusPane(-1),
    },
    { id: 'app.theme', title: 'Change the theme', group: 'View', run: cycleTheme },
    { id: 'app.density', title: 'Change the row height', group: 'View', run: cycleDensity },
    {
      id: 'app.shortcuts',
      title: 'Keyboard shortcuts',
      group: 'View',
      // Some keyboards have it without Shift.
      keys: ['Shift+?', '?'],
      run: () => openDialog({ kind: 'shortcuts' }),
    },
  ]);
}

async function turnReadOnly(connection: StoredConnection, on: boolean) {
  const { allowChanges, forbidChanges } = await import('@/features/connections/access/change-read-only');
  (on ? forbidChanges : allowChanges)(connection);
}
/** With a key: to give away less than it; with a signature: what it is good for. */
const sasCommand = ({ id: connectionId, kind }: StoredConnection, explorer: ExplorerRoute | undefined): Command =>
  kind === 'sas'
    ? {
        id: 'app.sasReader',
        title: 'What this SAS allows',
        group: 'Connections',
        run: () => openDialog({ kind: 'sasReader', connectionId }),
        hiddenFromShortcuts: true,
      }
    : {
        id: 'app.sasMaker',
        title: kind === 'token' ? 'Create a user delegation SAS' : 'Create a shared access signature',
        group: 'Connections',
        run: () => openDialog({ kind: 'sasMaker', connectionId, ...(explorer?.queue && { queue: explorer.queue }) }),
        hiddenFromShortcuts: true,
      };

function toggleDrawer() {
  const { drawer } = preferences();
  setPreference('drawer', { ...drawer, open: !drawer.open });
}

/** Where the sidebar has no room, its place is taken by a dialog. */
function toggleQueues(connectionId: string | undefined) {
  const { sidebar } = preferences();
  if (matchMedia('(width >= 960px)').matches) setPreference('sidebar', { ...sidebar, open: !sidebar.open });
  else if (connectionId) openDialog({ kind: 'chooseQueue', connectionId });
}

const NEXT: Record<Preferences['density'], Preferences['density']> = {
  compact: 'regular',
  regular: 'roomy',
  roomy: 'compact',
};
const cycleDensity = () => setPreference('density', NEXT[preferences().density]);
