import { type Preferences, preferences, whenPreferencesChange } from '@/state/settings/preferences';

const WORDS: Record<Preferences['theme'], string> = { system: 'follow system', light: 'light', dark: 'dark' };

export const themeLabel = (theme: Preferences['theme']) => `Theme: ${WORDS[theme]}`;

/** Shows the chosen theme, and follows the system's while that is the choice. Call it before the first render. */
export function followTheme(): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    const { theme } = preferences();
    const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    document.documentElement.dataset['theme'] = shown;
  }
  apply();
  dark.addEventListener('change', apply);
  const stop = whenPreferencesChange(apply);
  return () => {
    dark.removeEventListener('change', apply);
    stop();
  };
}
