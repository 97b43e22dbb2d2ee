import { authenticationFailed, StorageFault } from './storage-fault';

/** Version of requests without one. */
export const DEFAULT_VERSION = '2024-11-04';
/** The first supported version. */
const OLDEST = '2009-09-19';
const FORM = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

type Request = { headers: ReadonlyMap<string, string>; query: ReadonlyMap<string, string> };

/**
 * The service version of a request: that of its shared access signature (`sv`), else of its header.
 * @throws StorageFault when it is required and missing, or invalid.
 */
export function versionOf({ headers, query }: Request): string {
  const signedBySas = query.has('sig') && !headers.has('authorization');
  const version = signedBySas ? query.get('sv') : headers.get('x-ms-version');
  if (version !== undefined && FORM.test(version) && version >= OLDEST) return version;
  if (signedBySas) {
    throw authenticationFailed(version ? 'sv is not a version.' : 'sv is mandatory. Cannot be empty');
  }
  if (version !== undefined)
    throw new StorageFault('InvalidHeaderValue', { HeaderName: 'x-ms-version', HeaderValue: version });
  if (headers.has('authorization')) throw new StorageFault('MissingRequiredHeader', { HeaderName: 'x-ms-version' });
  return DEFAULT_VERSION;
}
