import { useSyncExternalStore } from 'react';
import { currentLocale, type Locale, whenLocaleChanges } from '@/words/locale';

/** What numbers and times are written by; renders again after a change of it. */
export const useLocale = (): Locale => useSyncExternalStore(whenLocaleChanges, currentLocale);
