import { ExternalLink } from 'lucide-react';
import type { VerdictKind } from '@/azure/diagnosis/verdict-text';
import type { Connection } from '@/azure/protocol/connection';
import { Button } from '@/ui/controls/button';

type AddressHelpProps = {
  kind: VerdictKind;
  connection: Connection;
  /** Called with the connection by the other scheme, to try that. */
  onOtherScheme?: ((connection: Connection) => void) | undefined;
};

/** Verdicts that a certificate may be the cause of. */
const OF_CERTIFICATE = new Set<VerdictKind>(['certificate', 'browserAlone', 'unreachable']);

/** What can be done about an address at once: take the other scheme, or open it to accept its certificate. Else nothing. */
export function AddressHelp({ kind, connection, onOtherScheme }: AddressHelpProps) {
  const { origin, protocol } = new URL(connection.endpoint);
  if (kind === 'otherScheme' && onOtherScheme) {
    const other = byOtherScheme(connection);
    return (
      <Button onClick={() => onOtherScheme(other)}>Use {other.endpoint.startsWith('https:') ? 'https' : 'http'}</Button>
    );
  }
  if (protocol !== 'https:' || !OF_CERTIFICATE.has(kind)) return null;
  return (
    <a
      href={origin}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-6 items-center gap-1 text-12 text-accent underline [overflow-wrap:anywhere]"
    >
      <ExternalLink aria-hidden="true" className="size-3.5 flex-none" />
      Open {origin}
    </a>
  );
}

/** The same connection with https for http, or the other way round. */
function byOtherScheme({ secondaryEndpoint, ...connection }: Connection): Connection {
  return {
    ...connection,
    endpoint: otherScheme(connection.endpoint),
    ...(secondaryEndpoint !== undefined && { secondaryEndpoint: otherScheme(secondaryEndpoint) }),
  };
}

const otherScheme = (address: string): string =>
  address.startsWith('https:') ? address.replace('https:', 'http:') : address.replace('http:', 'https:');
