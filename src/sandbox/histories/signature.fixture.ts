import { sign } from '@/azure/credentials/shared-key';
import type { Connection } from '@/azure/protocol/connection';

/** Times in epoch ms. */
type Terms = { letters?: string; startsAt?: number; expiresAt?: number; version?: string };

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
  const { sv, sp, st, se } = fieldsOf(terms);
  // The line of the encryption scope, which is blank for queues.
  const scope = sv >= '2020-12-06' ? [''] : [];
  const lines = [connection.account, sp, services, types, st, se, '', PROTOCOLS, sv, ...scope, ''];
  return token(connection, lines, { sv, sp, st, se, ss: services, srt: types });
}

/** A SAS for one queue. What a stored policy, `identifier`, says is left out of the terms. */
export function queueSas(
  connection: Connection,
  queue: string,
  { identifier = '', ...terms }: Terms & { identifier?: string },
): Promise<string> {
  const { sv, sp, st, se } = fieldsOf(terms);
  const lines = [sp, st, se, `/queue/${connection.account}/${queue}`, identifier, '', PROTOCOLS, sv];
  return token(connection, lines, { sv, sp, st, se, si: identifier });
}

const fieldsOf = ({ letters = '', startsAt, expiresAt, version = VERSION }: Terms) => ({
  sv: version,
  sp: letters,
  st: timeOf(startsAt),
  se: timeOf(expiresAt),
});

/** Signs the lines, in the order of the documentation. */
async function token({ credential }: Connection, lines: string[], fields: Record<string, string>): Promise<string> {
  if (credential.kind !== 'key') throw new Error('Only a key signs');
  const sig = await sign(credential.key, lines.join('\n'));
  return Object.entries({ spr: PROTOCOLS, ...fields, sig })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
