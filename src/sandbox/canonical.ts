import type { Incoming } from './endpoint';

/**
 * Builds the string-to-sign of a Shared Key signature:
 * learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key. Independent of the client's, so that a mistake in one
 * of them shows.
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

/** Blank instead of 0 since version 2015-02-21. */
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
 * Sort key of a header name, as the service sorts: hyphens do not count, `_` comes before digits, digits before letters. The
 * name after the separator orders names that differ by hyphens only.
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
