import { KeyRound, LockKeyhole, ShieldAlert } from 'lucide-react';
import { type ReactNode } from 'react';
import { secretText } from '@/state/connections/connection-labels';
import { type StoredConnection, useLockedSince, usePassphraseState } from '@/state/connections/connections';
import { useInterruptedJobs } from '@/state/journal/interrupted-store';
import { useCutOffReceives, useEarlierLeases } from '@/state/leases/restored-leases';
import { openDialog } from '@/state/navigation/open-dialog';
import { usePreference } from '@/state/settings/preferences';
import { isReachable } from '@/state/start/fetch-for-connection';
import { useNow } from '@/ui/browser/use-now';
import { Button } from '@/ui/controls/button';
import { StatePanel } from '@/ui/feedback/state-panel';
import { counted, plural } from '@/words/counts';
import { clockTime } from '@/words/times';
import { BlockedScreen } from '../reach/blocked-screen';
import { connectionName } from '../shared/connection-name';
import { ForeignScreen } from './foreign-screen';
import { KeyForm } from './key-form';
import { UnlockForm } from './unlock-form';

type LockedScreenProps = { connection: StoredConnection; leading: ReactNode };

/** In place of a connection that this page cannot use: why, and what to do about it. */
export function LockedScreen(props: LockedScreenProps) {
  if (props.connection.foreign) return <ForeignScreen {...props} />;
  return isReachable(props.connection) ? <SecretScreen {...props} /> : <BlockedScreen {...props} />;
}

/** Asks for the secret of a connection, or for the passphrase that it is under, in place of the connection. */
function SecretScreen({ connection, leading }: LockedScreenProps) {
  const isUnderPassphrase = connection.isProtected === true;
  const isLocked = usePassphraseState() === 'locked';
  return (
    <>
      <header className="flex h-15 flex-none items-center gap-3 px-4 max-desk:px-3 desk:not-short:hidden short:h-11 short:px-2">
        {leading}
      </header>
      <h1 className="sr-only">{connectionName(connection)}</h1>
      {!isUnderPassphrase ? (
        <Asked connection={connection} />
      ) : isLocked ? (
        <Sealed connection={connection} />
      ) : (
        <Changed connection={connection} />
      )}
    </>
  );
}

type PanelProps = { connection: StoredConnection };

const Sealed = ({ connection }: PanelProps) => (
  <StatePanel
    icon={<LockKeyhole />}
    title={`${connectionName(connection)} is locked`}
    actions={<UnlockForm takesFocus />}
  >
    <p>
      Its {secretText(connection)} is encrypted under a passphrase on this device. The sandbox and connections of this
      tab work without it.
    </p>
    <Held connection={connection} />
  </StatePanel>
);

const Asked = ({ connection }: PanelProps) => (
  <StatePanel
    icon={<KeyRound />}
    title={`Enter the ${secretText(connection)} of ${connectionName(connection)} again`}
    actions={<KeyForm key={connection.id} connection={connection} />}
  >
    <p>
      It was in the memory of this tab only, <WhyLost connection={connection} />. The page continues once you enter it.
    </p>
    <Address connection={connection} />
    <Held connection={connection} />
  </StatePanel>
);

function WhyLost({ connection: { id } }: PanelProps) {
  const since = useLockedSince(id);
  return since === undefined ? 'so a reload lost it' : `and was forgotten at ${clockTime(since)}, as nothing was used`;
}

const Changed = ({ connection }: PanelProps) => (
  <StatePanel
    icon={<ShieldAlert />}
    tone="danger"
    title={`${connectionName(connection)} does not open`}
    actions={
      <Button variant="danger" onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}>
        Forget it
      </Button>
    }
  >
    <p>
      Its {secretText(connection)} does not fit what is stored beside it, such as the address. Something else changed
      it, or an earlier version or passphrase encrypted it. Nothing was sent. Forget it, and connect it again.
    </p>
    <Address connection={connection} />
  </StatePanel>
);

/** Where requests would go, to be checked before a secret is given. */
const Address = ({ connection: { endpoint, relay } }: PanelProps) => (
  <p>
    Its address: <span className="font-mono text-12 [overflow-wrap:anywhere] text-text">{endpoint}</span>
    {relay && ', by relay'}
  </p>
);

/** What stands still meanwhile, and what this tab had leased there before, which goes on. */
const Held = ({ connection }: PanelProps) => (
  <>
    <Leased connection={connection} />
    <StoppedJobs connection={connection} />
    <StandingLive connection={connection} />
  </>
);

function StoppedJobs({ connection: { id } }: PanelProps) {
  const jobs = useInterruptedJobs().filter(({ head }) => head.from.connectionId === id || head.to?.connectionId === id);
  if (jobs.length === 0) return null;
  return (
    <p>
      {counted(jobs.length, 'job')} of it stopped: {jobs.map(({ head }) => head.where).join(', ')}. How far{' '}
      {plural(jobs.length, 'it', 'they')} came is shown once the connection is unlocked, and{' '}
      {plural(jobs.length, 'it', 'they')} can go on then.
    </p>
  );
}

/** Live has one switch for all queues. */
function StandingLive({ connection: { id } }: PanelProps) {
  const isLive = usePreference('live');
  const since = useLockedSince(id) ?? performance.timeOrigin;
  return isLive && <p>Live stands still since {clockTime(since)}, and goes on afterwards.</p>;
}

function Leased({ connection: { id } }: PanelProps) {
  const now = useNow();
  const leases = useEarlierLeases().filter(({ connectionId, endsAt }) => connectionId === id && endsAt > now);
  const cutOff = useCutOffReceives().filter(({ connectionId, until }) => connectionId === id && until > now);
  if (leases.length + cutOff.length === 0) return null;
  const until = Math.max(...leases.map(({ endsAt }) => endsAt), ...cutOff.map((receive) => receive.until));
  const most = cutOff.reduce((sum, { messages }) => sum + messages, leases.length);
  return (
    <p role="status">
      {cutOff.length > 0 && 'Up to '}
      {counted(most, 'message')} of it {plural(most, 'is', 'are')} leased by this tab until {clockTime(until)}.
    </p>
  );
}
