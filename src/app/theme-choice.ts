import { type Preferences, preferences, setPreference } from '@/state/settings/preferences';

type Theme = Preferences['theme'];

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const WORDS: Record<Theme, string> = { system: 'follow system', light: 'light', dark: 'dark' };

export const themeLabel = (theme: Theme) => `Theme: ${WORDS[theme]}`;

/** System, light, dark, and round again. */
export const cycleTheme = () => setPreference('theme', NEXT[preferences().theme]);
