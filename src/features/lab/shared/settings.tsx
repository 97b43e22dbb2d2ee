import type { NumberParam, Params } from '@/lab/run/params';
import type { Act } from '@/lab/run/run';
import { counted } from '@/ui/format/counts';
import { Slider } from './slider';

type Setting = { name: NumberParam; label: string; stops: readonly number[]; text: (value: number) => string };

const SETTINGS: readonly Setting[] = [
  {
    name: 'vis',
    label: 'Visibility timeout',
    stops: [1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120, 300],
    text: (value) => `${value} s`,
  },
  {
    name: 'work',
    label: 'Processing time',
    stops: [0.5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 60, 80, 120],
    text: (value) => `${value} s`,
  },
  {
    name: 'crash',
    label: 'Crash probability',
    stops: [0, 1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100],
    text: (value) => `${value}%`,
  },
  {
    name: 'tries',
    label: 'Poison after',
    stops: [0, 1, 2, 3, 4, 5, 6, 8, 10],
    text: (value) => (value === 0 ? 'no rule' : counted(value, 'try', 'tries')),
  },
];

/** The sliders of a run; a change acts from the moment on. */
export function SettingSliders({ params, act }: { params: Params; act: (act: Act) => void }) {
  return SETTINGS.map(({ name, label, stops, text }) => (
    <Slider
      key={name}
      label={label}
      value={params[name]}
      stops={stops}
      text={text}
      onChange={(value) => act({ act: 'set', name, value })}
    />
  ));
}

export const RATES: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 5, 10];
