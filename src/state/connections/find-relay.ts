import { isLoopback } from '@/azure/diagnosis/verdict';

/** Whether the server of this page passes requests on to an endpoint, and if not, why. */
export type RelayOffer = { allowed: boolean; why?: string };

/**
 * Asks the server of this page for a relay to an endpoint; undefined where there is none. Only a server on this machine
 * has one, so that no static host is asked for what it lacks.
 */
export async function findRelay(endpoint: string, signal?: AbortSignal): Promise<RelayOffer | undefined> {
  if (!isLoopback(location.hostname)) return undefined;
  try {
    const question = new URL(`/relay.json?endpoint=${encodeURIComponent(endpoint)}`, location.origin);
    const answer = await fetch(question, { cache: 'no-store', ...(signal && { signal }) });
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return undefined;
    const { allowed, why } = (await answer.json()) as { allowed?: unknown; why?: unknown };
    return { allowed: allowed === true, ...(typeof why === 'string' && { why }) };
  } catch {
    return undefined;
  }
}
