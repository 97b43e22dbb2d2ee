import { preloadable } from './preloadable';

export const ConnectScreen = preloadable(
  async () => (await import('@/features/connections/connect-screen')).ConnectScreen,
);
export const LockedScreen = preloadable(
  async () => (await import('@/features/connections/access/locked-screen')).LockedScreen,
);
export const MessagesScreen = preloadable(
  async () => (await import('@/features/messages/messages-screen')).MessagesScreen,
);
export const QueueSidebar = preloadable(async () => (await import('@/features/queues/queue-sidebar')).QueueSidebar);
export const QueueOverview = preloadable(async () => (await import('@/features/queues/queue-overview')).QueueOverview);
export const WireScreen = preloadable(async () => (await import('@/features/wire/wire-screen')).WireScreen);
export const SettingsScreen = preloadable(
  async () => (await import('@/features/settings/settings-screen')).SettingsScreen,
);

/** Fetches the code of a screen before it is asked for. */
export const preload = {
  /** What the first visit shows; settles when it is there, or cannot be had. */
  explorer: () => Promise.allSettled([QueueSidebar, QueueOverview, MessagesScreen].map((screen) => screen.preload())),
  connect: () => void ConnectScreen.preload(),
  wire: () => void WireScreen.preload(),
  settings: () => void SettingsScreen.preload(),
};
