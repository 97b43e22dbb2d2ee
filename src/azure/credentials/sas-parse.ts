import { decodedOrSame } from '../protocol/decode-uri';
import { sasTimeProblem } from './sas-validity';

/** What a shared access signature says about itself. Nothing here is secret but `token`. */
export type SasToken = {
  /** Without the leading `?`, percent-encoded afresh; holds the signature. */
  token: string;
  /** Letters out of `sp`; undefined when a stored access policy holds them. */
  permissions?: string;
  expiresAt?: Date;
  /** Field by field, without `sig`. */
  fields: Readonly<Record<string, string>>;
  signed: boolean;
};

/** Reads a query string that may be a shared access signature; a signature pasted without encoding is encoded. */
export function readSasToken(query: string): SasToken {
  const pairs = query
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair.includes('='))
    .map((pair): [string, string] => [
      pair.slice(0, pair.indexOf('=')).trim(),
      decodedOrSame(pair.slice(pair.indexOf('=') + 1)),
    ]);
  const { sig, ...fields } = Object.fromEntries(pairs);
  const expiresAt = new Date(fields['se'] ?? '');
  return {
    token: pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
    ...(fields['sp'] !== undefined && { permissions: fields['sp'] }),
    ...(!Number.isNaN(expiresAt.getTime()) && { expiresAt }),
    fields,
    signed: sig !== undefined && sig !== '',
  };
}

/** What will keep this signature from working with the queue service, as a sentence; undefined when nothing is seen. */
export function sasProblem({ signed, fields }: SasToken, now: number): string | undefined {
  if (!signed) return 'A shared access signature has a sig part. This one has none.';
  const services = fields['ss'];
  if (services !== undefined && !services.includes('q')) {
    return `This signature is not for queues: its services (ss) are "${services}", and q is not among them.`;
  }
  if (services === undefined && fields['sr'] !== undefined && fields['sr'] !== 'q') {
    return 'This signature is for a blob, container or file, not for queues.';
  }
  return sasTimeProblem(fields, now);
}
