import { preferences, whenPreferencesChange } from '@/state/settings/preferences';
import { setLocale } from '@/words/locale';

const apply = () => setLocale({ clock: preferences().clock });

/** Writes times by the chosen clock, and all else by the languages of the browser. Call it before the first render. */
export function followLocale(): () => void {
  apply();
  addEventListener('languagechange', apply);
  const stop = whenPreferencesChange(apply);
  return () => {
    removeEventListener('languagechange', apply);
    stop();
  };
}
