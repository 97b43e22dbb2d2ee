import { queryOptions, useQuery } from '@tanstack/react-query';
import { secretText } from '@/state/connections/connection-labels';
import {
  openWith,
  type StoredSecret,
  storedSecrets,
  useConnections,
  useIsVaultDurable,
  usePassphraseState,
} from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { Button } from '@/ui/controls/button';
import { dateTime } from '@/words/times';
import { ConnectionTitle, Group, nameOf, Row } from './settings-row';

const PLACES: Record<StoredSecret['where'], string> = {
  tab: 'for this tab, in memory alone',
  otherTab: 'for another tab of this browser, in its memory alone',
  device: 'on this device without a passphrase, as a key that no script can read',
  installation: 'on this device without a passphrase, encrypted for this installation',
  published: 'stored as it is, since everybody knows it',
  passphrase: 'on this device, under the passphrase',
};

/** Read again when the screen opens or a connection changes: other tabs store and forget too. */
const secrets = (of: unknown) =>
  queryOptions({ queryKey: ['stored-secrets', of], queryFn: storedSecrets, staleTime: 0, gcTime: 0 });

/** The secrets that this browser stores: what, where, since when, and when last used. */
export function StoredSecrets() {
  const { data: stored = [] } = useQuery(secrets(useConnections()));
  const isDurable = useIsVaultDurable();
  return (
    <Group title="What is stored">
      {stored.map((secret) => (
        <Secret key={`${secret.where}/${secret.connection.id}/${secret.storedAt}`} secret={secret} />
      ))}
      {stored.length === 0 && (
        <Row title="No secrets" hint="Keys and signatures that you connect are listed here.">
          {null}
        </Row>
      )}
      {isDurable && <PassphraseRow />}
      <Row
        title="Forget all"
        hint="Removes keys, signatures, connections and the passphrase from this browser, in all tabs."
      >
        <Button variant="danger" onClick={() => openDialog({ kind: 'forgetAll' })}>
          Forget all
        </Button>
      </Row>
    </Group>
  );
}

function Secret({ secret }: { secret: StoredSecret }) {
  const { connection, where, storedAt, usedAt } = secret;
  const name = nameOf(connection);
  // Only account keys are `CryptoKey`s; a signature has to be readable to be sent.
  const place =
    where === 'device' && connection.kind !== 'key'
      ? 'on this device without a passphrase, encrypted with a key that no script can read'
      : PLACES[where];
  return (
    <Row
      title={<ConnectionTitle connection={connection} />}
      hint={
        <>
          {kindOf(secret)} {place}. {place.endsWith('alone') ? 'Given' : 'Stored'} {dateTime(new Date(storedAt))}
          {usedAt !== undefined && `, last used ${dateTime(new Date(usedAt))}`}.
        </>
      }
    >
      {where !== 'otherTab' && (
        <Button
          variant="danger"
          aria-label={`Forget the secret of ${name}`}
          onClick={() => openDialog({ kind: 'forgetConnection', connectionId: connection.id })}
        >
          Forget
        </Button>
      )}
    </Row>
  );
}

/** A sign-in stores no token. */
function kindOf({ connection, where }: StoredSecret) {
  if (where === 'published') return 'Public key';
  return connection.signIn ? 'Ids of a Microsoft sign-in' : capital(secretText(connection));
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const HINTS = {
  none: 'None. What is remembered on this device is encrypted under it, also against a copy of the browser’s files.',
  locked: 'Locked. Type it to use what is remembered on this device.',
  unlocked: 'Set, and unlocked in this tab until it is reloaded.',
};

const open = (mode: 'set' | 'change' | 'remove' | 'unlock') => openDialog({ kind: 'passphrase', mode });

/** The passphrase of the secrets on this device: set, change, remove, lock and unlock it. */
function PassphraseRow() {
  const state = usePassphraseState();
  return (
    <Row title="Passphrase" hint={HINTS[state]}>
      <span className="flex flex-wrap gap-2">
        {state === 'none' && <Button onClick={() => open('set')}>Set passphrase</Button>}
        {state === 'locked' && <Button onClick={() => open('unlock')}>Unlock</Button>}
        {state === 'unlocked' && <Button onClick={() => void openWith(undefined)}>Lock now</Button>}
        {state !== 'none' && (
          <>
            <Button aria-label="Change passphrase" onClick={() => open('change')}>
              Change
            </Button>
            <Button aria-label="Remove passphrase" onClick={() => open('remove')}>
              Remove
            </Button>
          </>
        )}
      </span>
    </Row>
  );
}
