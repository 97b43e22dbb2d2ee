import { Check, CircleHelp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { OPERATIONS } from '@/azure/credentials/sas-permissions';
import { permissionsFor } from '@/azure/protocol/operation-table';
import { changeConnection, type StoredConnection, useConnection } from '@/state/connections/connections';
import { endAllowedChanges, isReadOnly } from '@/state/connections/read-only';
import { forgetRefusals, useLearnedRefusals } from '@/state/permissions/credential-permissions';
import { checkPermission, useDenialReason } from '@/state/permissions/permissions';
import { Button } from '@/ui/controls/button';
import { Dialog, DoneButton } from '@/ui/overlay/dialog';
import { connectionName } from '../shared/connection-name';
import { EnvironmentFields, type SafetySettings } from '../shared/environment-fields';

type AccessDialogProps = { connectionId: string; onClose: () => void };

/** The environment and the safety settings of a connection, and what its credential allows. Every change applies at once. */
export default function AccessDialog({ connectionId: id, onClose }: AccessDialogProps) {
  const connection = useConnection(id);
  if (!connection) return null;

  function change({ environment, readOnly }: SafetySettings) {
    if (readOnly !== (connection?.readOnly ?? false)) endAllowedChanges(id);
    void changeConnection(id, { environment, readOnly });
  }

  return (
    <Dialog
      title={`Access to ${connectionName(connection)}`}
      onClose={onClose}
      footer={<DoneButton onClick={onClose} />}
    >
      <div className="grid gap-5">
        <EnvironmentFields
          value={{ environment: connection.environment, readOnly: connection.readOnly ?? false }}
          onChange={change}
          isSealed={connection.locked && connection.isProtected}
        />
        <Allowed connection={connection} />
      </div>
    </Dialog>
  );
}

/** Each operation: allowed, not allowed and why, or unknown until it is tried. */
function Allowed({ connection }: { connection: StoredConnection }) {
  // Subscribes to changes of the permissions.
  useDenialReason(connection.id);
  const learned = Object.keys(useLearnedRefusals(connection.id));
  return (
    <section aria-labelledby="what-it-may-do" className="grid gap-2">
      <div className="flex items-center gap-3">
        <h3 id="what-it-may-do" className="flex-1 text-12 font-semibold">
          What this page may do there
        </h3>
        {learned.length > 0 && (
          <Button size="sm" onClick={() => forgetRefusals(connection.id)}>
            Check again
          </Button>
        )}
      </div>
      <p className="text-12 text-pretty text-text-3">{SOURCES[connection.kind]}</p>
      <ul className="grid gap-px overflow-hidden rounded-8 border border-line">
        {OPERATIONS.filter((operation) => operation !== 'Get User Delegation Key').map((operation) => {
          const refusedIn = learned
            .filter((one) => one.startsWith(`${operation} `))
            .map((one) => one.split(' ').at(-1));
          const { changes } = permissionsFor(operation);
          const { allowed, reason } = checkPermission(connection.id, operation);
          // The switch above says it already.
          const isReadOnlyToo = changes && isReadOnly(connection.id);
          return (
            <li key={operation} className="flex items-start gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
              <span className="mt-0.5 flex-none">{STATES[String(allowed)]?.icon}</span>
              <span className="min-w-0 flex-1">
                <span className="sr-only">{STATES[String(allowed)]?.label}: </span>
                {operation}
                {changes && (
                  <span className="text-12 text-text-3">
                    {isReadOnlyToo ? ' · off, since it changes something' : ' · changes something'}
                  </span>
                )}
                {allowed !== true && reason && !isReadOnlyToo && (
                  <span className="block text-12 text-pretty text-text-2">{reason}</span>
                )}
                {refusedIn.length > 0 && (
                  <span className="block text-12 text-text-2">Refused in {refusedIn.join(', ')}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const SOURCES: Record<StoredConnection['kind'], string> = {
  key: 'An account key allows everything. Only the settings above can forbid something here.',
  sas: 'From the signature itself, and from what Azure has refused since it was connected.',
  token: 'The roles of the user decide. A token does not name them, so this lists what Azure has refused so far.',
};

const STATES: Record<string, { label: string; icon: ReactNode }> = {
  true: { label: 'Allowed', icon: <Check className="text-accent" aria-hidden="true" /> },
  false: { label: 'Not allowed', icon: <X className="text-danger" aria-hidden="true" /> },
  unknown: { label: 'Unknown until tried', icon: <CircleHelp className="text-text-3" aria-hidden="true" /> },
};
