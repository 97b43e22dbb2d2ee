import { TO_OWN_SERVER } from './own-server';

/** A request that the relay did not pass on, with its message. */
export class RelayError extends TypeError {
  override readonly name = 'RelayError';
  /** True when the relay responded: it could not reach the account or refused to pass the request on. */
  readonly reached: boolean;
  /** True when the account answered the relay with a redirect. */
  readonly redirected: boolean;
  /** True when the relay could not reach the account, or lost it on the way. */
  readonly isUnreachable: boolean;
  /** True when nothing was passed on. */
  readonly notSent: boolean;
  constructor(
    message: string,
    { reached, word, way, cause }: { reached: boolean; word?: string; way?: string | null; cause?: unknown },
  ) {
    super(message, { cause });
    this.reached = reached;
    this.redirected = word === 'redirect';
    this.notSent = way === 'none';
    this.isUnreachable = this.notSent || way === 'broken';
  }
}

/** Headers that the relay sets on its own refusals only; the second where the way to the account is the reason. */
const REFUSED = 'queuescope-relay';
const WAY = 'queuescope-relay-way';

/**
 * Makes a `fetch` that sends requests through the relay at `origin`, this page's own. The path contains the account's address
 * unchanged, since it is signed.
 * @throws RelayError instead of a TypeError when the network fails.
 */
export const relayFetch =
  (origin: string, fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis)): typeof globalThis.fetch =>
  async (input, init) => {
    const address = addressOf(input);
    const answer = await reachRelay(() =>
      fetch(relayed(address, origin), { ...init, ...TO_OWN_SERVER, redirect: 'error' }),
    );
    const refusal = await refusalIn(answer);
    if (refusal) throw refusal;
    return answer;
  };

/** What the relay refuses itself with an answer; undefined for one of the account. */
export async function refusalIn(answer: Response): Promise<RelayError | undefined> {
  const word = answer.headers.get(REFUSED);
  if (word === null) return undefined;
  return new RelayError(await answer.text(), { reached: true, word, way: answer.headers.get(WAY) });
}

/** The address that a `fetch` is given. */
export const addressOf = (input: RequestInfo | URL): string => (input instanceof Request ? input.url : String(input));

async function reachRelay(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException) throw cause;
    throw new RelayError('The local server that relays requests does not answer.', { reached: false, cause });
  }
}

/** `https://host/path?query` becomes `{origin}/relay/https/host/path?query`. */
const relayed = (address: string, origin: string) => `${origin}/relay/${address.replace('://', '/')}`;
