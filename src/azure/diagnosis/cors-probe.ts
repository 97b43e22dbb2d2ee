import { readXml } from '../wire/xml';

/** Milliseconds; who has not answered by then does not answer. */
const PROBE_TIMEOUT_MS = 10_000;

/**
 * Requests that find out what a browser hides: why a reply cannot be read. None carries a credential, so none can
 * change or reveal anything.
 */
export function createProbe(endpoint: string, fetch: typeof globalThis.fetch, signal?: AbortSignal) {
  const list = `${endpoint}/?comp=list`;
  const init = (rest: RequestInit = {}): RequestInit => {
    const patience = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    return { cache: 'no-store', signal: signal ? AbortSignal.any([signal, patience]) : patience, ...rest };
  };

  async function problemWith(rest?: RequestInit): Promise<unknown> {
    try {
      await fetch(list, init(rest));
      return undefined;
    } catch (error) {
      if (signal?.aborted) throw error;
      return error;
    }
  }

  const isReadable = async (rest?: RequestInit) => (await problemWith(rest)) === undefined;

  return {
    /** A server is there: an opaque reply needs no CORS rule. */
    answers: () => isReadable({ mode: 'no-cors' }),

    /** What `fetch` says when it fails; undefined when it does not. */
    problem: () => problemWith(),

    /** Without any header there is no preflight: readable when a rule covers this origin and GET. */
    async reads(): Promise<'azure' | 'somethingElse' | 'hidden'> {
      try {
        const response = await fetch(list, init());
        const root = readXml(await response.text());
        const isAzure =
          response.headers.has('x-ms-request-id') || /^(?:Error|EnumerationResults)$/.test(root?.tagName ?? '');
        return isAzure ? 'azure' : 'somethingElse';
      } catch (error) {
        if (signal?.aborted) throw error;
        return 'hidden';
      }
    },

    /** Whether a rule lets the page see what every reply has: the id of the request, and the service's time. */
    async exposes(): Promise<boolean> {
      const { headers } = await fetch(list, init());
      return headers.has('x-ms-request-id') && headers.has('date');
    },

    /** Headers make a preflight that asks for them. */
    readsWith: (headers: Record<string, string>) => isReadable({ headers }),

    /** The preflight decides; the request itself is refused for want of a credential. */
    allows: (method: string) => isReadable({ method }),
  };
}

export type Probe = ReturnType<typeof createProbe>;
