import type { Incoming } from './incoming';

/**
 * What a Shared Key signature covers, as the service sees it:
 * learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key. Written apart from the client's own, so that
 * a mistake in one of them shows.
 */
export function signedText(incoming: Incoming, account: string): string {
  const { method, headers } = incoming;
  const line = (name: string): string => `${headers.get(name) ?? ''}\n`;
  return `${method}\n${line('content-encoding')}${line('content-language')}${contentLength(incoming)}\n${line(
    'content-md5',
  )}${line('content-type')}${headers.has('x-ms-date') ? '\n' : line('date')}${line('if-modified-since')}${line(
    'if-match',
  )}${line('if-none-match')}${line('if-unmodified-since')}${line('range')}${signedHeaders(headers)}${signedResource(
    incoming,
    account,
  )}`;
}

/** Blank in place of 0 since version 2015-02-21. */
function contentLength({ method, bodyLength, version }: Incoming): string {
  if (bodyLength > 0) return String(bodyLength);
  return version < '2015-02-21' && (method === 'PUT' || method === 'POST') ? '0' : '';
}

function signedHeaders(headers: ReadonlyMap<string, string>): string {
  const lines: [key: string, line: string][] = [];
  for (const [name, value] of headers) {
    if (!name.startsWith('x-ms-')) continue;
    // Documented: white space within a value is folded into one space.
    lines.push([toSortKey(name), `${name}:${value.replace(/\s+/g, ' ')}\n`]);
  }
  return joinSorted(lines);
}

/**
 * The service sorts header names as .NET does: hyphens do not count, `_` comes before digits, digits before letters.
 * Names that differ by hyphens alone are told apart by what follows the separator.
 */
const toSortKey = (name: string): string => `${name.replaceAll('-', '').replaceAll('_', ' ')}\0${name}`;

function signedResource({ path, query }: Incoming, account: string): string {
  const lines: [key: string, line: string][] = [];
  for (const [name, value] of query) lines.push([name, `\n${name}:${value}`]);
  return `/${account}${path}${joinSorted(lines)}`;
}

function joinSorted(lines: [key: string, line: string][]): string {
  lines.sort(([a], [b]) => (a < b ? -1 : 1));
  let text = '';
  for (const [, line] of lines) text += line;
  return text;
}
