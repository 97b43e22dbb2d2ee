import type { Exchange } from '@/azure/protocol/exchange';
import { bashQuoted } from '@/azure/protocol/shell-text';
import { copyText } from '@/ui/code/code';
import { toast } from '@/ui/overlay/toast-store';

/** In place of the signature: a pasted command must not carry the permission. */
const PLACEHOLDER = '<key left out>';

/**
 * The exchange as a command for bash and zsh, without a credential: `authorization` has a placeholder, and a SAS was
 * replaced by dots in the URL when it was recorded.
 */
export function toCurl({ method, url, request }: Exchange): string {
  const headers = request.headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization'
      ? `${name}: ${value.split(/[\s:]/)[0] ?? ''} ${PLACEHOLDER}`
      : `${name}: ${value}`,
  );
  return [
    `curl ${/[[\]{}]/.test(url) ? '--globoff ' : ''}-X ${method} ${bashQuoted(url)}`,
    ...headers.map((header) => `-H ${bashQuoted(header)}`),
    // Not a name of a file, should it begin with an @.
    ...(request.body
      ? [`${request.body.startsWith('@') ? '--data-raw' : '--data-binary'} ${bashQuoted(request.body)}`]
      : []),
  ].join(' \\\n  ');
}

/** Copies an exchange as a curl command that holds no secret. */
export async function copyCurl(exchange: Exchange) {
  if (await copyText(toCurl(exchange))) toast({ title: 'Copied as curl, key left out', tone: 'success' });
}
