import { sign } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';

type Terms = { letters?: string; startsAt?: number; expiresAt?: number };

const VERSION = '2024-11-04';
const PROTOCOLS = 'https,http';

/** Whole seconds of UTC. */
const timeOf = (epochMs: number | undefined): string =>
  epochMs === undefined ? '' : `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** An account SAS. `services` and `types` are letters out of `btqf` and `sco`. */
export function accountSas(
  connection: Connection,
  { services, types, ...terms }: Terms & { services: string; types: string },
): Promise<string> {
  const { sp, st, se } = fieldsOf(terms);
  const lines = [connection.account, sp, services, types, st, se, '', PROTOCOLS, VERSION, '', ''];
  return token(connection, lines, { sp, st, se, ss: services, srt: types });
}

/** A SAS for one queue. What a stored policy, `identifier`, says is left out of the terms. */
export function queueSas(
  connection: Connection,
  queue: string,
  { identifier = '', ...terms }: Terms & { identifier?: string },
): Promise<string> {
  const { sp, st, se } = fieldsOf(terms);
  const lines = [sp, st, se, `/queue/${connection.account}/${queue}`, identifier, '', PROTOCOLS, VERSION];
  return token(connection, lines, { sp, st, se, si: identifier });
}

const fieldsOf = ({ letters = '', startsAt, expiresAt }: Terms) => ({
  sp: letters,
  st: timeOf(startsAt),
  se: timeOf(expiresAt),
});

/** Signs the lines, in the order of the documentation. */
async function token({ credential }: Connection, lines: string[], fields: Record<string, string>): Promise<string> {
  if (credential.kind !== 'key') throw new Error('Only a key signs');
  const sig = await sign(credential.key, lines.join('\n'));
  return Object.entries({ sv: VERSION, spr: PROTOCOLS, ...fields, sig })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
