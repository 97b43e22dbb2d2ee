import { Activity, FlaskConical, Layers, Plug, Settings2 } from 'lucide-react';
import { type ReactNode } from 'react';
import { goToActions, goToConnection, layoutActions, pageActions } from '@/actions/app-actions';
import { connectionLabel } from '@/features/connections/shared/connection-name';
import { ConnectionTile } from '@/features/connections/shared/connection-tile';
import { useConnections } from '@/state/connections/connections';
import { useReadsSecondary } from '@/state/connections/secondary-reads';
import { useJobsOpen } from '@/state/jobs/job-store';
import { openLeases, useLeasesOpen } from '@/state/leases/lease-tray';
import { type Route, routeHref, useRoute } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { usePreference } from '@/state/settings/preferences';
import { Arriving } from '@/ui/browser/arriving';
import { rem } from '@/ui/browser/text-size';
import { useIsPhone, useIsShort } from '@/ui/browser/use-media';
import { lazyPart, quietPart } from '@/ui/parts/lazy-part';
import { PartWaiting } from '@/ui/parts/part-failure';
import { SandboxTime } from './late';
import { Logo } from './logo';
import { NetworkNotes } from './network-note';
import { useCurrentConnection, useExplorerRoute, usePage } from './page';
import { RailAction, ThemeButton } from './rail-button';
import { preload, Sidebar, StatusBar } from './screens';

const JobStrip = quietPart(async () => (await import('@/features/jobs/job-strip')).JobStrip);

const ActivityDrawer = quietPart(async () => (await import('./activity-drawer')).default, { waiting: <DrawerRoom /> });

const LeaseTray = quietPart(async () => (await import('@/features/messages/tray/lease-tray')).default, {
  shape: 'pane',
  onClose: () => openLeases(false),
  waiting: (
    <>
      <Arriving isPane />
      <PartWaiting shape="pane" onClose={() => openLeases(false)} />
    </>
  ),
});

const SecondaryStrip = lazyPart(async () => (await import('@/features/service/secondary-strip')).default);

/** Its room is there before it, so that no row jumps. */
function DrawerRoom() {
  const { height } = usePreference('drawer');
  return <div className="flex-none max-desk:hidden" style={{ height: rem(height) }} />;
}

/** Rail, sidebar, main, drawer, status bar; under 760 px the screen alone above a tab bar. */
export function Shell({ children }: { children: ReactNode }) {
  const route = useRoute();
  const connection = useCurrentConnection();
  const sidebar = usePreference('sidebar');
  const isPhone = useIsPhone();
  const isShort = useIsShort();
  const hasLeasesOpen = useLeasesOpen();
  const drawer = usePreference('drawer');
  const isJobsOpen = useJobsOpen();
  const explorer = route?.screen === 'explorer' && connection ? { ...route, connection } : undefined;
  const readsSecondary = useReadsSecondary(explorer?.connection.id);
  // Without a connection there is nothing for the rail to lead to.
  const isFirstVisit = useConnections().length === 0 && !['wire', 'settings', 'lab'].includes(route?.screen ?? '');
  return (
    <div className="flex h-dvh overflow-hidden max-desk:flex-col">
      <a
        href="#main"
        onClick={skipToMain}
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-6 bg-ink px-3 py-2 text-on-ink focus:translate-y-0"
      >
        Skip to the main part
      </a>
      {!isFirstVisit && <Rail />}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="relative flex min-h-0 flex-1">
          {explorer && sidebar.open && !isShort && <Sidebar connection={explorer.connection} />}
          <div className="flex min-w-0 flex-1 flex-col">
            <main
              id="main"
              tabIndex={-1}
              className="flex min-h-0 flex-1 flex-col bg-surface outline-none short:block short:scroll-pt-11 short:scroll-pb-14 short:overflow-x-clip short:overflow-y-auto"
            >
              {explorer && readsSecondary && <SecondaryStrip connectionId={explorer.connection.id} />}
              {children}
            </main>
            {explorer && !isShort && (drawer.open || isJobsOpen) && <ActivityDrawer />}
          </div>
          {explorer && hasLeasesOpen && <LeaseTray />}
        </div>
        {explorer && !isPhone && !isShort && <StatusBar connection={explorer.connection} />}
      </div>
      {explorer && isSandbox(explorer.connection) && (isPhone || isShort) && <SandboxTime variant="strip" />}
      {isPhone && !isShort && <JobStrip />}
      <NetworkNotes />
      {!isFirstVisit && <TabBar />}
    </div>
  );
}

/** Moves the focus without the hash of the link: the hash is the route. */
function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** The screens of the app as tabs at the foot, under 760 px. */
function TabBar() {
  const explorer = useExplorerRoute();
  return (
    <nav
      aria-label="Places"
      className="flex flex-none border-t border-line bg-canvas pt-1.5 pb-[max(10px,env(safe-area-inset-bottom))] desk:hidden short:hidden"
    >
      {explorer ? (
        <Tab to={explorer} icon={<Layers className="size-4.5" />}>
          Messages
        </Tab>
      ) : (
        <Tab to={{ screen: 'connect' }} icon={<Plug className="size-4.5" />}>
          Connect
        </Tab>
      )}
      <Tab to={{ screen: 'lab' }} icon={<FlaskConical className="size-4.5" />}>
        Lab
      </Tab>
      <Tab to={{ screen: 'wire' }} icon={<Activity className="size-4.5" />}>
        Requests
      </Tab>
      <Tab to={{ screen: 'settings' }} icon={<Settings2 className="size-4.5" />}>
        Settings
      </Tab>
    </nav>
  );
}

type TabProps = { to: Route; icon: ReactNode; children: string };

const Tab = ({ to, icon, children }: TabProps) => (
  <a
    href={routeHref(to)}
    aria-current={useRoute()?.screen === to.screen ? 'page' : undefined}
    className="grid min-h-11 flex-1 content-center justify-items-center gap-0.5 text-11 text-text-3 -outline-offset-2! aria-[current=page]:font-semibold aria-[current=page]:text-text"
  >
    {icon}
    {children}
  </a>
);

const currentIf = (isHere: boolean) => (isHere ? 'page' : undefined);

/** Connections above, tools below; 52 px wide. */
function Rail() {
  const connections = useConnections();
  const page = usePage();
  const screen = useRoute()?.screen;
  return (
    <nav
      aria-label="Connections and tools"
      className="flex w-13 flex-none flex-col items-center gap-1.5 overflow-y-auto border-r border-line bg-canvas pt-2.5 pb-2 max-desk:hidden short:hidden"
    >
      <span className="mb-1 grid size-8 flex-none place-items-center">
        <Logo />
      </span>
      {connections.map((connection, index) => (
        <RailAction
          key={connection.id}
          action={goToConnection(connection, index)}
          on={page}
          label={connectionLabel(connection)}
          icon={<ConnectionTile connection={connection} current={connection.id === page.connection?.id} />}
          aria-current={connection.id === page.connection?.id}
          className="relative aria-[current=true]:before:absolute aria-[current=true]:before:top-2 aria-[current=true]:before:-left-2.25 aria-[current=true]:before:h-4.5 aria-[current=true]:before:w-[3px] aria-[current=true]:before:rounded-r-[3px] aria-[current=true]:before:bg-ink aria-[current=true]:before:content-[''] forced-colors:aria-[current=true]:before:bg-[CanvasText]"
        />
      ))}
      <RailAction
        action={pageActions.connect}
        on={page}
        aria-current={currentIf(screen === 'connect')}
        onMouseEnter={preload.connect}
        className="border border-dashed border-line-control text-text-3"
      />
      <span className="flex-1" />
      {page.explorer && (
        <RailAction action={goToActions.explorer} on={page} aria-current={currentIf(screen === 'explorer')} />
      )}
      <RailAction
        action={goToActions.lab}
        on={page}
        aria-current={currentIf(screen === 'lab')}
        onMouseEnter={preload.lab}
      />
      <RailAction
        action={goToActions.wire}
        on={page}
        aria-current={currentIf(screen === 'wire')}
        onMouseEnter={preload.wire}
      />
      <RailAction
        action={goToActions.settings}
        on={page}
        aria-current={currentIf(screen === 'settings')}
        onMouseEnter={preload.settings}
      />
      <span className="my-1 h-px w-6 flex-none bg-line-strong" />
      <RailAction action={layoutActions.shortcuts} on={page} aria-haspopup="dialog" />
      <ThemeButton />
    </nav>
  );
}
