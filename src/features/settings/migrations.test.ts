import { expect, test, vi } from 'vitest';
import { readSettingsFile } from './settings-file';

/** As a later version would have it: version 1 called the threshold otherwise, and counted minutes as hours. */
vi.mock('@/state/settings/preference-migrations', () => ({
  MIGRATIONS: [
    ({ threshold, ...settings }: Record<string, unknown>) => ({
      ...settings,
      ...(threshold !== undefined && { poisonThreshold: threshold }),
      ...('lockAfter' in settings && { lockAfter: Number(settings['lockAfter']) * 60 }),
    }),
  ],
}));

const NAME = 'queuescope.preferences';
const OLD = { threshold: 7, lockAfter: 2, theme: 'dark' };

/** The settings of a page that begins with this in the storage. */
async function begun(stored: object) {
  const kept = new Map([[NAME, JSON.stringify(stored)]]);
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
  });
  vi.resetModules();
  const { preferences, setPreference } = await import('@/state/settings/preferences');
  return { preferences, setPreference, stored: () => JSON.parse(kept.get(NAME) ?? '') as unknown };
}

test('settings that an older version stored mean what they meant, and are stored as this one has them', async () => {
  const { preferences, setPreference, stored } = await begun({ state: OLD, version: 1 });
  const now = { poisonThreshold: 7, lockAfter: 120, theme: 'dark' };
  expect(preferences()).toMatchObject(now);
  setPreference('density', 'roomy');
  expect(stored()).toMatchObject({ state: { ...now, density: 'roomy' }, version: 2 });
});

test('what an older version set after this one keeps its own version', async () => {
  const { preferences, setPreference, stored } = await begun({
    state: { poisonThreshold: 5, lockAfter: 60, theme: 'light' },
    version: 2,
    older: { state: OLD, version: 1 },
  });
  expect(preferences()).toMatchObject({ poisonThreshold: 7, lockAfter: 120, theme: 'dark' });
  setPreference('theme', 'system');
  expect(stored()).toEqual({
    state: expect.objectContaining({ poisonThreshold: 7, lockAfter: 120, theme: 'system' }),
    version: 2,
  });
});

test('a file of an older version is brought to this one', () => {
  const file = JSON.stringify({ kind: 'queuescope-settings', version: 1, settings: OLD });
  expect(readSettingsFile(file)).toEqual({ sound: { poisonThreshold: 7, lockAfter: 120, theme: 'dark' }, left: [] });
});
