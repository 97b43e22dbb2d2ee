import { TO_OWN_SERVER } from '@/azure/relay/own-server';

/**
 * Asks the local server of this page what it answers its own page alone.
 * @throws Error with its words when it refuses; TypeError when it does not answer
 */
export async function postOwnJson(path: string, value: object): Promise<Record<string, unknown>> {
  const response = await fetch(new URL(path, document.baseURI), {
    method: 'POST',
    ...TO_OWN_SERVER,
    cache: 'no-store',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text || `The local server of this page answers ${response.status}.`);
  return JSON.parse(text) as Record<string, unknown>;
}
