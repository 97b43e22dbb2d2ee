import { afterEach, beforeEach, expect, test } from 'vitest';
import { cycleTheme } from '@/actions/app-actions';
import { resetPreferences, setPreference } from '@/state/settings/preferences';
import { followTheme, themeLabel } from './theme';

const shown = () => document.documentElement.dataset['theme'];
const system = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

let stop = () => {};
beforeEach(() => {
  resetPreferences();
  stop = followTheme();
});
afterEach(() => {
  stop();
  resetPreferences();
});

test('follows the system unless told otherwise', () => {
  expect(shown()).toBe(system());
});

test('shows a choice at once, and goes back to the system', () => {
  setPreference('theme', 'dark');
  expect(shown()).toBe('dark');
  setPreference('theme', 'light');
  expect(shown()).toBe('light');
  setPreference('theme', 'system');
  expect(shown()).toBe(system());
});

test('the button goes through system, light and dark', () => {
  cycleTheme();
  expect(shown()).toBe('light');
  cycleTheme();
  expect(shown()).toBe('dark');
  cycleTheme();
  expect(shown()).toBe(system());
  expect(themeLabel('system')).toBe('Theme: follow system');
});

test('stops following when asked to', () => {
  setPreference('theme', 'light');
  stop();
  setPreference('theme', 'dark');
  expect(shown()).toBe('light');
});
