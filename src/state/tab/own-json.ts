/**
 * Fetches JSON from the server of this page, without a cache. Undefined when it has none at that path: a static host may
 * answer every unknown address with the page itself.
 */
export async function fetchOwnJson(path: string, signal?: AbortSignal): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(new URL(path, document.baseURI), { cache: 'no-store', ...(signal && { signal }) });
    if (!response.ok || !response.headers.get('content-type')?.includes('json')) return undefined;
    return ((await response.json()) as Record<string, unknown> | null) ?? undefined;
  } catch {
    return undefined;
  }
}
