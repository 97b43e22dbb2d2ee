/** Why a relay did not pass a request on, in its own words. */
export class RelayError extends TypeError {
  override readonly name = 'RelayError';
  /** `reached`: the relay is there, and what it could not reach or would not pass on is in the message. */
  readonly reached: boolean;
  constructor(message: string, { reached, cause }: { reached: boolean; cause?: unknown }) {
    super(message, { cause });
    this.reached = reached;
  }
}

/** The header that a relay puts on refusals of its own, and never on an account's answer. */
const REFUSED = 'queuescope-relay';

/**
 * A `fetch` that has the server at `origin`, which is this page's own, pass requests on to the account: the address goes
 * into the path as it is, for it is signed. All else stays as with the account itself.
 * @throws RelayError in place of the TypeError of a network that failed.
 */
export const relayFetch =
  (origin: string, fetch: typeof globalThis.fetch = globalThis.fetch.bind(globalThis)): typeof globalThis.fetch =>
  async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const answer = await ask(() =>
      fetch(relayed(address, origin), { ...init, mode: 'same-origin', redirect: 'error' }),
    );
    if (answer.headers.has(REFUSED)) throw new RelayError(await answer.text(), { reached: true });
    return answer;
  };

async function ask(request: () => Promise<Response>): Promise<Response> {
  try {
    return await request();
  } catch (cause) {
    if (cause instanceof DOMException) throw cause;
    throw new RelayError('The local server that relays requests does not answer.', { reached: false, cause });
  }
}

/** `https://host/path?query` becomes `{origin}/relay/https/host/path?query`. */
const relayed = (address: string, origin: string) => `${origin}/relay/${address.replace('://', '/')}`;
