import { Contrast, Moon, Sun } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { type Action, runAction, type Subject, shownKey, textOf } from '@/actions/action';
import { cycleTheme } from '@/actions/app-actions';
import { usePreference } from '@/state/settings/preferences';
import { Tooltip } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { themeLabel } from './theme';

const look =
  'grid size-8.5 flex-none place-items-center rounded-8 text-text-2 transition-colors hover:bg-hover aria-[current=page]:bg-active aria-[current=page]:text-text';

type Named = { label: string; icon: ReactNode; keys?: string | undefined };

function RailButton({ label, icon, keys, className, ...button }: ComponentProps<'button'> & Named) {
  return (
    <Tooltip label={label} keys={keys}>
      <button type="button" aria-label={label} {...button} className={cx(look, className)}>
        {icon}
      </button>
    </Tooltip>
  );
}

type RailActionProps<On> = ComponentProps<'button'> & Partial<Named> & { action: Action<On>; on: On };

/** An action in the rail. */
export const RailAction = <On extends Subject>({ action, on, ...button }: RailActionProps<On>) => (
  <RailButton
    label={textOf(action.label, on)}
    icon={action.icon}
    keys={shownKey(action)}
    onClick={() => runAction(action, on)}
    {...button}
  />
);

const ICONS = { system: <Contrast />, light: <Sun />, dark: <Moon /> };

export function ThemeButton() {
  const theme = usePreference('theme');
  return <RailButton label={themeLabel(theme)} icon={ICONS[theme]} onClick={cycleTheme} />;
}
