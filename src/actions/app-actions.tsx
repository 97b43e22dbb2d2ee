import { Activity, FlaskConical, Keyboard, Layers, Plus, Settings2 } from 'lucide-react';
import { accountAndQueue } from '@/state/connections/connection-labels';
import { onlyQueueOf, type StoredConnection } from '@/state/connections/connections';
import { areJobsOpen, openJobs } from '@/state/jobs/job-store';
import { areLeasesOpen, openLeases } from '@/state/leases/lease-tray';
import { openDialog } from '@/state/navigation/open-dialog';
import { type ExplorerRoute, goTo, queueRoute } from '@/state/navigation/route';
import { type Preferences, preferences, setPreference } from '@/state/settings/preferences';
import { isMedia } from '@/ui/browser/use-media';
import { type Action, actionsOn } from './action';

/** The page: where its explorer was last, and the connection of that. */
export type Page = {
  connectionId?: string | undefined;
  connection: StoredConnection | undefined;
  isReadOnly: boolean;
  explorer: ExplorerRoute | undefined;
  focusPane: (step: 1 | -1) => void;
  turnReadOnly: (connection: StoredConnection, isOn: boolean) => void;
};

export const goToActions = actionsOn<Page>()('app', 'Go to', {
  commands: { label: 'Search or run a command', keys: ['$mod+k'], opens: 'commands' },
  explorer: {
    label: 'Explorer',
    icon: <Layers />,
    keys: ['g e'],
    isEnabled: ({ explorer }) => explorer !== undefined,
    run: ({ explorer }) => explorer && goTo(explorer),
  },
  lab: { label: 'Lab', icon: <FlaskConical />, keys: ['g l'], run: () => goTo({ screen: 'lab' }) },
  wire: { label: 'Wire inspector', icon: <Activity />, keys: ['g w'], run: () => goTo({ screen: 'wire' }) },
  settings: { label: 'Settings', icon: <Settings2 />, run: () => goTo({ screen: 'settings' }) },
});

export const pageActions = actionsOn<Page>()('app', 'Connections', {
  connect: { label: 'Add connection', icon: <Plus />, run: () => goTo({ screen: 'connect' }) },
  readOnly: {
    label: ({ connection, isReadOnly }) =>
      isReadOnly ? `Allow changes to ${connection?.account}` : `Make ${connection?.account} read-only`,
    isOffered: ({ connection }) => connection !== undefined,
    run: ({ connection, isReadOnly, turnReadOnly }) => connection && turnReadOnly(connection, !isReadOnly),
  },
});

export const layoutActions = actionsOn<Page>()('app', 'View', {
  sidebar: {
    label: 'Show or hide queues',
    keys: ['['],
    isEnabled: ({ explorer }) => explorer !== undefined,
    run: ({ explorer }) => toggleQueues(explorer?.connectionId),
  },
  drawer: { label: 'Show or hide requests', keys: ['Backquote'], run: toggleDrawer },
  jobs: {
    label: 'Show or hide jobs',
    run: () => (isMedia('(width >= 760px)') ? openJobs(!areJobsOpen()) : openDialog({ kind: 'jobs' })),
  },
  leases: {
    label: 'Show or hide leases',
    isEnabled: ({ explorer }) => explorer !== undefined,
    run: () => openLeases(!areLeasesOpen()),
  },
  nextPane: { label: 'Next pane', keys: ['F6'], run: ({ focusPane }) => focusPane(1) },
  previousPane: { label: 'Previous pane', keys: ['Shift+F6'], run: ({ focusPane }) => focusPane(-1) },
  theme: { label: 'Change the theme', run: cycleTheme },
  density: { label: 'Change the row height', run: cycleDensity },
  shortcuts: {
    label: 'Keyboard shortcuts',
    icon: <Keyboard />,
    // Some keyboards have it without Shift.
    keys: ['Shift+?', '?'],
    opens: 'shortcuts',
  },
});

/** The explorer of a connection, with no queue open unless the connection is for that one alone. */
export const explorerOf = (connectionId: string): ExplorerRoute => queueRoute(connectionId, onlyQueueOf(connectionId));

/** Goes to a connection. `index` is its place in the rail: the first nine have a key. */
export const goToConnection = (connection: StoredConnection, index: number): Action => ({
  id: `app.connection.${index + 1}`,
  group: 'Connections',
  label: `Go to ${accountAndQueue(connection)}`,
  ...(index < 9 && { keys: [`g ${index + 1}`] }),
  run: () => goTo(explorerOf(connection.id)),
});

function toggleDrawer() {
  const { drawer } = preferences();
  setPreference('drawer', { ...drawer, open: !drawer.open });
}

/** Shows or hides the sidebar, or opens the dialog where there is no room for it. */
function toggleQueues(connectionId: string | undefined) {
  const { sidebar } = preferences();
  if (isMedia('(width >= 960px)')) setPreference('sidebar', { ...sidebar, open: !sidebar.open });
  else if (connectionId) openDialog({ kind: 'chooseQueue', connectionId });
}

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const;
const NEXT_DENSITY = { compact: 'regular', regular: 'roomy', roomy: 'compact' } as const satisfies Record<
  Preferences['density'],
  Preferences['density']
>;

/** System, light, dark, and round again. */
export function cycleTheme() {
  setPreference('theme', NEXT_THEME[preferences().theme]);
}
function cycleDensity() {
  setPreference('density', NEXT_DENSITY[preferences().density]);
}
