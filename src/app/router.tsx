import { Suspense, useEffect } from 'react';
import { useConnections, useConnectionsReady } from '@/state/connections';
import { go, type Place, placePath, usePlace } from '@/state/place';
import { ErrorBoundary } from './error-boundary';
import { explorerOf, rememberPlace } from './last-place';
import { ConnectScreen, MessagesScreen, QueueOverview, SettingsScreen, WireScreen } from './screens';

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
      return <ConnectScreen />;
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
  return first ? null : <ConnectScreen />;
}

/** A link may name an account that this browser has no key for: it is asked for, and the place stays in the address. */
function Explorer({ place }: { place: Extract<Place, { screen: 'explorer' }> }) {
  const connections = useConnections();
  if (!connections.some(({ id }) => id === place.connection)) return <ConnectScreen wanted={place.connection} />;
  if (place.queue === undefined) return <QueueOverview connection={place.connection} />;
  return <MessagesScreen place={place} />;
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
