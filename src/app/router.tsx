import { Suspense, useEffect } from 'react';
import { ConnectionSwitcher } from '@/features/connections/connection-switcher';
import { useConnections, useConnectionsReady } from '@/state/connections/connections';
import { type ExplorerPlace, go, type Place, placePath, usePlace } from '@/state/navigation/route';
import { BrandBar } from './brand-bar';
import { EnvironmentButton, ReadOnlyButton } from './connection-buttons';
import { ErrorBoundary } from './error-boundary';
import { explorerOf, rememberPlace } from './last-place';
import { ConnectScreen, LockedScreen, MessagesScreen, QueueOverview, SettingsScreen, WireScreen } from './screens';

/** The screen of the place we are at. */
export function Screen() {
  const place = usePlace();
  const ready = useConnectionsReady();
  useEffect(() => {
    document.title = [titleOf(place), 'Queuescope'].filter(Boolean).join(' · ');
    if (place?.screen === 'explorer') rememberPlace(place);
  });
  if (!ready) return null;
  return (
    <ErrorBoundary resetKey={place && placePath(place)}>
      <Suspense>{place ? screenOf(place) : <Start />}</Suspense>
    </ErrorBoundary>
  );
}

function screenOf(place: Place) {
  switch (place.screen) {
    case 'connect':
      return <Connect />;
    case 'settings':
      return <SettingsScreen />;
    case 'wire':
      return <WireScreen exchange={place.exchange} />;
    case 'explorer':
      return <Explorer place={place} />;
  }
}

/** An address that names no place leads to the queues of the first connection, if there is one. */
function Start() {
  const [first] = useConnections();
  useEffect(() => {
    if (first) go(explorerOf(first.id), { replace: true });
  }, [first]);
  return first ? null : <Connect />;
}

/** Before there is a connection there is no rail to hold brand and theme. */
function Connect({ wanted }: { wanted?: string }) {
  const isFirst = useConnections().length === 0;
  return <ConnectScreen wanted={wanted} header={isFirst && <BrandBar />} />;
}

/** A link may name an account that this browser has no key for: it is asked for, and the place stays in the address. */
function Explorer({ place }: { place: ExplorerPlace }) {
  const connections = useConnections();
  const connection = connections.find(({ id }) => id === place.connection);
  if (!connection) return <Connect wanted={place.connection} />;
  // On a phone, where there is no rail.
  const leading = (
    <span className="flex items-center gap-1 desk:hidden">
      <ConnectionSwitcher tile connection={connection} />
      <Suspense>
        {connection.environment && <EnvironmentButton connection={connection} />}
        {connection.readOnly && <ReadOnlyButton look="icon" connection={connection} />}
      </Suspense>
    </span>
  );
  if (connection.locked) return <LockedScreen connection={connection} leading={leading} />;
  if (place.queue === undefined) return <QueueOverview connection={place.connection} leading={leading} />;
  return <MessagesScreen place={place} leading={leading} />;
}

function titleOf(place: Place | undefined) {
  switch (place?.screen) {
    case undefined:
    case 'connect':
      return 'Connect';
    case 'settings':
      return 'Settings';
    case 'wire':
      return 'Wire';
    case 'explorer':
      return place.queue ?? 'Queues';
  }
}
