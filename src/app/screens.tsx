import { lazyPart } from '@/ui/parts/lazy-part';

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
export const QueueSidebar = lazyPart(
  async () => (await import('@/features/queues/queue-sidebar')).QueueSidebar,
  SCREEN,
);
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

/** Fetches the code of a screen before it is asked for. */
export const preload = {
  /** The screens of a first visit; settles when they are loaded or cannot be. */
  explorer: () => Promise.allSettled([QueueSidebar, QueueOverview, MessagesScreen].map((screen) => screen.preload())),
  connect: () => void ConnectScreen.preload(),
  lab: () => void LabScreen.preload(),
  wire: () => void WireScreen.preload(),
  settings: () => void SettingsScreen.preload(),
};
