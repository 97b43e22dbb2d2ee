import { Ellipsis, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useMenuItems } from '@/actions/action';
import { ActionButton } from '@/actions/action-button';
import { connectionActions } from '@/actions/connection-actions';
import { secretText } from '@/state/connections/connection-labels';
import { type StoredConnection, useConnections } from '@/state/connections/connections';
import { routeHref } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { type Preferences, resetPreferences, setPreference, usePreference } from '@/state/settings/preferences';
import { useNow } from '@/ui/browser/use-now';
import { Button, IconButton } from '@/ui/controls/button';
import { NumberInput, Select } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import { Switch } from '@/ui/controls/switch';
import { Menu } from '@/ui/overlay/menu';
import { dateTime } from '@/words/times';
import { version } from '../../../package.json';
import { AllowedHosts } from './allowed-hosts';
import { exportSettings, importSettings } from './settings-file';
import { ConnectionTitle, Group, nameOf, Row } from './settings-row';
import { StoredSecrets } from './stored-secrets';

/** Options whose labels are their values with a capital. */
const choices = <Value extends string>(...values: Value[]) =>
  values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

const THEMES = choices<Preferences['theme']>('system', 'light', 'dark');
const DENSITIES = choices<Preferences['density']>('compact', 'regular', 'roomy');

const CLOCKS: { value: Preferences['clock']; label: string }[] = [
  { value: 'locale', label: 'By locale' },
  { value: '24', label: '24 h' },
  { value: '12', label: '12 h' },
];

/** The settings of this device. Every change applies at once. */
export function SettingsScreen() {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto short:overflow-visible">
      <div className="mx-auto w-full max-w-180 px-6 pt-4 pb-12 max-desk:px-3">
        <h1 className="flex h-10 items-center text-18 font-semibold short:sr-only">Settings</h1>
        <Appearance />
        <Keys />
        <Messages />
        <Connections />
        <StoredSecrets />
        <AllowedHosts />
        <IdleLock />
        <About />
      </div>
    </div>
  );
}

function Appearance() {
  return (
    <Group title="Appearance">
      <Row title="Theme" hint="System follows what this device is set to.">
        <Segmented
          label="Theme"
          value={usePreference('theme')}
          onChange={(theme) => setPreference('theme', theme)}
          options={THEMES}
        />
      </Row>
      <Row title="Times" hint={`Now it is ${dateTime(useNow())}. The zone is this device’s.`}>
        <Segmented
          label="Times"
          value={usePreference('clock')}
          onChange={(clock) => setPreference('clock', clock)}
          options={CLOCKS}
        />
      </Row>
      <Row title="Row height" hint="28, 32 or 36 px.">
        <Segmented
          label="Row height"
          value={usePreference('density')}
          onChange={(density) => setPreference('density', density)}
          options={DENSITIES}
        />
      </Row>
    </Group>
  );
}

function Keys() {
  return (
    <Group title="Keyboard">
      <Row title="Single keys" hint="N, E, Del and others. Combinations such as Ctrl K always work.">
        <Switch
          label={<span className="sr-only">Single keys</span>}
          className="gap-0"
          checked={usePreference('singleKeys')}
          onChange={(on) => setPreference('singleKeys', on)}
        />
      </Row>
    </Group>
  );
}

function Messages() {
  const hidden = usePreference('hiddenColumns');
  return (
    <Group title="Messages">
      <Row title="Poison threshold" hint="Dequeue count from which a message is marked. Azure Functions gives up at 5.">
        <NumberInput
          aria-label="Poison threshold"
          min={1}
          max={100}
          value={usePreference('poisonThreshold')}
          onChange={(count) => setPreference('poisonThreshold', Math.round(count))}
          className="w-20"
        />
      </Row>
      <Row title="Live refresh" hint="Seconds between refreshes while a queue is live.">
        <NumberInput
          aria-label="Live refresh, seconds"
          min={1}
          max={300}
          value={usePreference('liveInterval')}
          onChange={(seconds) => setPreference('liveInterval', Math.round(seconds))}
          className="w-20"
        />
      </Row>
      <Row title="Columns" hint={hidden.length === 0 ? 'All are shown.' : `${hidden.length} hidden.`}>
        <Button
          reason={hidden.length === 0 ? 'All columns are shown' : undefined}
          onClick={() => setPreference('hiddenColumns', [])}
        >
          Show all columns
        </Button>
      </Row>
    </Group>
  );
}

function Connections() {
  const connections = useConnections();
  return (
    <Group title="Connections">
      {connections.map((connection) => (
        <ConnectionRow key={connection.id} connection={connection} />
      ))}
      <Row
        title={connections.length === 0 ? 'No connections' : 'Another account'}
        hint="Several can be open side by side."
      >
        <a
          href={routeHref({ screen: 'connect' })}
          className="inline-flex h-7 items-center gap-1.5 rounded-6 border border-line-strong bg-surface px-2.5 font-medium shadow-1 hover:bg-hover max-desk:h-9"
        >
          <Plus className="-ml-0.5 text-text-2" />
          Add connection
        </a>
      </Row>
    </Group>
  );
}

const LOCK_AFTER = [
  [0, 'Never'],
  [5, '5 minutes'],
  [15, '15 minutes'],
  [60, '1 hour'],
  [240, '4 hours'],
].map(([minutes, label]) => ({ value: String(minutes), label: String(label) }));

function IdleLock() {
  const lockAfter = usePreference('lockAfter');
  const liveGoesOn = usePreference('liveGoesOn');
  return (
    <Group title="Lock">
      <Row
        title="Lock when it is not used"
        hint="Without input, job and browse. What is under the passphrase is locked, and what is for this tab only is forgotten: the page asks for it again. What is remembered without a passphrase stays open."
      >
        <Select
          aria-label="Lock when it is not used for"
          value={String(lockAfter)}
          options={LOCK_AFTER}
          onChange={(minutes) => setPreference('lockAfter', Number(minutes))}
        />
      </Row>
      {lockAfter > 0 && (
        <Row title="Live counts as use" hint="A queue that is live is watched on, and nothing is locked meanwhile.">
          <Switch
            label={<span className="sr-only">Live counts as use</span>}
            className="gap-0"
            checked={liveGoesOn}
            onChange={(on) => setPreference('liveGoesOn', on)}
          />
        </Row>
      )}
    </Group>
  );
}

/** The settings as a file, for another browser or device. */
function SettingsFile() {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <Row
      title="Settings as a file"
      hint="What is set on this page, widths of panes and hidden columns. No connections, keys, queues, expressions, templates or messages."
    >
      <span className="flex flex-wrap gap-2">
        <Button onClick={exportSettings}>Export settings</Button>
        <Button onClick={() => picker.current?.click()}>Import settings</Button>
      </span>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        aria-label="File of settings"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) void importSettings(file);
        }}
      />
    </Row>
  );
}

function About() {
  return (
    <Group title="About">
      <Row
        title={`Queuescope ${version}`}
        hint="Requests go from this tab to the accounts you connect, and nowhere else."
      >
        <Button onClick={resetPreferences}>Reset settings</Button>
      </Row>
      <SettingsFile />
    </Group>
  );
}

const { details, check, access, serviceProperties, readSas, createSas, forget } = connectionActions;

const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

/** One connection: what it is, how careful the page is with it, and the way to all else about it. */
export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, endpoint, keep, kind } = connection;
  const on = { connectionId: id, kind };
  const rarer = useMenuItems([readSas, createSas, details, serviceProperties, check], on);
  const name = nameOf(connection);
  return (
    <Row
      title={<ConnectionTitle connection={connection} />}
      hint={
        isSandbox(connection) ? (
          `A queue service in this browser, ${KEPT[keep]}`
        ) : (
          <>
            <span className="font-mono">{new URL(endpoint).host}</span>, {secretText(connection)} {KEPT[keep]}
            {connection.readOnly && ', read-only'}
            {connection.relay && ', by relay'}
          </>
        )
      }
    >
      <span className="flex flex-wrap items-center gap-2">
        <ActionButton action={access} on={on} aria-label={`Access to ${name}`}>
          Access
        </ActionButton>
        <ActionButton action={forget} on={on} aria-label={`Forget ${name}`}>
          Forget
        </ActionButton>
        <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />} items={rarer} />
      </span>
    </Row>
  );
}
