import { afterEach, expect, test } from 'vitest';
import { importKey } from '@/azure/credentials/shared-key';
import { EMULATOR } from '@/azure/protocol/emulator';
import { besideOther, firstFreeBeside } from './beside';
import { addConnection, currentConnections, forgetConnection, loadConnections } from './connections';

const place = { account: 'harborlane', endpoint: 'https://harborlane.queue.core.windows.net' };
const byKey = async (beside?: number) =>
  addConnection(
    {
      ...place,
      ...(beside !== undefined && { beside }),
      credential: { kind: 'key', key: await importKey(EMULATOR.key) },
    },
    'tab',
  );
const byToken = (beside?: number) =>
  addConnection(
    { ...place, ...(beside !== undefined && { beside }), credential: { kind: 'token', token: 't' } },
    'tab',
  );

await loadConnections();
afterEach(async () => {
  for (const { id } of currentConnections()) await forgetConnection(id);
});

test('a sign-in takes the place of a token, and stands beside a key or a signature', async () => {
  expect(besideOther(place)).toEqual({});
  await byToken();
  expect(besideOther(place)).toEqual({});
  await byKey();
  expect(besideOther(place)).toEqual({ beside: 2 });
  await byKey(2);
  expect(besideOther(place)).toEqual({ beside: 3 });
  await byToken(3);
  expect(besideOther(place)).toEqual({ beside: 3 });
  expect(currentConnections().map(({ id, kind }) => [id, kind])).toEqual([
    ['harborlane', 'key'],
    ['harborlane~2', 'key'],
    ['harborlane~3', 'token'],
  ]);
});

test('another connection takes the first number that is free', async () => {
  await byKey();
  expect(firstFreeBeside(place)).toBe(2);
  await byKey(3);
  expect(firstFreeBeside(place)).toBe(2);
  await byKey(2);
  expect(firstFreeBeside(place)).toBe(4);
});
