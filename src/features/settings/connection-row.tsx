import { Ellipsis } from 'lucide-react';
import { ActionButton } from '@/actions/action-button';
import { connectionActions } from '@/actions/connection-actions';
import { useMenuItems } from '@/actions/use-actions';
import { accountAndQueue, secretText } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { isSandbox } from '@/state/sandbox/sandbox';
import { IconButton } from '@/ui/controls/button';
import { EnvironmentBadge } from '@/ui/controls/environment-badge';
import { Menu } from '@/ui/overlay/menu';
import { Row } from './settings-row';

const { details, check, access, serviceProperties, readSas, createSas, forget } = connectionActions;

const KEPT = { tab: 'kept for this tab', device: 'kept on this device' };

/** One connection: what it is, how careful the page is with it, and the way to all else about it. */
export function ConnectionRow({ connection }: { connection: StoredConnection }) {
  const { id, endpoint, keep, kind } = connection;
  const on = { connectionId: id, kind };
  const rarer = useMenuItems([readSas, createSas, details, serviceProperties, check], on);
  const name = isSandbox(connection) ? 'Sandbox' : accountAndQueue(connection);
  return (
    <Row
      title={
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          <EnvironmentBadge environment={environmentOf(connection.environment)} />
        </span>
      }
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
