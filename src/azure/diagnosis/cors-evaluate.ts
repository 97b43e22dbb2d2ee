import type { CorsRule } from '../protocol/model';

/** One kind of request that a page makes. */
export type PageRequest = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** What it sends besides what browsers send unasked, in lower case. */
  headers: readonly string[];
  /** Headers of the answer that the page reads, in lower case. */
  reads: readonly string[];
};

/** What a set of rules means for a page. */
export type PageAccess = {
  /** Requests that the browser would not let the page make, and why. */
  refused: { method: PageRequest['method']; because: string }[];
  /** Headers of answers that the page could not read: what is only there would be unknown. */
  hidden: string[];
};

const SIGNED = ['authorization', 'x-ms-date', 'x-ms-version', 'x-ms-client-request-id'];
const READS = ['date', 'x-ms-error-code', 'x-ms-request-id'];

/** Every kind of request that this app makes of a queue service; with a SAS nothing is signed in headers. */
export function appRequests(kind: 'key' | 'sas' | 'token'): PageRequest[] {
  const signed = kind === 'sas' ? [] : SIGNED;
  return [
    { method: 'GET', headers: signed, reads: ['x-ms-approximate-messages-count', 'x-ms-meta-owner', ...READS] },
    {
      method: 'PUT',
      headers: [...signed, 'content-type', 'x-ms-meta-owner'],
      reads: ['x-ms-popreceipt', 'x-ms-time-next-visible', ...READS],
    },
    { method: 'POST', headers: [...signed, 'content-type'], reads: READS },
    { method: 'DELETE', headers: signed, reads: READS },
  ];
}

/**
 * Whether the page at `origin` gets through by these rules, as Azure applies them: the first rule whose origin and method
 * match decides, and when its headers do not match, no later rule is tried.
 */
export function pageAccess(rules: readonly CorsRule[], origin: string, requests: readonly PageRequest[]): PageAccess {
  const refused: PageAccess['refused'] = [];
  const hidden = new Set<string>();
  for (const { method, headers, reads } of requests) {
    const position = rules.findIndex((rule) => allowsOrigin(rule, origin) && rule.allowedMethods.includes(method));
    const rule = rules[position];
    if (!rule) {
      const because = rules.some((one) => allowsOrigin(one, origin))
        ? `no rule for ${origin} allows ${method}`
        : `no rule names ${origin}`;
      refused.push({ method, because });
      continue;
    }
    const missing = headers.filter((header) => !matchesHeader(rule.allowedHeaders, header));
    if (missing.length > 0) {
      refused.push({
        method,
        because: `rule ${position + 1} comes first for ${origin} and leaves out ${missing.map(named).join(', ')}`,
      });
    }
    for (const header of reads) if (!matchesHeader(rule.exposedHeaders, header)) hidden.add(named(header));
  }
  return { refused, hidden: [...hidden] };
}

const allowsOrigin = ({ allowedOrigins }: CorsRule, origin: string): boolean =>
  allowedOrigins.includes('*') || allowedOrigins.includes(origin);

/** Names are compared without case; `x-ms-*` covers all that begin so. */
const matchesHeader = (list: readonly string[], header: string): boolean =>
  list.some((entry) => {
    const name = entry.toLowerCase();
    return name === '*' || name === header || (name.endsWith('*') && header.startsWith(name.slice(0, -1)));
  });

/** Any metadata header stands for all. */
const named = (header: string): string => (header.startsWith('x-ms-meta-') ? 'x-ms-meta-*' : header);
