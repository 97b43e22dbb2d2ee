import { decodedOrSame } from '../protocol/decode-uri';
import { sasTimeProblem } from './sas-validity';

/** A parsed shared access signature. Only `token` is secret. */
export type SasToken = {
  /** Without the leading `?`, percent-encoded anew; contains the signature. */
  token: string;
  /** From `sp`; undefined when a stored access policy has them. */
  permissions?: string;
  expiresAt?: Date;
  /** Field by field, without `sig`. */
  fields: Readonly<Record<string, string>>;
  signed: boolean;
};

/** Parses a query string that may be a shared access signature; encodes a signature that was pasted without encoding. */
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

/** Why this signature will not work with the queue service, as a sentence; undefined when no reason is visible. `now` in epoch ms. */
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
