import { queryOptions, useQuery } from '@tanstack/react-query';
import { accountAndQueue, secretText } from '@/state/connections/connection-labels';
import { type StoredSecret, storedSecrets, useConnections, useIsVaultDurable } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { openDialog } from '@/state/navigation/open-dialog';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Button } from '@/ui/controls/button';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { dateTime } from '@/ui/format/relative-time';
import { PassphraseRow } from './passphrase-row';
import { Group, Row } from './settings-row';

const PLACES: Record<StoredSecret['where'], string> = {
  tab: 'for this tab, forgotten when it closes',
  otherTab: 'for another tab of this browser',
  device: 'on this device, as a key that no script can read',
  passphrase: 'on this device, under the passphrase',
};

/** Read anew whenever the screen is opened or a connection changes: other tabs store and forget too. */
const secrets = (of: unknown) =>
  queryOptions({ queryKey: ['stored-secrets', of], queryFn: storedSecrets, staleTime: 0, gcTime: 0 });

/** Every secret that this browser holds for the page: what it is, where it is kept, since when, and when it was used. */
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
      <Row title="Forget all" hint="Keys, signatures, connections and the passphrase leave this browser, in all tabs.">
        <Button variant="danger" onClick={() => openDialog({ kind: 'forgetAll' })}>
          Forget all
        </Button>
      </Row>
    </Group>
  );
}

function Secret({ secret: { connection, where, storedAt, usedAt } }: { secret: StoredSecret }) {
  const name = isSandbox(connection) ? 'Sandbox' : accountAndQueue(connection);
  // Only account keys are `CryptoKey`s; a signature has to be read to be sent.
  const place =
    where === 'device' && connection.kind !== 'key'
      ? 'on this device, encrypted with a key that no script can read'
      : PLACES[where];
  return (
    <Row
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          <EnvironmentBadge environment={environmentOf(connection.environment)} />
        </span>
      }
      hint={
        <>
          {kindOf(connection)} {place}. Stored {dateTime(new Date(storedAt))}
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

/** Of a sign-in there is no token to keep. */
function kindOf(connection: StoredSecret['connection']) {
  if (isSandbox(connection)) return 'Public key of the sandbox';
  return connection.signIn ? 'Ids of a Microsoft sign-in' : capital(secretText(connection));
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
