import { setPreference, usePreference } from '@/state/settings/preferences';
import { Select } from '@/ui/controls/field';
import { Switch } from '@/ui/controls/switch';
import { cx } from '@/ui/format/cx';

const INTERVALS = [1, 2, 5, 10, 30, 60];

/** Live on or off, and how often it looks again. */
export function LiveControls({ className }: { className?: string }) {
  const live = usePreference('live');
  const interval = usePreference('liveInterval');
  const intervals = INTERVALS.includes(interval) ? INTERVALS : [...INTERVALS, interval].toSorted((a, b) => a - b);
  return (
    <div role="group" aria-label="Live updates" className={cx('flex flex-none items-center gap-2', className)}>
      <Switch label="Live" checked={live} onChange={(checked) => setPreference('live', checked)} />
      <Select
        variant="soft"
        aria-label={`Refresh interval, ${interval === 1 ? '1 second' : `${interval} seconds`}`}
        value={String(interval)}
        onChange={(value) => setPreference('liveInterval', Number(value))}
        options={intervals.map((seconds) => ({ value: String(seconds), label: `${seconds} s` }))}
      />
    </div>
  );
}
