import type { Exchange } from '@/azure/protocol/exchange';
import { copyText } from '@/ui/code/code';
import { toast } from '@/ui/overlay/toast';

/** In place of the signature: a pasted command must not carry the permission. */
const PLACEHOLDER = '<key left out>';

/**
 * The exchange as a command for a POSIX shell, without a credential: `authorization` has a placeholder, and a SAS was
 * replaced by dots in the URL when it was recorded.
 */
export function toCurl({ method, url, request }: Exchange): string {
  const headers = request.headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization'
      ? `${name}: ${value.split(/[\s:]/)[0] ?? ''} ${PLACEHOLDER}`
      : `${name}: ${value}`,
  );
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...(request.body ? [`--data-binary ${quoted(request.body)}`] : []),
  ].join(' \\\n  ');
}

/** Quotes a text for a POSIX shell: in single quotes only the quote itself is special. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Copies an exchange as a curl command that holds no secret. */
export async function copyCurl(exchange: Exchange) {
  if (await copyText(toCurl(exchange))) toast({ title: 'Copied as curl, key left out', tone: 'success' });
}
