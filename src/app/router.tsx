import { Suspense, useEffect } from 'react';
import { ConnectionSwitcher } from '@/features/connections/connection-switcher';
import { useConnections, useConnectionsReady } from '@/state/connections/connections';
import { type ExplorerRoute, goTo, type Route, routePath, useRoute } from '@/state/navigation/route';
import { BrandBar } from './brand-bar';
import { EnvironmentButton, ReadOnlyButton } from './connection-buttons';
import { ErrorBoundary } from './error-boundary';
import { explorerOf, rememberRoute } from './last-route';
import { ConnectScreen, LockedScreen, MessagesScreen, QueueOverview, SettingsScreen, WireScreen } from './screens';

/** The screen of the place we are at. */
export function Screen() {
  const route = useRoute();
  const ready = useConnectionsReady();
  useEffect(() => {
    document.title = [titleOf(route), 'Queuescope'].filter(Boolean).join(' · ');
    if (route?.screen === 'explorer') rememberRoute(route);
  });
  if (!ready) return null;
  return (
    <ErrorBoundary resetKey={route && routePath(route)}>
      <Suspense>{route ? screenOf(route) : <Start />}</Suspense>
    </ErrorBoundary>
  );
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'connect':
      return <Connect />;
    case 'settings':
      return <SettingsScreen />;
    case 'wire':
      return <WireScreen exchange={route.exchange} />;
    case 'explorer':
      return <Explorer route={route} />;
  }
}

/** An address that names no place leads to the queues of the first connection, if there is one. */
function Start() {
  const [first] = useConnections();
  useEffect(() => {
    if (first) goTo(explorerOf(first.id), { replace: true });
  }, [first]);
  return first ? null : <Connect />;
}

/** Before there is a connection there is no rail to hold brand and theme. */
function Connect({ wanted }: { wanted?: string }) {
  const isFirst = useConnections().length === 0;
  return <ConnectScreen wanted={wanted} header={isFirst && <BrandBar />} />;
}

/** A link may name an account that this browser has no key for: it is asked for, and the place stays in the address. */
function Explorer({ route }: { route: ExplorerRoute }) {
  const connections = useConnections();
  const connection = connections.find(({ id }) => id === route.connectionId);
  if (!connection) return <Connect wanted={route.connectionId} />;
  // On a phone, where there is no rail.
  const leading = (
    <span className="flex items-center gap-1 desk:hidden">
      <ConnectionSwitcher tile connection={connection} />
      <Suspense>
        {connection.environment && <EnvironmentButton connection={connection} />}
        {connection.readOnly && <ReadOnlyButton variant="icon" connection={connection} />}
      </Suspense>
    </span>
  );
  if (connection.locked) return <LockedScreen connection={connection} leading={leading} />;
  if (route.queue === undefined) return <QueueOverview connectionId={route.connectionId} leading={leading} />;
  return <MessagesScreen route={route} leading={leading} />;
}

function titleOf(route: Route | undefined) {
  switch (route?.screen) {
    case undefined:
    case 'connect':
      return 'Connect';
    case 'settings':
      return 'Settings';
    case 'wire':
      return 'Wire';
    case 'explorer':
      return route.queue ?? 'Queues';
  }
}
