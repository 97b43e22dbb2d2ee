import { lazy, type ReactNode, Suspense } from 'react';
import { useConnections } from '@/state/connections/connections';
import { useReadsSecondary } from '@/state/connections/secondary-reads';
import { useJobs } from '@/state/jobs/job-store';
import { useRoute } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { usePreference } from '@/state/settings/preferences';
import { useIsPhone } from '@/ui/browser/use-media';
import { ActivityDrawer } from './activity-drawer';
import { SandboxTime } from './late';
import { useCurrentConnection } from './page';
import { Rail } from './rail';
import { Sidebar } from './sidebar';
import { StatusBar } from './status-bar';
import { TabBar } from './tab-bar';

const JobStrip = lazy(() => import('@/features/jobs/job-strip').then((module) => ({ default: module.JobStrip })));

const SecondaryStrip = lazy(() => import('@/features/service/secondary-strip'));

/** Rail, sidebar, main, drawer, status bar; under 760 px the screen alone above a tab bar. */
export function Shell({ children }: { children: ReactNode }) {
  const route = useRoute();
  const connection = useCurrentConnection();
  const sidebar = usePreference('sidebar');
  const isPhone = useIsPhone();
  const hasJobs = useJobs().length > 0;
  const explorer = route?.screen === 'explorer' && connection ? { ...route, connection } : undefined;
  const readsSecondary = useReadsSecondary(explorer?.connection.id);
  // Without a connection there is nothing for the rail to lead to.
  const isFirstVisit = useConnections().length === 0 && route?.screen !== 'wire' && route?.screen !== 'settings';
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
        <div className="flex min-h-0 flex-1">
          {explorer && sidebar.open && <Sidebar connection={explorer.connection} />}
          <div className="flex min-w-0 flex-1 flex-col">
            <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col bg-surface outline-none">
              {explorer && readsSecondary && (
                <Suspense>
                  <SecondaryStrip connectionId={explorer.connection.id} />
                </Suspense>
              )}
              {children}
            </main>
            {explorer && <ActivityDrawer />}
          </div>
        </div>
        {explorer && !isPhone && <StatusBar connection={explorer.connection} />}
      </div>
      {explorer && isSandbox(explorer.connection) && isPhone && (
        <Suspense>
          <SandboxTime variant="strip" />
        </Suspense>
      )}
      {isPhone && hasJobs && (
        <Suspense>
          <JobStrip />
        </Suspense>
      )}
      {!isFirstVisit && <TabBar />}
    </div>
  );
}

/** Moves the focus without the hash of the link: the hash is the route. */
function skipToMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
