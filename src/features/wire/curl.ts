import type { Exchange } from '@/azure/protocol/exchange';

/** Stands where the signature was: a command that someone pastes elsewhere must not carry the right to do it. */
const LEFT_OUT = '<key left out>';

/**
 * The exchange as a command for a POSIX shell. It holds no credential: `authorization` is replaced by a placeholder, and
 * a shared access signature has already been replaced by dots in the URL.
 */
export function toCurl({ method, url, request }: Exchange): string {
  const headers = request.headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization'
      ? `${name}: ${value.split(/[\s:]/)[0] ?? ''} ${LEFT_OUT}`
      : `${name}: ${value}`,
  );
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(request.body ? [`--data-binary ${quoted(request.body)}`] : []),
  ].join(' \\\n  ');
}

/** Inside single quotes a shell takes everything as it stands, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
