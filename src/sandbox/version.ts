import { StorageFault } from './storage-fault';

/** Judges what comes without a version of its own. */
export const DEFAULT_VERSION = '2024-11-04';
/** The first version that has a queue service as it is now. */
const OLDEST = '2009-09-19';
const FORM = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

type Request = { headers: ReadonlyMap<string, string>; query: ReadonlyMap<string, string> };

/**
 * The version of the protocol that a request speaks: that of its shared access signature (`sv`), else of its header.
 * @throws StorageFault when it is missing where it may not, or is none.
 */
export function versionOf({ headers, query }: Request): string {
  const signedBySas = query.has('sig') && !headers.has('authorization');
  const version = signedBySas ? query.get('sv') : headers.get('x-ms-version');
  if (version !== undefined && FORM.test(version) && version >= OLDEST) return version;
  if (signedBySas) {
    const detail = version ? 'sv is not a version.' : 'sv is mandatory. Cannot be empty';
    throw new StorageFault('AuthenticationFailed', { AuthenticationErrorDetail: detail });
  }
  if (version !== undefined)
    throw new StorageFault('InvalidHeaderValue', { HeaderName: 'x-ms-version', HeaderValue: version });
  if (headers.has('authorization')) throw new StorageFault('MissingRequiredHeader', { HeaderName: 'x-ms-version' });
  return DEFAULT_VERSION;
}
