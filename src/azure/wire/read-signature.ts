import { accountSasText, makeAccountSas, makeQueueSas, queueSasText, sasTime } from '../credentials/sas-generate';
import type { Connection } from '../protocol/connection';
import { permissionsFor } from '../protocol/operation-table';
import { type Call, SERVICE_VERSION } from './signed-request';

/** A SAS that this page made with the key of its connection, and what was signed for it. */
export type ReadSignature = { token: string; stringToSign: string };

export type ReadSignatures = {
  /** What to sign a call with in place of headers, at `now` (epoch ms by the service's clock); undefined for headers. */
  for: (call: Call, now: number) => Promise<ReadSignature | undefined>;
  /** The account refuses them: from now on all is signed by headers. */
  refused: () => void;
};

/** Ms for which one is used, and for which it is valid before and after: as far as Azure lets the date of a signed request be off. */
const USED_MS = 900_000;
/** Addresses of one operation that are read by headers before others are read without. */
const SIGNED_ADDRESSES = 8;

/**
 * Signs repeated reads by a SAS. Headers of ours make a browser ask the service about each address before it reads there, and the
 * mode that would keep the answer to that question keeps what was read on the disk as well; a read by SAS needs no headers. The
 * first read of an address, and of the first eight addresses of an operation, is signed by headers. A SAS has one right: to list
 * and read, or to receive from one queue; it goes by https where the endpoint does, and is made anew every 15 minutes.
 */
export function createReadSignatures(
  { account, endpoint }: Pick<Connection, 'account' | 'endpoint'>,
  key: CryptoKey,
): ReadSignatures {
  const read = new Map<string, Set<string>>();
  const made = new Map<string, { at: number; signature: Promise<ReadSignature> }>();
  let isRefused = false;

  /** Notes the address; true when it, or so many of its operation, were read before. */
  function isRepeated({ operation, path, query }: Call): boolean {
    const addresses = read.get(operation) ?? new Set();
    read.set(operation, addresses);
    if (addresses.size >= SIGNED_ADDRESSES) return true;
    const address = `${path}?${JSON.stringify(query ?? {})}`;
    if (addresses.has(address)) return true;
    addresses.add(address);
    return false;
  }

  async function sign(queue: string | undefined, now: number): Promise<ReadSignature> {
    const terms = {
      sv: SERVICE_VERSION,
      st: sasTime(new Date(now - USED_MS)),
      se: sasTime(new Date(now + 2 * USED_MS)),
      spr: endpoint.startsWith('https:') ? 'https' : 'https,http',
    };
    if (queue !== undefined) {
      const fields = { ...terms, sp: 'p' };
      return {
        token: await makeQueueSas(key, account, queue, fields),
        stringToSign: queueSasText(account, queue, fields),
      };
    }
    const fields = { ...terms, ss: 'q', srt: 'sco', sp: 'rl' };
    return { token: await makeAccountSas(key, account, fields), stringToSign: accountSasText(account, fields) };
  }

  return {
    async for(call, now) {
      const isMade = call.method === 'GET' && call.version === undefined && !call.headers;
      if (isRefused || !isMade || !permissionsFor(call.operation).accountSas || !isRepeated(call)) return undefined;
      const queue = call.operation === 'Get Messages' ? queueIn(call.path) : undefined;
      const known = made.get(queue ?? '');
      // Also when the clock was set back meanwhile.
      if (known && Math.abs(now - known.at) < USED_MS) return known.signature;
      const signature = sign(queue, now);
      made.set(queue ?? '', { at: now, signature });
      return signature;
    },
    refused() {
      isRefused = true;
    },
  };
}

/** The queue in `/orders/messages`. */
const queueIn = (path: string): string => path.split('/')[1] ?? '';
