import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const SCOPE = 'https://tools.example/app/';
const FILES = ['', 'icon.svg', 'assets/index-AAAAAAAA.js', 'assets/details-BBBBBBBB.js'];
const BUILD = { version: 'one', files: FILES, entry: 'assets/index-AAAAAAAA.js' };

type Listener = (event: Record<string, unknown>) => void;

/** Caches as a browser has them, by name and address. */
let stored: Map<string, Map<string, string>>;
let listeners: Map<string, Listener>;
/** What each open tab says that it runs; undefined: it does not answer. */
let tabs: (string | undefined)[];
/** How many of them are closed between two times that they are asked. */
let closing: number;
/** The worker of a newer build, while there is one. */
let newer: { scope: string; installing?: object; waiting?: object };
let answers: Map<string, { text: string; type?: string; status?: number }>;
let asked: string[];
let isSkipped: boolean;

const bodyOf = (file: string) =>
  file === '' ? `<script src="./${BUILD.entry}">` : file.endsWith('.js') ? `1\n//${file.slice(-11, -3)}` : 'a file';

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  stored = new Map();
  listeners = new Map();
  tabs = [];
  closing = 0;
  newer = { scope: SCOPE };
  asked = [];
  isSkipped = false;
  answers = new Map(FILES.map((file) => [SCOPE + file, { text: bodyOf(file) }]));
  const open = async (name: string) => {
    const cache = stored.get(name) ?? new Map<string, string>();
    stored.set(name, cache);
    return {
      match: async (address: string) => (cache.has(address) ? new Response(cache.get(address)) : undefined),
      keys: async () => [...cache.keys()].map((url) => ({ url })),
      put: async (address: string, response: Response) => void cache.set(address, await response.text()),
    };
  };
  vi.stubGlobal('caches', {
    open,
    keys: async () => [...stored.keys()],
    delete: async (name: string) => stored.delete(name),
  });
  vi.stubGlobal('fetch', async (request: string | { url: string }) => {
    const address = typeof request === 'string' ? request : request.url;
    asked.push(address);
    const { text, type = 'x/y', status = 200 } = answers.get(address) ?? { text: '', status: 404 };
    return new Response(text, { status, headers: { 'content-type': type } });
  });
  vi.stubGlobal('BUILD', BUILD);
  vi.stubGlobal('registration', newer);
  vi.stubGlobal('skipWaiting', async () => {
    isSkipped = true;
  });
  vi.stubGlobal('addEventListener', (type: string, listener: Listener) => listeners.set(type, listener));
  vi.stubGlobal('clients', {
    claim: async () => {},
    matchAll: async () => {
      const listed = tabs;
      tabs = tabs.slice(closing);
      return listed.map((entry) => ({
        postMessage: (_: unknown, [port]: [MessagePort]) => entry !== undefined && port.postMessage(entry),
      }));
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Runs the worker's file, and sends it an event; resolves when its work is done. */
async function send(type: string, event: Record<string, unknown> = {}) {
  if (listeners.size === 0) await import('./offline-worker');
  let work: Promise<unknown> | undefined;
  listeners.get(type)?.({ ...event, waitUntil: (promise: Promise<unknown>) => (work = promise) });
  work?.catch(() => {});
  await vi.advanceTimersByTimeAsync(3000);
  return work;
}

/** The answer of the worker to a request; undefined when it leaves it to the network. */
async function answer(address: string, request: object = {}): Promise<string | undefined> {
  let given: Promise<Response> | undefined;
  await send('fetch', {
    request: { method: 'GET', cache: 'default', url: address, ...request },
    respondWith: (response: Promise<Response>) => (given = response),
  });
  return (await given)?.text();
}

test('it keeps the files of its build, and answers for them', async () => {
  await send('install');
  expect([...stored]).toEqual([
    [`queuescope ${SCOPE} one`, new Map(FILES.map((file) => [SCOPE + file, bodyOf(file)]))],
  ]);
  asked = [];
  expect(await answer(SCOPE)).toBe(bodyOf(''));
  expect(await answer(`${SCOPE}index.html`)).toBe(bodyOf(''));
  expect(await answer(`${SCOPE}assets/details-BBBBBBBB.js`)).toBe(bodyOf('assets/details-BBBBBBBB.js'));
  expect(asked).toEqual([]);
});

test.each([
  ['what is told of the local server', `${SCOPE}local.json`, {}],
  ['the relay', `${SCOPE}relay/harborlane`, {}],
  ['where sign-in comes back to', `${SCOPE}signed-in.html`, {}],
  ['a file with a query', `${SCOPE}?x=1`, {}],
  ['a part that is asked for again', `${SCOPE}assets/details-BBBBBBBB.js?again=1`, {}],
  ['a page above it', 'https://tools.example/', {}],
  ['a file of that name elsewhere', 'https://tools.example/other/assets/details-BBBBBBBB.js', {}],
  ['another origin', 'https://harborlane.queue.core.windows.net/orders/messages', {}],
  ['a file that is posted to', SCOPE, { method: 'POST' }],
  ['the head of a file', SCOPE, { method: 'HEAD' }],
  ['what is asked for past all caches', SCOPE, { cache: 'no-store' }],
  ['a reload past all caches', SCOPE, { cache: 'reload' }],
])('it leaves %s alone', async (_, address, request) => {
  await send('install');
  expect(await answer(address, request)).toBeUndefined();
});

test.each([
  ['is missing', 'assets/details-BBBBBBBB.js', { text: '', status: 404 }],
  ['is of another build', 'assets/details-BBBBBBBB.js', { text: '1\n//CCCCCCCC' }],
  ['is the page of another build', '', { text: '<script src="./assets/index-CCCCCCCC.js">' }],
  ['is the page in place of a picture', 'icon.svg', { text: '<!doctype html>', type: 'text/html' }],
])('where a file %s, nothing is kept, and the browser tries again later', async (_, file, bad) => {
  answers.set(SCOPE + file, bad);
  await expect(send('install')).rejects.toThrow('is not of this build');
  expect(stored.size).toBe(0);
});

test.each([
  ['of a build that is not kept', 'assets/details-ZZZZZZZZ.js'],
  ['of the page that sign-in comes back to', 'assets/signed-in-AAAAAAAA.js'],
])('it leaves a part %s alone', async (_, file) => {
  await send('install');
  expect(await answer(SCOPE + file)).toBeUndefined();
});

test('where sign-in comes back to is left alone also before it is known what is kept', async () => {
  caches.keys = () => new Promise(() => {});
  await import('./offline-worker');
  let isAnswered = false;
  listeners.get('fetch')?.({
    request: { method: 'GET', cache: 'default', url: `${SCOPE}assets/signed-in-AAAAAAAA.js` },
    respondWith: () => (isAnswered = true),
  });
  expect(isAnswered).toBe(false);
});

test.each(['installing', 'waiting'] as const)(
  'while the worker of a newer build is %s, its files stay, though no tab runs it',
  async (state) => {
    const name = `queuescope ${SCOPE} two`;
    stored.set(name, new Map([[`${SCOPE}assets/index-YYYYYYYY.js`, 'new']]));
    tabs = ['assets/index-AAAAAAAA.js'];
    newer[state] = {};
    vi.useRealTimers();
    await import('./offline-worker');
    let work: Promise<unknown> | undefined;
    listeners.get('message')?.({ data: 'tidy', waitUntil: (promise: Promise<unknown>) => (work = promise) });
    await work;
    expect(stored.has(name)).toBe(true);
  },
);

const OLD = `queuescope ${SCOPE} zero`;
const OTHERS = `queuescope https://tools.example/other/ zero`;

test.each([
  ['no tab is open', [], 0, false],
  ['all tabs run this build', ['assets/index-AAAAAAAA.js'], 0, false],
  ['a tab of that build is open', ['assets/index-AAAAAAAA.js', 'assets/index-ZZZZZZZZ.js'], 0, true],
  ['a tab does not answer', [undefined], 0, true],
  ['tabs that are listed and do not answer are closed one by one', [undefined, undefined], 1, false],
])('where %s, the files of an earlier build stay or go', async (_, open, closed, stays) => {
  stored.set(
    OLD,
    new Map([
      [`${SCOPE}assets/index-ZZZZZZZZ.js`, 'old'],
      [`${SCOPE}assets/details-ZZZZZZZZ.js`, 'an old part'],
    ]),
  );
  stored.set(OTHERS, new Map());
  tabs = open;
  closing = closed;
  vi.useRealTimers();
  // Nobody waits whole seconds for a tab that says nothing.
  const wait = setTimeout;
  vi.stubGlobal('setTimeout', (act: () => void, ms: number) => wait(act, ms / 20));
  await send2('activate');
  expect(stored.has(OLD)).toBe(stays);
  // Another page of the same origin has its own.
  expect(stored.has(OTHERS)).toBe(true);
  expect((await oldPart()) === 'an old part').toBe(stays);
});

/** As `send`, in real time, which message ports need. */
async function send2(type: string) {
  await import('./offline-worker');
  let work: Promise<unknown> | undefined;
  listeners.get(type)?.({ waitUntil: (promise: Promise<unknown>) => (work = promise) });
  await work;
}

async function oldPart() {
  let given: Promise<Response> | undefined;
  listeners.get('fetch')?.({
    request: { method: 'GET', cache: 'default', url: `${SCOPE}assets/details-ZZZZZZZZ.js` },
    respondWith: (response: Promise<Response>) => (given = response),
  });
  return (await given)?.text();
}

test('it takes the place of the one before only when a person says so', async () => {
  await send('install');
  expect(isSkipped).toBe(false);
  await send('message', { data: 'tidy' });
  expect(isSkipped).toBe(false);
  await send('message', { data: 'take' });
  expect(isSkipped).toBe(true);
});
