import { urlOf } from '../protocol/decode-uri';
import { EMULATOR } from '../protocol/emulator';
import { ACCOUNT_KEY } from '../protocol/mask-secrets';
import { trimCharacters } from './normalise-whitespace';

/** Source of a pattern for the names of the fields. */
export const FIELD_NAMES =
  'AccountName|AccountKey|DefaultEndpointsProtocol|EndpointSuffix|(?:Queue|Blob|Table|File)(?:Secondary)?Endpoint|SharedAccessSignature|UseDevelopmentStorage|DevelopmentStorageProxyUri';
const FIRST_NAME = new RegExp(`(?:^|[^A-Za-z_.-])(?=(?:${FIELD_NAMES})\\s?=)`, 'gi');
const NAME_ON_A_NEW_LINE = new RegExp(`\\n{1,2}(?=(?:\\w{1,12} ){0,4}(?:${FIELD_NAMES})\\s?=)`, 'gi');
/** What ends a connection string without quotes: a comment, or the next argument of a command. */
const BEHIND = /[ \n](?:#|\/\/|--?[a-z])/i;
const QUOTES = /["'`]/;

/** The fields of a connection string by their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Every connection string in a text after `normaliseWhitespace`. Skips what is around one (`AzureWebJobsStorage=`, a quote,
 * a comment); line breaks may separate fields or cut a long one. A repeated field begins the next connection string.
 * `UseDevelopmentStorage=true` yields the fields of the emulator.
 */
export function connectionStringsIn(text: string): Fields[] {
  const strings: Fields[] = [];
  let end = 0;
  for (const { index, 0: before } of text.matchAll(FIRST_NAME)) {
    const start = index + before.length;
    if (start < end) continue;
    end = endOf(text, start);
    strings.push(...readPairs(text.slice(start, end)));
  }
  return strings.map((fields) =>
    fields.get('usedevelopmentstorage')?.toLowerCase() === 'true' ? developmentStorage(fields) : fields,
  );
}

/** Offset where a connection string ends: at the closing quote, or without quotes at what cannot be part of it. */
function endOf(text: string, start: number): number {
  const quote = text.charAt(start - 1);
  if (QUOTES.test(quote)) {
    const closing = text.indexOf(quote, start);
    return closing < 0 ? text.length : closing;
  }
  const behind = BEHIND.exec(text.slice(start));
  return behind ? start + behind.index : text.length;
}

function readPairs(text: string): Fields[] {
  const strings: Map<string, string>[] = [];
  let fields = new Map<string, string>();
  const [joined = ''] = text.replace(NAME_ON_A_NEW_LINE, ';').split('\n\n');
  for (const pair of joined.split(';')) {
    // The first `=` only: keys and signatures contain more of them.
    const split = pair.indexOf('=');
    if (split <= 0) continue;
    // In source code other words precede it; a line break may cut it.
    const name = pair.slice(0, split).replaceAll('\n', '').trim().split(' ').at(-1)?.toLowerCase() ?? '';
    const value = readValue(name, pair.slice(split + 1));
    if (value !== '' && fields.get(name) && isComplete(fields)) fields = new Map();
    if (strings.at(-1) !== fields) strings.push(fields);
    if (value !== '' && !fields.get(name)) fields.set(name, value);
    // A key that was left out is told apart from a string that has none.
    else if (name === 'accountkey' && !fields.has(name)) fields.set(name, '');
  }
  return strings;
}

const isComplete = (fields: Fields): boolean =>
  ['accountkey', 'sharedaccesssignature', 'usedevelopmentstorage'].some((name) => fields.get(name));

const WHOLE_KEY = new RegExp(`^${ACCOUNT_KEY}`);
/** Addresses that are complete, so that the next line is not a part of them. */
const WHOLE_ADDRESS = /(?:\/|core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net|core\.cloudapi\.de)$/i;

/** The value without the blanks and line breaks of mails and terminals; only in secrets are blanks removed inside. */
function readValue(name: string, raw: string): string {
  const value = trimCharacters(raw, ' \n"\'`,');
  if (name === 'accountkey' || name === 'sharedaccesssignature') {
    const whole = value.replace(/[\s"'`]+/g, '');
    if (name === 'sharedaccesssignature') return whole;
    // Blanks that are no line break may stand for `+`, which only the length of the key tells.
    return WHOLE_KEY.exec(whole)?.[0] ?? (value.includes('\n') ? whole : value.replace(/["'`]+/g, ''));
  }
  const [first = ''] = value.split('\n');
  return (WHOLE_ADDRESS.test(first) ? first : value.replaceAll('\n', '')).split(/[ "'`]/)[0] ?? '';
}

/** Fields of the emulator. A proxy replaces the loopback address, as .NET reads it. */
function developmentStorage(fields: Fields): Fields {
  const proxy = fields.get('developmentstorageproxyuri');
  const address = proxy?.includes('://') ? proxy : `http://${proxy}`;
  const endpoint =
    proxy && urlOf(address) ? `http://${new URL(address).hostname}:10001/${EMULATOR.account}` : EMULATOR.endpoint;
  return new Map([
    ['usedevelopmentstorage', 'true'],
    ['accountname', EMULATOR.account],
    ['accountkey', EMULATOR.key],
    ['queueendpoint', endpoint],
  ]);
}
