import { connect } from '@/azure/account';
import type { Account } from '@/azure/protocol/model';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { accountSas } from '@/sandbox/sas.fixture';
import type { Sandbox } from '@/sandbox/service';
import type { Time } from './time.fixture';

/** A signature in the address is there before the request is: requests reach the service in the order they are made. */
const token = await accountSas();

/** One request as the service meets it. */
export type Request = {
  what: 'put' | 'get' | 'peek' | 'update' | 'delete' | 'clear' | 'other';
  queue: string;
  /** Of the message that it is about. */
  id: string | undefined;
  receipt: string | undefined;
  /** How many requests the service had carried out when this one was made. */
  begun: number;
};

/** Lets a piece of work stop between two requests. */
export class Gate {
  /** Requests that may still pass. */
  #left = Infinity;
  /** `sent`: it stops before the service has the request; `acted`: before the answer arrives. */
  #side: 'sent' | 'acted' = 'sent';
  readonly #waiting = new Set<() => void>();

  get isShut(): boolean {
    return this.#waiting.size > 0;
  }

  /** Stops after so many requests more. */
  stopAfter(requests: number, side: 'sent' | 'acted'): void {
    this.#left = requests;
    this.#side = side;
  }

  /** Lets so many requests more pass, those that wait first. */
  open(requests = Infinity): void {
    this.#left = requests;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const pass of waiting) pass();
  }

  /** Gives whether the request has to stop on its way back. */
  async enter(time: Time, signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#left > 0) {
      this.#left--;
      return false;
    }
    if (this.#side === 'acted') return true;
    await this.#wait(time, signal);
    this.#left--;
    return false;
  }

  async leave(time: Time, signal: AbortSignal | undefined): Promise<void> {
    await this.#wait(time, signal);
  }

  async #wait(time: Time, signal: AbortSignal | undefined): Promise<void> {
    time.count(-1);
    try {
      await new Promise<void>((resolve, reject) => {
        const abort = () => {
          this.#waiting.delete(pass);
          reject(signal?.reason as Error);
        };
        const pass = () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        this.#waiting.add(pass);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      });
    } finally {
      time.count(1);
    }
  }
}

/** What goes wrong with the next requests that change something. */
export type Trouble = {
  /** `after` the service acted, `before` it did, or a refusal that says nothing about the message. */
  kind: 'lostAfter' | 'lostBefore' | 'refused';
  /** Requests. */
  left: number;
  /** Only these. */
  meant: (request: Request) => boolean;
};

/** Told of a request by whoever keeps the books. */
export type Books = {
  /** How many requests the service has carried out. */
  count(): number;
  /** The service is about to be asked: what it reports until `answered` is of this request. */
  asks(request: Request): void;
  /** It acted; gives a number in the order of requests. */
  answered(request: Request): number;
  /** The answer reached who asked, and showed these messages; `isRefused` when the receipt did not work. */
  told(request: Request, number: number, ids: readonly string[], isRefused: boolean): void;
  /** The service refused it, for a reason that says nothing about messages. */
  refused(): void;
  /** Who asked does not know what became of it. `number` is undefined when the service never had it. */
  lost(request: Request, number: number | undefined): void;
};

export type Line = {
  sandbox: Sandbox;
  time: Time;
  /** One request after the other, so that what the service reports is of the one that is being carried out. */
  queue: { last: Promise<unknown> };
  troubles: Trouble[];
};

/** The app's own client over a line of its own: what goes wrong, who stops it, and who is told. */
export function connectOver(
  { sandbox, time, queue, troubles }: Line,
  books: Books,
  { gate, isCut = () => false }: { gate?: Gate; isCut?: () => boolean } = {},
): Account {
  async function carry(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const request = requestOf(
      new URL(input instanceof Request ? input.url : input),
      init.method ?? 'GET',
      books.count(),
    );
    const signal = init.signal ?? undefined;
    const stops = gate && !isCut() ? await gate.enter(time, signal) : false;
    if (isCut()) throw cutOff();
    const trouble = troubleFor(request);
    if (trouble === 'refused') {
      books.refused();
      return refusal();
    }
    if (trouble === 'lostBefore') {
      books.lost(request, undefined);
      throw broken();
    }
    const { response, number } = await alone(async () => {
      books.asks(request);
      const answer = await sandbox.fetch(input, init);
      return { response: answer, number: books.answered(request) };
    });
    if (trouble === 'lostAfter') {
      books.lost(request, number);
      throw broken();
    }
    if (stops) {
      try {
        await gate?.leave(time, signal);
      } catch (error) {
        books.lost(request, number);
        throw error;
      }
    }
    if (isCut()) {
      books.lost(request, number);
      throw cutOff();
    }
    const shown = response.status < 400 && (request.what === 'get' || request.what === 'peek');
    const ids = shown
      ? [...(await response.clone().text()).matchAll(/<MessageId>([^<]+)</g)].map(([, id = '']) => id)
      : [];
    books.told(request, number, ids, response.status === 404 || response.status === 400);
    return response;
  }

  function troubleFor(request: Request): Trouble['kind'] | undefined {
    const trouble = troubles.find(({ left, meant }) => left > 0 && meant(request));
    if (!trouble) return undefined;
    trouble.left--;
    return trouble.kind;
  }

  function alone<Result>(call: () => Promise<Result>): Promise<Result> {
    const turn = queue.last.then(call);
    queue.last = turn.catch(() => {});
    return turn;
  }

  const account = connect(
    { ...SANDBOX, credential: { kind: 'sas', token } },
    { fetch: carry, now: time.now, delay: time.delay },
  );
  const counted =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      time.count(1);
      try {
        return await call(...args);
      } finally {
        time.count(-1);
      }
    };
  return {
    ...account,
    sendMessage: counted((...args) => account.sendMessage(...args)),
    receiveMessages: counted((...args) => account.receiveMessages(...args)),
    peekMessages: counted((...args) => account.peekMessages(...args)),
    updateMessage: counted((...args) => account.updateMessage(...args)),
    deleteMessage: counted((...args) => account.deleteMessage(...args)),
    clearMessages: counted((...args) => account.clearMessages(...args)),
  };
}

const BY_METHOD: Readonly<Record<string, Request['what']>> = { POST: 'put', GET: 'get', DELETE: 'clear' };

function requestOf({ pathname, searchParams }: URL, method: string, begun: number): Request {
  const [, queue = '', messages, id] = pathname.split('/');
  const receipt = searchParams.get('popreceipt') ?? undefined;
  const rest = { queue, receipt, begun };
  if (messages === undefined) return { what: 'other', id: undefined, ...rest };
  if (id !== undefined) return { what: method === 'PUT' ? 'update' : 'delete', id: decodeURIComponent(id), ...rest };
  const isPeek = searchParams.get('peekonly') === 'true';
  return { what: isPeek ? 'peek' : (BY_METHOD[method] ?? 'other'), id: undefined, ...rest };
}

/** Browsers say no more than that of a connection that broke. */
const broken = () => new TypeError('Failed to fetch');
const cutOff = () => new DOMException('The page is gone.', 'AbortError');

const refusal = () =>
  new Response(
    '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>No right.</Message></Error>',
    { status: 403, headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' } },
  );
