import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { beforeClosing } from '../messages/before-closing';
import {
  addConnection,
  connectionOf,
  currentConnections,
  forgetAllConnections,
  loadConnections,
  openWith,
} from './connections';
import { lockAll } from './lock';
import { setPassphrase, unlock } from './passphrase';

const KEY = btoa('k'.repeat(64));
const TOKEN = 'sv=2026-02-06&ss=q&srt=sco&sp=rl&se=2099-01-01T00:00Z&sig=c2lnbmF0dXJlLW9mLWEtdGVzdA%3D%3D';
const at = (account: string) => ({ account, endpoint: `https://${account}.queue.core.windows.net` });
const key = async (text = KEY) => ({ kind: 'key' as const, key: await importKey(text) });
const lockedIds = () => currentConnections().flatMap(({ id, locked }) => (locked ? id : []));

beforeEach(() => loadConnections());
afterEach(() => forgetAllConnections());

async function addAll() {
  await openWith(await setPassphrase('harbour at night'));
  await addConnection({ ...at('tabkey'), credential: await key() }, 'tab');
  await addConnection({ ...at('tabsas'), credential: { kind: 'sas', token: TOKEN } }, 'tab');
  await addConnection({ ...at('sealed'), credential: await key() }, 'device', { key: KEY });
  await addConnection({ ...at('open'), credential: await key() }, 'device', { isProtected: false, key: KEY });
  await addConnection({ ...EMULATOR, credential: await key(EMULATOR.key) }, 'tab');
}

describe('locking', () => {
  test('drops what is under the passphrase or for the tab, and leaves what it cannot ask for', async () => {
    await addAll();
    const sent: string[] = [];
    beforeClosing(async (id) => sent.push(`${id} ${connectionOf(id) !== undefined}`));
    expect(await lockAll()).toBe(true);
    expect(lockedIds()).toEqual(['tabkey', 'tabsas', 'sealed']);
    for (const id of lockedIds()) expect(connectionOf(id)).toBeUndefined();
    // What waited was sent while the secret was still there.
    expect(sent).toEqual(expect.arrayContaining(['tabkey true', 'tabsas true', 'sealed true']));
    expect(await lockAll()).toBe(false);

    await openWith(await unlock('harbour at night'));
    expect(lockedIds()).toEqual(['tabkey', 'tabsas']);
    await addConnection({ ...at('tabkey'), credential: await key() }, 'tab');
    expect(lockedIds()).toEqual(['tabsas']);
    expect(connectionOf('tabkey')).toBeDefined();
  });

  test('with secrets of the tab alone, and no passphrase, they are forgotten', async () => {
    await addConnection({ ...at('tabkey'), credential: await key() }, 'tab');
    await addConnection({ ...at('open'), credential: await key() }, 'device', { isProtected: false, key: KEY });
    expect(await lockAll()).toBe(true);
    expect(lockedIds()).toEqual(['tabkey']);
  });
});
