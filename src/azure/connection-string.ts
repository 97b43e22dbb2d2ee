import { EMULATOR } from './emulator';

const NAMES = [
  'AccountName',
  'AccountKey',
  'DefaultEndpointsProtocol',
  'EndpointSuffix',
  'QueueEndpoint',
  'QueueSecondaryEndpoint',
  'SharedAccessSignature',
  'UseDevelopmentStorage',
  'DevelopmentStorageProxyUri',
  'BlobEndpoint',
  'BlobSecondaryEndpoint',
  'TableEndpoint',
  'TableSecondaryEndpoint',
  'FileEndpoint',
  'FileSecondaryEndpoint',
].join('|');
const FIRST_NAME = new RegExp(`(?:^|[^A-Za-z])(?=(?:${NAMES})\\s*=)`, 'i');
const NAME_ON_A_NEW_LINE = new RegExp(`[\\r\\n]+\\s*(?=(?:${NAMES})\\s*=)`, 'gi');

/**
 * The fields of a connection string by their names in lower case, or undefined when the text is none. What stands
 * before the first field (`AzureWebJobsStorage=`, a quote) is skipped; line breaks may part fields or cut a long one.
 * `UseDevelopmentStorage=true` gives the emulator's fields.
 */
export function readConnectionString(text: string): ReadonlyMap<string, string> | undefined {
  const start = FIRST_NAME.exec(text);
  if (!start) return undefined;
  const joined = text
    .slice(start.index + start[0].length)
    .replace(NAME_ON_A_NEW_LINE, ';')
    .replace(/\s+/g, '');
  const fields = new Map<string, string>();
  for (const pair of joined.split(';')) {
    // The first `=` only: keys and signatures hold more of them.
    const split = pair.indexOf('=');
    const name = pair.slice(0, split).toLowerCase();
    const value = pair.slice(split + 1).replace(/^["']+|["']+$/g, '');
    if (split > 0 && value !== '' && !fields.has(name)) fields.set(name, value);
  }
  return fields.get('usedevelopmentstorage')?.toLowerCase() === 'true' ? developmentStorage(fields) : fields;
}

/** A proxy takes the place of the loopback address, as .NET reads it. */
function developmentStorage(fields: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const proxy = fields.get('developmentstorageproxyuri');
  const endpoint =
    proxy && URL.canParse(proxy) ? `http://${new URL(proxy).hostname}:10001/${EMULATOR.account}` : EMULATOR.endpoint;
  return new Map([
    ['usedevelopmentstorage', 'true'],
    ['accountname', EMULATOR.account],
    ['accountkey', EMULATOR.key],
    ['queueendpoint', endpoint],
  ]);
}
