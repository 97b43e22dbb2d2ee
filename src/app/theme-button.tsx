import { Contrast, Moon, Sun } from 'lucide-react';
import { usePreference } from '@/state/settings/preferences';
import { RailButton } from './rail-button';
import { cycleTheme, themeLabel } from './theme-choice';

const ICONS = { system: <Contrast />, light: <Sun />, dark: <Moon /> };

export function ThemeButton() {
  const theme = usePreference('theme');
  return <RailButton label={themeLabel(theme)} icon={ICONS[theme]} onClick={cycleTheme} />;
}
