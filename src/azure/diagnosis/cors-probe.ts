import { readXml } from '../wire/xml';

const PROBE_TIMEOUT_MS = 10_000;

/**
 * Requests that find out why the browser hides a response. They carry no credential, so they can neither change nor reveal
 * anything.
 */
export function createProbe(endpoint: string, fetch: typeof globalThis.fetch, signal?: AbortSignal) {
  const list = `${endpoint}/?comp=list`;
  const init = (options: RequestInit = {}): RequestInit => {
    const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
    return {
      cache: 'no-store',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...options,
    };
  };

  async function problemWith(options?: RequestInit): Promise<unknown> {
    try {
      await fetch(list, init(options));
      return undefined;
    } catch (error) {
      if (signal?.aborted) throw error;
      return error;
    }
  }

  const isReadable = async (options?: RequestInit) => (await problemWith(options)) === undefined;

  return {
    /**
     * True when a server responds: an opaque response needs no CORS rule. The one request that follows redirects, as browsers
     * refuse this mode otherwise; it says nothing but the address.
     */
    answers: () => isReadable({ mode: 'no-cors', redirect: 'follow' }),

    /** The error of `fetch`; undefined when it succeeds. */
    problem: () => problemWith(),

    /** Reads a response without preflight, since no header is sent: readable when a rule covers this origin and GET. */
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

    /** True when a rule exposes the headers of every response: the request id and the service's time. */
    async exposes(): Promise<boolean> {
      const { headers } = await fetch(list, init());
      return headers.has('x-ms-request-id') && headers.has('date');
    },

    /** True when the preflight allows these headers. */
    readsWith: (headers: Record<string, string>) => isReadable({ headers }),

    /** True when the preflight allows this method; the request itself is refused, as it has no credential. */
    allows: (method: string) => isReadable({ method }),
  };
}

export type Probe = ReturnType<typeof createProbe>;
