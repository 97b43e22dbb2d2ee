import type { NumberParam, ParamName, Params } from '@/lab/run/params';
import type { Act } from '@/lab/run/run';
import { Button } from '@/ui/controls/button';
import { Switch } from '@/ui/controls/switch';
import { counted } from '@/words/counts';
import { settingText } from '../text/setting-text';
import { Slider } from './slider';

type Setting = { name: NumberParam; label: string; stops: readonly number[] };

const SETTINGS: readonly Setting[] = [
  { name: 'vis', label: 'Visibility timeout', stops: [1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120, 300] },
  { name: 'work', label: 'Processing time', stops: [0.5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 60, 80, 120] },
  { name: 'crash', label: 'Crash probability', stops: [0, 1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100] },
  { name: 'tries', label: 'Poison after', stops: [0, 1, 2, 3, 4, 5, 6, 8, 10] },
];

const MORE: readonly Setting[] = [
  { name: 'batch', label: 'Messages of a receive', stops: [1, 2, 4, 8, 16, 32] },
  { name: 'bad', label: 'Broken orders', stops: [0, 100, 40, 20, 10, 5, 3, 2, 1] },
  { name: 'restart', label: 'A crashed worker is back after', stops: [1, 2, 5, 10, 20, 30, 60, 120] },
  { name: 'ttl', label: 'Time to live', stops: [10, 30, 60, 120, 300, 900, 3600, 86_400, 604_800, -1] },
  { name: 'delay', label: 'Visibility delay', stops: [0, 1, 2, 5, 10, 30, 60, 120, 300] },
];

/** Seconds that a worker waits at most between two receives that found nothing. */
const CEILINGS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];

type SettingsProps = { params: Params; act: (act: Act) => void };

/** The sliders of a run that a lesson speaks of most; a change acts from the moment on. */
export const SettingSliders = ({ params, act }: SettingsProps) => <Sliders of={SETTINGS} params={params} act={act} />;

const Sliders = ({ of: settings, params, act }: SettingsProps & { of: readonly Setting[] }) =>
  settings.map(({ name, label, stops }) => (
    <Slider
      key={name}
      label={label}
      value={params[name]}
      stops={stops}
      text={(value) => settingText(name, value)}
      onChange={(value) => act({ act: 'set', name, value })}
    />
  ));

/** The other settings, and the way back to those that the run began with. */
export function MoreSettings({ params, usual, act }: SettingsProps & { usual: Params }) {
  const changed = changedSettings(params, usual);
  return (
    <div className="lab grid gap-3">
      <Sliders of={MORE} params={params} act={act} />
      <Slider
        label="Longest wait between two receives"
        value={params.poll[1]}
        stops={CEILINGS}
        text={(value) => `${value} s`}
        onChange={(most) => act({ act: 'set', name: 'poll', value: [Math.min(params.poll[0], most), most] })}
      />
      <Switch
        label="Workers extend their lease at half time"
        checked={params.extend === 1}
        onChange={(isOn) => act({ act: 'set', name: 'extend', value: isOn ? 1 : 0 })}
      />
      <Switch
        label="The processing time varies"
        checked={params.vary === 1}
        onChange={(isOn) => act({ act: 'set', name: 'vary', value: isOn ? 1 : 0 })}
      />
      <Button
        className="justify-self-start"
        reason={changed.length === 0 ? 'All settings are those that the scenario began with' : undefined}
        onClick={() => {
          for (const name of changed) act({ act: 'set', name, value: usual[name] });
        }}
      >
        Reset {changed.length === 0 ? 'settings' : counted(changed.length, 'setting')}
      </Button>
    </div>
  );
}

/** The settings that differ from the usual ones; the workers are no setting here, but are added and removed. */
export const changedSettings = (params: Params, usual: Params): ParamName[] =>
  (Object.keys(usual) as ParamName[]).filter(
    (name) => name !== 'workers' && String(params[name]) !== String(usual[name]),
  );

export const RATES: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 5, 10];
