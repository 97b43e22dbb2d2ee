import { hasLocalServer, keepOffline, removeWorkers } from '@/parts/offline';
import { findLocalService } from '@/state/start/start-connections';
import { nextQuietPart } from '@/ui/parts/lazy-part';
import { tellNewVersion } from './new-version';

/** Ms after the first screen in which nothing is loaded for later. */
const QUIET_AFTER_MS = 2000;

type SavesData = Navigator & { connection?: { saveData?: boolean } };

/** Resolves when the browser has nothing else to do; Safari does not tell. */
const quietMoment = () =>
  new Promise<unknown>((resolve) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(resolve, { timeout: 2000 }) : setTimeout(resolve, 200),
  );

/** Loads what the screens that are open may need next, one part after the other, in quiet moments. Not where data is to be saved. */
async function loadQuietly() {
  if ((navigator as SavesData).connection?.saveData) return;
  for (;;) {
    await quietMoment();
    if (!navigator.onLine) await new Promise<unknown>((resolve) => addEventListener('online', resolve, { once: true }));
    const load = nextQuietPart();
    if (!load) return;
    // Who needs it tells of a failure.
    await load().catch(() => undefined);
  }
}

/** Prepares for the time without a network, once the first screen is there. */
export async function startOffline(firstScreen: Promise<unknown>): Promise<void> {
  if (!hasLocalServer()) void leaveLocalServer();
  await firstScreen;
  await new Promise((resolve) => setTimeout(resolve, QUIET_AFTER_MS));
  // Not one after the other: a busy page has few quiet moments.
  await Promise.all([keepOffline(tellNewVersion), loadQuietly()]);
}

/**
 * Ends a service worker of ours that stands before the local server, as when a static host was at this port before: it shows the
 * page that it keeps. Its next version is one that ends itself, which the local server answers in its place.
 */
async function leaveLocalServer() {
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  if (!workers?.controller) return;
  workers.addEventListener('controllerchange', () => void leaveIfGone(workers));
  if (await findLocalService()) await leave();
}

async function leaveIfGone(workers: ServiceWorkerContainer) {
  if ((await workers.getRegistration()) === undefined) await leave();
}

async function leave() {
  await removeWorkers();
  location.reload();
}
