import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageBlockedError } from '@/azure/protocol/errors';

const POLICY = "default-src 'none'; connect-src 'self' https://*.queue.core.windows.net http://127.0.0.1:10001";

let violated: (event: Partial<SecurityPolicyViolationEvent>) => void;
const fetched = vi.fn<typeof globalThis.fetch>();

/** Loads the module as a page with this policy does; without one there is no `<meta>` element. */
async function pageWith(policy: string | undefined) {
  vi.resetModules();
  vi.stubGlobal('location', new URL('http://127.0.0.1:5190/'));
  vi.stubGlobal('document', {
    querySelector: () => (policy === undefined ? null : { content: policy }),
    addEventListener: (_: string, heard: typeof violated) => (violated = heard),
  });
  return import('./page-policy');
}

beforeEach(() => {
  fetched.mockReset().mockResolvedValue(new Response('ok'));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

test('the page knows by its own policy what it may reach', async () => {
  const { mayReach } = await pageWith(POLICY);
  expect(mayReach('https://harborlane.queue.core.windows.net/orders')).toBe(true);
  expect(mayReach('http://127.0.0.1:10001/devstoreaccount1')).toBe(true);
  expect(mayReach('http://127.0.0.1:5190/local.json')).toBe(true);
  expect(mayReach('http://127.0.0.1:10002/devstoreaccount1')).toBe(false);
  expect(mayReach('https://attacker.example')).toBe(false);
  expect(mayReach('http://[::1]:10001')).toBe(false);
});

test('a page without one, as of the development server, reaches anything', async () => {
  const { mayReach } = await pageWith(undefined);
  expect(mayReach('https://queues.example')).toBe(true);
});

test('nothing is sent to another host, and that is told from a lost network', async () => {
  const { pageFetch } = await pageWith(POLICY);
  await expect(pageFetch('https://queues.example/harborlane')).rejects.toThrow(
    'This page may not reach queues.example, so nothing was sent.',
  );
  expect(fetched).not.toHaveBeenCalled();

  const lost = new TypeError('Failed to fetch');
  fetched.mockRejectedValue(lost);
  await expect(pageFetch('https://harborlane.queue.core.windows.net')).rejects.toBe(lost);
});

test('what the browser refuses by a narrower policy of the host is told, and not tried again', async () => {
  const { pageFetch, mayReach } = await pageWith(POLICY);
  const address = 'https://harborlane.queue.core.windows.net/orders';
  const event = { effectiveDirective: 'connect-src', blockedURI: address } as const;
  fetched.mockImplementation(async () => {
    setTimeout(() => violated({ ...event, disposition: 'report' }));
    throw new TypeError('Failed to fetch');
  });
  await expect(pageFetch(address)).rejects.toBeInstanceOf(TypeError);

  fetched.mockImplementation(async () => {
    setTimeout(() => violated({ ...event, disposition: 'enforce' }));
    throw new TypeError('Failed to fetch');
  });
  await expect(pageFetch(address)).rejects.toMatchObject({ name: 'PageBlockedError', address });
  expect(mayReach(address)).toBe(false);
  await expect(pageFetch(address)).rejects.not.toBeInstanceOf(TypeError);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(new PageBlockedError(address).message).toContain('nothing was sent');
});
