import { ChevronDown, KeyRound, LogOut, Plus } from 'lucide-react';
import { useMenuItems } from '@/actions/action';
import { connectionActions } from '@/actions/connection-actions';
import { type StoredConnection, signOutOf, useConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { goTo } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { promptForToken } from '@/state/sign-in/token-prompts';
import { Badge, EnvironmentBadge } from '@/ui/controls/badge';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { toast } from '@/ui/overlay/toast-store';
import { isolated } from '@/words/isolate';
import { connectionLabel, connectionName, shownName } from './shared/connection-name';
import { ConnectionTile } from './shared/connection-tile';
import { openConnection } from './shared/open-connection';

const { details, check, access, serviceProperties, readSas, createSas, copyAs, forget } = connectionActions;

type ConnectionSwitcherProps = {
  connection: StoredConnection;
  /** True shows a tile without the name, for the rail. */
  tile?: boolean | undefined;
};

/** The menu of the current connection: all connections, and what can be done with this one. */
export function ConnectionSwitcher({ connection, tile = false }: ConnectionSwitcherProps) {
  const connections = useConnections();
  const on = { connectionId: connection.id, kind: connection.kind };
  const items: MenuItem[] = [
    ...connections.map((one) => ({
      label: connectionName(one),
      mark: <EnvironmentBadge environment={environmentOf(one.environment)} className="ml-3" />,
      checked: one.id === connection.id,
      onSelect: () => openConnection(one.id),
    })),
    { label: 'Add connection', icon: <Plus />, onSelect: () => goTo({ screen: 'connect' }) },
    'separator',
    ...useMenuItems([details, check, access, serviceProperties, readSas, createSas, copyAs], on),
    ...tokenItems(connection),
    'separator',
    ...useMenuItems([forget], on),
  ];
  return (
    <Menu
      label="Connections"
      align="start"
      items={items}
      trigger={
        <button
          type="button"
          aria-label={tile ? `Connections, ${connectionLabel(connection)}` : spokenAccount(connection)}
          className={tile ? 'flex-none rounded-8 p-px' : NAMED}
        >
          {tile ? (
            <ConnectionTile connection={connection} />
          ) : (
            <>
              <span className="truncate">{shownName(connection)}</span>
              {connection.relay && (
                <Badge title="The local server of this page passes its requests on to the account">By relay</Badge>
              )}
              {isSandbox(connection) && <Badge title="A queue service inside this browser tab">{IN_TAB}</Badge>}
              <ChevronDown aria-hidden="true" className="size-3.5 text-text-3" />
            </>
          )}
        </button>
      }
    />
  );
}

const IN_TAB = 'In this tab';

/** The name of the button: what it shows is in it. */
function spokenAccount(connection: StoredConnection): string {
  const name = shownName(connection);
  if (isSandbox(connection)) return `Account ${name}, ${IN_TAB.toLowerCase()}`;
  const label = connectionLabel(connection);
  const shown = connection.relay ? `${name}, by relay` : name;
  return `Account ${label.includes(shown) ? label : `${label}, ${shown}`}`;
}

const NAMED =
  'flex min-h-7 min-w-0 items-center gap-1 rounded-6 px-1.5 font-semibold hover:bg-hover data-popup-open:bg-active max-desk:min-h-9';

/** The menu items about the access token of a connection; none for other credentials. */
function tokenItems({ id, kind, signIn }: StoredConnection): MenuItem[] {
  if (kind !== 'token') return [];
  if (!signIn) return [{ label: 'Replace token', icon: <KeyRound />, onSelect: () => promptForToken(id) }];
  return [
    { label: 'Sign in again', icon: <KeyRound />, onSelect: () => promptForToken(id) },
    { label: 'Sign out', icon: <LogOut />, onSelect: () => void signOut(id, signIn.username) },
  ];
}

async function signOut(id: string, username: string) {
  await signOutOf(id);
  toast({
    title: `Signed out ${isolated(username)}`,
    detail: 'The connection stays. Its next request asks to sign in.',
    tone: 'success',
  });
}
