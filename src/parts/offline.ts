import { trusted } from '@/azure/wire/trusted-types';

/** The service worker of the build, relative to the page, which is its scope. */
const WORKER = 'offline-worker.js';
/** Ms in which the version that waits takes over: the one before answers first what it was asked. */
const TAKES_MS = 10_000;
/** Ms between two looks for a new version, in a tab that stays open. */
const LOOK_AFTER_MS = 60 * 60_000;

type SavesData = Navigator & { connection?: { saveData?: boolean } };

const address = () => new URL(WORKER, document.baseURI).href;
const container = (): ServiceWorkerContainer | undefined =>
  'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

/** True where our own local server is behind the page, which says so in it; and with the development server. */
export const hasLocalServer = (): boolean =>
  import.meta.env.DEV || document.querySelector('meta[name="queuescope-server"]') !== null;

/**
 * True when a service worker of another program stands between this page and the local server: it could read and change everything.
 * On a static host one may be the host's own.
 */
export const isUnderForeignWorker = (): boolean => hasLocalServer() && container()?.controller != null;

/** Removes all service workers at the address of the local server, and what they kept of this page: none of them is of use there. */
export async function removeWorkers(): Promise<void> {
  const registrations = (await container()?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((one) => one.unregister()));
  const names = 'caches' in globalThis ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith('queuescope ')).map((name) => caches.delete(name)));
}

/**
 * Keeps the files of this build on the device, on a static host and where data need not be saved, so that the page opens without a
 * network. Never rejects.
 * @param newVersion called when another build waits to be taken
 */
export async function keepOffline(newVersion: () => void): Promise<void> {
  const workers = container();
  if (!workers || hasLocalServer() || (navigator as SavesData).connection?.saveData) return;
  workers.addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
    if (data === 'which build') ports[0]?.postMessage(ownEntry());
  });
  workers.startMessages();
  try {
    const registration = await workers.register(trusted.createScriptURL(address()), { updateViaCache: 'none' });
    const tell = () => registration.waiting && workers.controller && newVersion();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
    tell();
    registration.active?.postMessage('tidy');
    setInterval(() => void registration.update().catch(() => undefined), LOOK_AFTER_MS);
  } catch {
    // The page goes on without.
  }
}

/** The script of this page, relative to it. */
function ownEntry(): string {
  const { src } = document.querySelector<HTMLScriptElement>('script[type=module]') ?? { src: '' };
  return src.slice(new URL('.', document.baseURI).href.length);
}

/** Loads the page again, in the version that waits, if one does. */
export async function reloadPage(): Promise<void> {
  const workers = container();
  const waiting = (await workers?.getRegistration().catch(() => undefined))?.waiting;
  if (waiting && workers) {
    const taken = new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a service worker has none
    waiting.postMessage('take');
    await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, TAKES_MS))]);
  }
  location.reload();
}
