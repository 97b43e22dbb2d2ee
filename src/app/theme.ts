import { type Preferences, preferences, whenPreferencesChange } from '@/state/settings/preferences';

const WORDS: Record<Preferences['theme'], string> = { system: 'follow system', light: 'light', dark: 'dark' };

export const themeLabel = (theme: Preferences['theme']) => `Theme: ${WORDS[theme]}`;

/** Shows the chosen theme, follows the system's while that is the choice, its wish for contrast, and a finger. Call it before the first render. */
export function followTheme(): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    const { theme } = preferences();
    const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    document.documentElement.dataset['theme'] = shown;
  }
  // For those alone who ask for it. Without it the page can be used all the same.
  const strong = matchMedia('(forced-colors: active), (prefers-contrast: more)');
  const touched = matchMedia('(pointer: coarse)');
  function strengthen() {
    if (strong.matches) import('./contrast.css').catch(() => {});
    if (touched.matches) import('./touch.css').catch(() => {});
  }
  apply();
  strengthen();
  dark.addEventListener('change', apply);
  strong.addEventListener('change', strengthen);
  touched.addEventListener('change', strengthen);
  const stop = whenPreferencesChange(apply);
  return () => {
    dark.removeEventListener('change', apply);
    strong.removeEventListener('change', strengthen);
    touched.removeEventListener('change', strengthen);
    stop();
  };
}
