/*
 * The service worker: it keeps the files of one build of the page, so that sandbox and lab open without a network, and answers
 * for these files alone. Its first line, which the build writes, says what they are. docs/decisions/interface-and-bundle.md says why
 * it is our own.
 */

type Build = {
  /** A hash over all of its files. */
  version: string;
  /** Addresses relative to the page; '' is the page itself. */
  files: readonly string[];
  /** The script of its page, by which a tab says which build it runs. */
  entry: string;
};

type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void };
type Fetch = Event & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Client = { postMessage: (message: unknown, transfer: Transferable[]) => void };
type WorkerScope = {
  BUILD: Build;
  registration: { scope: string; installing: unknown; waiting: unknown };
  clients: { claim: () => Promise<void>; matchAll: (of: object) => Promise<readonly Client[]> };
  skipWaiting: () => Promise<void>;
  addEventListener: {
    (type: 'install' | 'activate', listener: (event: Extendable) => void): void;
    (type: 'fetch', listener: (event: Fetch) => void): void;
    (type: 'message', listener: (event: Extendable & { data: unknown }) => void): void;
  };
};

const worker = globalThis as unknown as WorkerScope;
const { version, files, entry } = worker.BUILD;
const { scope } = worker.registration;

/** Caches of this page alone: others of the same origin, under another path, have theirs. */
const PREFIX = `queuescope ${scope} `;
const OWN = PREFIX + version;
const addresses = new Map(files.map((file) => [new URL(file, scope).href, file]));
/** `index.html` is the page by its own name. */
addresses.set(new URL('index.html', scope).href, '');
/** A part of a build; where sign-in comes back to is never kept. */
const PART = /^assets\/(?!signed-in-)[\w.-]+\.(?:js|css)$/;
/** Addresses that are kept of other builds, for tabs of them that are open still; undefined until they are known. */
let ofOthers: ReadonlySet<string> | undefined;
/** Files that are fetched at the same time. */
const LANES = 6;
/** Time for a tab to say which build it runs, in ms. One that is frozen says nothing, and all is kept for it. */
const ANSWER_MS = 2000;
/** Times that the tabs are asked: one that is being closed or loaded is listed and says nothing. */
const ASKS = 4;

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim().then(tidy)));
worker.addEventListener('message', (event) => {
  // The person has taken the new version.
  if (event.data === 'take') event.waitUntil(worker.skipWaiting());
  if (event.data === 'tidy') event.waitUntil(tidy());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  // What is asked for past all caches is asked of the server.
  if (request.method !== 'GET' || request.cache === 'no-store' || request.cache === 'reload') return;
  const [address = ''] = request.url.split('#');
  const own = addresses.get(address);
  if (own !== undefined) event.respondWith(answer(new URL(own, scope).href, request, OWN));
  else if (address.startsWith(scope) && PART.test(address.slice(scope.length)) && ofOthers?.has(address) !== false)
    event.respondWith(answer(address, request));
});

/** Learns what is kept of other builds; the caches themselves say so only after a request was answered or left alone. */
async function readOthers(): Promise<void> {
  const kept = await Promise.all(
    (await cachesOfOthers()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
  );
  ofOthers = new Set(kept.flat());
}

/** Answers from a cache of ours, or else from the network. */
async function answer(address: string, request: Request, from?: string): Promise<Response> {
  for (const name of from === undefined ? await cachesOfPage() : [from]) {
    const kept = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}

const cachesOfPage = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));
const cachesOfOthers = async () => (await cachesOfPage()).filter((name) => name !== OWN);

/** Fetches all files of this build. When one of them is not what it should be, none is kept, and the browser tries again later. */
async function keep(): Promise<void> {
  const cache = await caches.open(OWN);
  const waiting = files.values();
  async function lane() {
    for (const file of waiting) {
      const address = new URL(file, scope).href;
      // What changes under its name comes from the server, not from what the browser has of the build before.
      const response = await fetch(address, {
        cache: PART.test(file) ? 'default' : 'no-cache',
        credentials: 'same-origin',
      });
      if (!(await isWhole(file, response.clone()))) throw new Error(`${address} is not of this build`);
      await cache.put(address, await plain(response));
    }
  }
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
}

/** The server may have another build by now, or its page for every address. */
async function isWhole(file: string, response: Response): Promise<boolean> {
  if (!response.ok) return false;
  const type = response.headers.get('content-type') ?? '';
  if (file.endsWith('.js') && PART.test(file))
    return (await response.text()).trimEnd().endsWith(`//${file.slice(-11, -3)}`);
  return file === '' ? (await response.text()).includes(entry) : !type.includes('text/html');
}

/** A browser opens no page with an answer that came by a redirect. */
const plain = async (response: Response): Promise<Response> =>
  response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response;

/** Deletes what was kept of other builds, unless a tab of one is open or a newer one comes, whose files are among them. */
async function tidy(): Promise<void> {
  const others = await cachesOfOthers();
  const { installing, waiting } = worker.registration;
  if (others.length === 0 || installing || waiting) return;
  const entries = await entriesOfTabs();
  if (entries.includes(undefined)) return;
  for (const name of others) {
    const cache = await caches.open(name);
    const used = await Promise.all(entries.map((one) => cache.match(new URL(one ?? '', scope).href)));
    if (!used.some(Boolean)) await caches.delete(name);
  }
  await readOthers();
}

/** The scripts of the pages of all open tabs; undefined for one that does not say, however often it is asked. */
async function entriesOfTabs(asked = 1): Promise<readonly (string | undefined)[]> {
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const entries = await Promise.all(tabs.map(entryOf));
  return entries.includes(undefined) && asked < ASKS ? entriesOfTabs(asked + 1) : entries;
}

/** The script of the page of a tab; undefined when it does not say. */
function entryOf(tab: Client): Promise<string | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      clearTimeout(timer);
      resolve(typeof data === 'string' ? data : undefined);
    });
    port1.start();
    tab.postMessage('which build', [port2]);
  });
}

void readOthers().catch(() => undefined);
