import { useEffect } from 'react';
import { explorerOf } from '@/actions/app-actions';
import { ConnectionSwitcher } from '@/features/connections/connection-switcher';
import { connectionName } from '@/features/connections/shared/connection-name';
import { firstScreenIsThere } from '@/parts/first-screen';
import { insist } from '@/parts/insist';
import {
  type StoredConnection,
  useConnections,
  useConnectionsReady,
  useWereSecretsRemoved,
} from '@/state/connections/connections';
import { type ExplorerRoute, goTo, type Route, routePath, useRoute } from '@/state/navigation/route';
import { useSecretOffer } from '@/state/navigation/secret-offer';
import { usePreference } from '@/state/settings/preferences';
import { isReachable } from '@/state/start/fetch-for-connection';
import { useIsPhone, useIsShort } from '@/ui/browser/use-media';
import { quietPart } from '@/ui/parts/lazy-part';
import { ConnectionSign } from './connection-dot';
import { ErrorBoundary } from './error-boundary';
import { EnvironmentButton, InterruptedStrips, LeasesToggle, ReadOnlyButton } from './late';
import { Logo } from './logo';
import { rememberRoute, useCurrentConnection } from './page';
import { ThemeButton } from './rail-button';
import {
  ConnectScreen,
  LabScreen,
  LockedScreen,
  MessagesScreen,
  QueueOverview,
  SettingsScreen,
  WireScreen,
} from './screens';

const ofShort = () => import('./short/short-line');
const MenuButton = quietPart(async () => (await ofShort()).MenuButton, { waiting: <span className="size-9" /> });
const ShortLine = quietPart(async () => (await ofShort()).ShortLine, { waiting: <div className="h-11" /> });

/** The screen of the current route. */
export function Screen() {
  const route = useRoute();
  const ready = useConnectionsReady();
  const connection = useCurrentConnection();
  useEffect(() => {
    document.title = [titleOf(route, connection), 'Queuescope'].join(' · ');
    if (route?.screen === 'explorer') rememberRoute(route);
  });
  const wereRemoved = useWereSecretsRemoved();
  useEffect(() => {
    if (wereRemoved) void insist(() => import('./secret-notes')).then(({ tellSecretsRemoved }) => tellSecretsRemoved());
  }, [wereRemoved]);
  const offer = useSecretOffer();
  useEffect(() => {
    if (offer) void insist(() => import('./secret-notes')).then(({ showSecretOffer }) => showSecretOffer(offer));
  }, [offer]);
  const lockAfter = usePreference('lockAfter');
  useEffect(() => {
    if (lockAfter === 0) return undefined;
    const started = insist(() => import('./idle-lock')).then(({ startIdleLock }) => startIdleLock(lockAfter));
    return () => void started.then((end) => end());
  }, [lockAfter]);
  if (!ready) return null;
  return (
    <ErrorBoundary resetKey={route && routePath(route)}>
      {route && route.screen !== 'explorer' && <Line title={titleOf(route)} />}
      {route ? screenOf(route) : <Start />}
    </ErrorBoundary>
  );
}

function screenOf(route: Route) {
  switch (route.screen) {
    case 'connect':
      return <Connect />;
    case 'settings':
      return <SettingsScreen />;
    case 'lab':
      return <LabScreen part={route.part} query={route.query} />;
    case 'wire':
      return <WireScreen exchange={route.exchange} />;
    case 'explorer':
      return <Explorer route={route} />;
  }
}

/** Leads an address without a route to the queues of the first connection, if there is one. */
function Start() {
  const [first] = useConnections();
  useEffect(() => {
    if (first) goTo(explorerOf(first.id), { replace: true });
  }, [first]);
  return first ? null : <Connect />;
}

/** Without a connection there is no rail, so brand and theme stand above the screen. */
function Connect({ wanted }: { wanted?: string }) {
  const isFirst = useConnections().length === 0;
  useEffect(firstScreenIsThere, []);
  return (
    <ConnectScreen wanted={wanted} header={isFirst ? <BrandBar /> : wanted !== undefined && <Line title="Connect" />} />
  );
}

/** The sticky line of a short window over a screen that has none of its own. */
const Line = ({ title }: { title: string }) => useIsShort() && <ShortLine title={title} />;

/** The name and the theme, above the first screen of a first visit. */
const BrandBar = () => (
  <div className="flex h-13 items-center gap-2.5 px-6 max-desk:px-4">
    <Logo />
    <span className="flex-1 text-15 font-semibold">Queuescope</span>
    <ThemeButton />
  </div>
);

/** Asks for a connection that a link names and this browser does not have; the route stays in the address. */
function Explorer({ route }: { route: ExplorerRoute }) {
  const connections = useConnections();
  const connection = connections.find(({ id }) => id === route.connectionId);
  const isShort = useIsShort();
  const isPhone = useIsPhone();
  const isShut = connection !== undefined && (connection.locked === true || !isReachable(connection));
  useEffect(() => {
    if (isShut) firstScreenIsThere();
  }, [isShut]);
  if (!connection) return <Connect wanted={route.connectionId} />;
  // Where there is no sidebar.
  const leading = isShort ? (
    <MenuButton />
  ) : (
    <span className="flex items-center gap-1 wide:hidden">
      <ConnectionSwitcher tile connection={connection} />
      {connection.environment && <EnvironmentButton connection={connection} />}
      {connection.readOnly && (
        <span className="contents desk:hidden">
          <ReadOnlyButton variant="icon" connection={connection} />
        </span>
      )}
    </span>
  );
  // Where there is no status bar.
  const sign = (isPhone || isShort) && <ConnectionSign connection={connection} />;
  if (isShut) return <LockedScreen connection={connection} leading={leading} />;
  if (route.queue === undefined) {
    const leases = (
      <LeasesToggle className="inline-flex min-h-7 flex-none items-center gap-1.5 rounded-6 px-2 text-text-2 max-desk:min-h-11" />
    );
    return <QueueOverview connectionId={route.connectionId} leading={leading} sign={sign} leases={leases} />;
  }
  const { connectionId, queue } = route;
  const strips = <InterruptedStrips connectionId={connectionId} queue={queue} />;
  return <MessagesScreen route={route} leading={leading} sign={sign} strips={strips} />;
}

const TITLES = { connect: 'Connect', lab: 'Lab', settings: 'Settings', wire: 'Wire' };
/** The name of a screen; the explorer's with its queue and its account: "orders, harborlaneprod". */
const titleOf = (route: Route = { screen: 'connect' }, connection?: StoredConnection): string =>
  route.screen === 'explorer'
    ? [route.queue ?? 'Queues', connection && connectionName(connection)].filter(Boolean).join(', ')
    : TITLES[route.screen];
