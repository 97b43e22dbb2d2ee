import type { Incoming } from './endpoint';
import { StorageFault } from './storage-fault';

export type Metadata = ReadonlyMap<string, string>;

const PREFIX = 'x-ms-meta-';
/** Bytes, names and values together. */
const MOST_BYTES = 8_192;
/** C# identifiers of ASCII letters. */
const NAME = /^[A-Za-z_][A-Za-z\d_]*$/;

/**
 * The metadata in a request's headers: learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata.
 * @throws StorageFault
 */
export function readMetadata({ headers, sentNames }: Pick<Incoming, 'headers' | 'sentNames'>): Metadata {
  const metadata = new Map<string, string>();
  let bytes = 0;
  for (const [header, value] of headers) {
    if (!header.startsWith(PREFIX)) continue;
    const name = (sentNames.get(header) ?? header).slice(PREFIX.length);
    if (name === '') throw new StorageFault('EmptyMetadataKey', { MetadataValue: value });
    if (!NAME.test(name)) throw new StorageFault('InvalidMetadata');
    bytes += name.length + value.length;
    metadata.set(name, value);
  }
  if (bytes > MOST_BYTES) throw new StorageFault('MetadataTooLarge', { MaxLimit: String(MOST_BYTES) });
  return metadata;
}

export const metadataHeaders = (metadata: Metadata): Record<string, string> =>
  Object.fromEntries([...metadata].map(([name, value]) => [`${PREFIX}${name}`, value]));

/** Compares names without case, values exactly. */
export function isSameMetadata(a: Metadata, b: Metadata): boolean {
  const lower = new Map([...b].map(([name, value]) => [name.toLowerCase(), value]));
  return a.size === b.size && [...a].every(([name, value]) => lower.get(name.toLowerCase()) === value);
}
