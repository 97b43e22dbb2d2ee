import { currentRoute, type Route } from '@/state/navigation/route';
import { lazyPart, quietly } from '@/ui/parts/lazy-part';

const SCREEN = { shape: 'screen' } as const;

export const ConnectScreen = lazyPart(
  async () => (await import('@/features/connections/connect-screen')).ConnectScreen,
  SCREEN,
);
export const LockedScreen = lazyPart(
  async () => (await import('@/features/connections/locked/locked-screen')).LockedScreen,
  SCREEN,
);
export const MessagesScreen = lazyPart(
  async () => (await import('@/features/messages/messages-screen')).MessagesScreen,
  SCREEN,
);
/** Of the explorer alone. */
export const Sidebar = lazyPart(async () => (await import('./sidebar')).Sidebar, SCREEN);
export const StatusBar = lazyPart(async () => (await import('./status-bar')).StatusBar, SCREEN);
export const QueueOverview = lazyPart(
  async () => (await import('@/features/queues/queue-overview')).QueueOverview,
  SCREEN,
);
export const WireScreen = lazyPart(async () => (await import('@/features/wire/wire-screen')).WireScreen, SCREEN);
export const LabScreen = lazyPart(async () => (await import('@/features/lab/lab-screen')).LabScreen, SCREEN);
export const SettingsScreen = lazyPart(
  async () => (await import('@/features/settings/settings-screen')).SettingsScreen,
  SCREEN,
);

const EXPLORER = [Sidebar, StatusBar, QueueOverview, MessagesScreen];
const explorer = () => Promise.allSettled(EXPLORER.map((screen) => screen.preload()));
// For who connects: the next screen is the explorer.
quietly(explorer);

const FIRST: Partial<Record<Route['screen'], () => Promise<unknown>>> = {
  connect: ConnectScreen.preload,
  lab: LabScreen.preload,
  wire: WireScreen.preload,
  settings: SettingsScreen.preload,
};

/** The first screen of the address; undefined for the explorer, which is Connect where there is no connection. */
const named = () => FIRST[currentRoute()?.screen ?? 'explorer'];

/** Fetches the code of a screen before it is asked for. */
export const preload = {
  /**
   * Begins with the screen that the page has asked for together with its own files (`scripts/run/plugins/first-files.mjs`), before the
   * connections are known. True when what the screen shows comes from a service, and it tells when that has come
   * (`parts/first-screen.ts`).
   */
  expected(): boolean {
    const load = named();
    if (load) void load().catch(() => undefined);
    else if (document.querySelector('link[data-first="explorer"]')) void explorer();
    return load === undefined;
  },
  /** The screen of a first visit, with or without a connection; settles when it is loaded or cannot be. */
  first: (isConnected: boolean): Promise<unknown> =>
    (named() ?? (isConnected ? explorer : ConnectScreen.preload))().catch(() => undefined),
  connect: () => void ConnectScreen.preload(),
  lab: () => void LabScreen.preload(),
  wire: () => void WireScreen.preload(),
  settings: () => void SettingsScreen.preload(),
};
