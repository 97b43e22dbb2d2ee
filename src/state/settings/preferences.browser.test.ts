import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  followOtherTabs,
  preferences,
  resetPreferences,
  setPreference,
  setPreferences,
  whenPreferencesChange,
} from './preferences';

type Versioned = { state: Record<string, unknown>; version: number };
const NAME = 'queuescope.preferences';
const stored = () => JSON.parse(localStorage.getItem(NAME) ?? 'null') as Versioned & { older?: Versioned };
/** What another tab does: it writes, and the browser tells the others. */
function otherTab(state: unknown, version = 1) {
  localStorage.setItem(NAME, JSON.stringify({ state, version }));
  dispatchEvent(new StorageEvent('storage', { key: NAME }));
}

let stop: () => void;
beforeEach(() => {
  stop = followOtherTabs();
});
afterEach(() => {
  localStorage.removeItem(NAME);
  dispatchEvent(new StorageEvent('storage', { key: NAME }));
  resetPreferences();
  localStorage.removeItem(NAME);
  stop();
});

test('a change in another tab is here at once, told once, and answered by no write', () => {
  let told = 0;
  const end = whenPreferencesChange(() => (told += 1));
  otherTab({ theme: 'dark', clock: '12' });
  expect([preferences().theme, preferences().clock, told]).toEqual(['dark', '12', 1]);
  expect(stored().state).toEqual({ theme: 'dark', clock: '12' });
  end();
});

test('a change here is put over what another tab stored, also before the browser has told of it', () => {
  setPreference('density', 'roomy');
  localStorage.setItem(NAME, JSON.stringify({ state: { ...stored().state, theme: 'dark' }, version: 1 }));
  setPreference('poisonThreshold', 7);
  expect(stored().state).toMatchObject({ theme: 'dark', density: 'roomy', poisonThreshold: 7 });
  expect(preferences().theme).toBe('dark');
});

test('what another tab has forgotten is forgotten here, and nothing is written', () => {
  setPreference('theme', 'dark');
  localStorage.removeItem(NAME);
  dispatchEvent(new StorageEvent('storage', { key: null }));
  expect(preferences().theme).toBe('system');
  expect(localStorage.getItem(NAME)).toBeNull();
});

describe('what a newer version has stored', () => {
  test('stays for it, with its number; what is set here stands beside it with the number of this one', () => {
    otherTab({ theme: 'sepia', invented: [1], density: 'roomy' }, 9);
    expect([preferences().theme, preferences().density]).toEqual(['system', 'roomy']);
    setPreference('density', 'compact');
    expect(stored()).toEqual({
      state: { theme: 'sepia', invented: [1], density: 'roomy' },
      version: 9,
      older: { state: { density: 'compact' }, version: 1 },
    });
    dispatchEvent(new StorageEvent('storage', { key: NAME }));
    expect(preferences().density).toBe('compact');
    expect('invented' in preferences()).toBe(false);
  });

  test('gives way to what is chosen here', () => {
    otherTab({ queueSort: 'size', liveInterval: 5 }, 9);
    const undo = setPreferences({ queueSort: 'count' });
    setPreference('liveInterval', 10);
    expect(stored().older?.state).toEqual({ queueSort: 'count', liveInterval: 10 });
    undo();
    expect(stored().older?.state).toEqual({ queueSort: 'name', liveInterval: 10 });
    dispatchEvent(new StorageEvent('storage', { key: NAME }));
    expect([preferences().queueSort, preferences().liveInterval]).toEqual(['name', 10]);
  });
});

test.each([
  'null',
  '"text"',
  '{',
  '[]',
  '{"state":[1],"version":1}',
  '{"state":{"theme":{"a":1},"sidebar":{"width":-5,"open":"x"},"hiddenColumns":"all","receive":null},"version":"x"}',
])('what is stored and is none, %s, leaves the defaults', (text) => {
  localStorage.setItem(NAME, text);
  dispatchEvent(new StorageEvent('storage', { key: NAME }));
  expect(preferences()).toMatchObject({ theme: 'system', sidebar: { width: 240, open: true }, hiddenColumns: [] });
  setPreference('theme', 'light');
  expect(stored()).toMatchObject({ state: { theme: 'light' }, version: 1 });
});

test('settings that were imported are undone to what was before', () => {
  setPreference('theme', 'dark');
  const undo = setPreferences({ theme: 'light', liveInterval: 30 });
  expect(stored().state).toMatchObject({ theme: 'light', liveInterval: 30 });
  undo();
  expect(stored().state).toMatchObject({ theme: 'dark', liveInterval: 5 });
});
