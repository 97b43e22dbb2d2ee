import { preloadable } from '@/ui/browser/preloadable';

export const ConnectScreen = preloadable(
  async () => (await import('@/features/connections/connect-screen')).ConnectScreen,
);
export const LockedScreen = preloadable(
  async () => (await import('@/features/connections/locked/locked-screen')).LockedScreen,
);
export const MessagesScreen = preloadable(
  async () => (await import('@/features/messages/messages-screen')).MessagesScreen,
);
export const QueueSidebar = preloadable(async () => (await import('@/features/queues/queue-sidebar')).QueueSidebar);
export const QueueOverview = preloadable(async () => (await import('@/features/queues/queue-overview')).QueueOverview);
export const WireScreen = preloadable(async () => (await import('@/features/wire/wire-screen')).WireScreen);
export const LabScreen = preloadable(async () => (await import('@/features/lab/lab-screen')).LabScreen);
export const SettingsScreen = preloadable(
  async () => (await import('@/features/settings/settings-screen')).SettingsScreen,
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
