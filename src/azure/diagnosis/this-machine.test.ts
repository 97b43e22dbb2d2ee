import { expect, test } from 'vitest';
import { accessToThisMachine } from './this-machine';

const access = (states: Record<string, PermissionState>, origin = 'https://queues.example') =>
  accessToThisMachine({ origin, permission: (name) => Promise.resolve(states[name]) });

test.each<[Record<string, PermissionState>, PermissionState | undefined]>([
  [{}, undefined],
  [{ 'loopback-network': 'granted' }, 'granted'],
  [{ 'local-network-access': 'prompt' }, 'prompt'],
  [{ 'loopback-network': 'prompt', 'local-network-access': 'granted' }, 'prompt'],
  [{ 'loopback-network': 'denied', 'local-network-access': 'prompt' }, 'denied'],
  // Of other devices, which no emulator on this machine is.
  [{ 'local-network': 'denied' }, undefined],
  [{ 'local-network': 'denied', 'loopback-network': 'granted' }, 'granted'],
])('what the browser keeps as %j is, for this machine, %s', async (states, found) => {
  expect(await access(states)).toBe(found);
});

test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])(
  'a page from %s needs no permission',
  async (origin) => {
    expect(await access({ 'loopback-network': 'denied' }, origin)).toBe('granted');
  },
);
