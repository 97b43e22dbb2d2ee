import type { BrowserContext, Page, Request } from '@playwright/test';

/** A message that the service handed to the page for some seconds, with the latest receipt. */
export type Handed = { id: string; receipt: string; dequeueCount: number; seconds: number; page: Page | undefined };

type Line = { at: number; words: string };
export type Wire = ReturnType<typeof watchWire>;

/** Watches the requests of the pages of a context, and lets answers get lost. */
export function watchWire(context: BrowserContext, host: string) {
  const underWay = new Set<Request>();
  const receipts = new Map<string, string>();
  const deletedAt = new Map<string, number>();
  const written: { id: string; text: string; at: number }[] = [];
  const removed = new Set<string>();
  const releasedAt = new Map<string, number>();
  const lines: Line[] = [];
  const reading = new Set<Promise<unknown>>();
  let handed: Handed[] = [];
  let begun = 0;
  let lastEnd = 0;
  const began = Date.now();
  const isOurs = (request: Request) => new URL(request.url()).host === host && request.method() !== 'OPTIONS';
  function note(words: string) {
    lines.push({ at: Date.now() - began, words });
  }
  function end(request: Request, how: string) {
    if (!underWay.delete(request)) return;
    lastEnd = Date.now();
    if (!isLook(request)) note(`${wordsOf(request)} ${how}`);
  }

  context.on('request', (request) => {
    if (!isOurs(request)) return;
    underWay.add(request);
    if (!isLook(request)) begun++;
    const id = request.method() === 'DELETE' ? idIn(request.url()) : undefined;
    if (id !== undefined) deletedAt.set(id, Date.now());
  });
  context.on('requestfailed', (request) => end(request, request.failure()?.errorText ?? 'failed'));
  context.on('requestfinished', (request) => {
    const read = async () => {
      if (!isOurs(request)) return;
      try {
        const answer = await request.response();
        if (answer?.ok()) {
          const renewed = answer.headers()['x-ms-popreceipt'];
          const id = idIn(request.url());
          if (id !== undefined && renewed !== undefined) receipts.set(id, renewed);
          const text = textIn(request);
          if (id !== undefined && request.method() === 'PUT' && text !== undefined)
            written.push({ id, text, at: Date.now() });
          if (id !== undefined && request.method() === 'DELETE') removed.add(id);
          if (id !== undefined && request.method() === 'PUT' && secondsIn(request) === 0)
            releasedAt.set(id, Date.now());
          if (/numofmessages=\d+&visibilitytimeout=/.test(request.url())) {
            const fresh = handedIn(await answer.text(), secondsIn(request), pageOf(request));
            for (const one of fresh) receipts.set(one.id, one.receipt);
            handed = [...handed, ...fresh];
          }
        }
        end(request, String(answer?.status() ?? 'no answer'));
      } catch {
        end(request, 'not read');
      }
    };
    const done = read();
    reading.add(done);
    void done.finally(() => reading.delete(done));
  });

  return {
    note,
    receiptOf: (id: string) => receipts.get(id),
    /** Epoch ms of the last request to delete it. */
    deletedAt: (id: string) => deletedAt.get(id),
    /** True when the service answered that it deleted this message, other than by a clear. */
    isRemoved: (id: string) => removed.has(id),
    /** Whether the page made it visible since then (epoch ms). */
    isReleasedSince: (id: string, since: number) => (releasedAt.get(id) ?? 0) >= since,
    /** The texts that the service accepted for it since then, oldest first. */
    writtenSince: (id: string, since: number) =>
      written.filter((one) => one.id === id && one.at >= since).map(({ text }) => text),
    /** The messages handed over since the last call. */
    async takeHanded() {
      await Promise.all(reading);
      const all = handed;
      handed = [];
      return all;
    },
    /** Requests so far that change something. */
    begun: () => begun,
    isQuiet: (ms: number) => underWay.size === 0 && Date.now() - lastEnd > ms,
    /** The page is left: its requests count no more. */
    forget: () => underWay.clear(),
    lines: () => lines.map(({ at, words }) => `${(at / 1000).toFixed(1).padStart(6)} s  ${words}`),
    /** Lets the next request of this kind reach the service, and drops its answer. */
    lose: (method: string, pattern: RegExp) => tamper(context, { method, pattern, how: 'lose', note }),
    /** Lets the answer to the next request of this kind come late. */
    delay: (method: string, pattern: RegExp) => tamper(context, { method, pattern, how: 'delay', note }),
    /** Refuses the next request of this kind before it reaches the service. */
    refuse: (method: string, pattern: RegExp) => tamper(context, { method, pattern, how: 'refuse', note }),
  };
}

/** True for a request that only reads, which the page sends by itself. */
const isLook = (request: Request) => /peekonly|comp=/.test(request.url());

type Tampering = { method: string; pattern: RegExp; how: 'lose' | 'refuse' | 'delay'; note: (words: string) => void };

const READABLE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  'content-type': 'application/xml',
};
const REFUSAL =
  '<Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is not authorized to perform this operation.</Message></Error>';

const TAMPERED = { lose: 'answer lost', refuse: 'refused', delay: 'answer late' } as const;
/** Ms by which an answer is late: time to change one's mind. */
const DELAY = 2500;

export type Trap = Awaited<ReturnType<typeof tamper>>;

async function tamper(context: BrowserContext, { method, pattern, how, note }: Tampering) {
  let happened = false;
  const handler: Parameters<BrowserContext['route']>[1] = async (route, request) => {
    if (happened || request.method() !== method) return route.fallback();
    happened = true;
    note(`the next ${method}: ${TAMPERED[how]}`);
    if (how === 'refuse') return route.fulfill({ status: 403, headers: READABLE, body: REFUSAL });
    if (how === 'delay') {
      const response = await route.fetch();
      await new Promise((resolve) => setTimeout(resolve, DELAY));
      // The page may be closed by then.
      return route.fulfill({ response }).catch(() => {});
    }
    await route.fetch().catch(() => {});
    return route.abort();
  };
  await context.route(pattern, handler);
  return {
    hasHappened: () => happened,
    /** Lets everything through again. */
    disarm: () => context.unroute(pattern, handler),
  };
}

const idIn = (url: string) => /\/messages\/([\w-]{36})/.exec(url)?.[1];

const ENTITIES: Record<string, string> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', '#xD': '\r' };

/** The text that a request writes. */
const secondsIn = (request: Request) => Number(new URL(request.url()).searchParams.get('visibilitytimeout'));

function textIn(request: Request): string | undefined {
  const body = /<MessageText>(.*)<\/MessageText>/s.exec(request.postData() ?? '')?.[1];
  return body?.replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Undefined when the page is closed. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}

function handedIn(xml: string, seconds: number, page: Page | undefined): Handed[] {
  const messages = xml.matchAll(/<QueueMessage>(.*?)<\/QueueMessage>/gs);
  return [...messages].map(([, message = '']) => {
    const field = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(message)?.[1] ?? '';
    return {
      id: field('MessageId'),
      receipt: field('PopReceipt'),
      dequeueCount: Number(field('DequeueCount')),
      seconds,
      page,
    };
  });
}

function wordsOf(request: Request): string {
  const { pathname, searchParams } = new URL(request.url());
  const [, , queue = '', , id = ''] = pathname.split('/');
  const seconds = searchParams.get('visibilitytimeout');
  const text = request.postData() ?? '';
  const body = /<MessageText>(.*)<\/MessageText>/s.exec(text)?.[1];
  const what = { GET: 'receive', PUT: 'update', POST: 'add', DELETE: id === '' ? 'clear' : 'delete' }[request.method()];
  return [
    `${what ?? request.method()} ${queue} ${id.slice(0, 8)}`.trim(),
    seconds !== null && `for ${seconds} s`,
    body && JSON.stringify(body),
  ]
    .filter(Boolean)
    .join(' ');
}
