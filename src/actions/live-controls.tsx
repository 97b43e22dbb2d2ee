import type { CSSProperties } from 'react';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { Select } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';
import { cx } from '@/ui/format/cx';
import { counted } from '@/words/counts';

const INTERVALS_SECONDS = [1, 2, 5, 10, 30, 60];

/** Live on or off, and how often the page asks again. */
export function LiveControls({ className, style }: { className?: string; style?: CSSProperties }) {
  const live = usePreference('live');
  const seconds = usePreference('liveInterval');
  const offered = [...new Set([...INTERVALS_SECONDS, seconds])].toSorted((one, other) => one - other);
  return (
    <div role="group" aria-label="Live updates" style={style} className={cx('flex items-center gap-2', className)}>
      <Switch label="Live" checked={live} onChange={(checked) => setPreference('live', checked)} />
      <Select
        variant="soft"
        aria-label={`Refresh interval, ${counted(seconds, 'second')}`}
        value={String(seconds)}
        onChange={(value) => setPreference('liveInterval', Number(value))}
        options={offered.map((one) => ({ value: String(one), label: `${one} s` }))}
      />
    </div>
  );
}
