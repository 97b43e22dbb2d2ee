import type { CorsRule } from '../protocol/model';

/** One kind of request that a page makes. */
export type PageRequest = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Headers beyond those that every browser sends, in lower case. */
  headers: readonly string[];
  /** Response headers that the page reads, in lower case. */
  reads: readonly string[];
};

/** What a set of rules allows a page. */
export type PageAccess = {
  /** Requests that the browser would block, and why. */
  refused: { method: PageRequest['method']; because: string }[];
  /** Response headers that the page could not read. */
  hidden: string[];
};

const SIGNED = ['authorization', 'x-ms-date', 'x-ms-version', 'x-ms-client-request-id'];
const READS = ['date', 'x-ms-error-code', 'x-ms-request-id'];

/** Every kind of request that this app sends to a queue service; with a SAS, no header carries a signature. */
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
 * What these rules allow the page at `origin`, as Azure applies them: the first rule whose origin and method match decides;
 * when its headers do not match, no later rule is tried.
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

/** Compares names without case; `x-ms-*` matches every name with that prefix. */
const matchesHeader = (list: readonly string[], header: string): boolean =>
  list.some((entry) => {
    const name = entry.toLowerCase();
    return name === '*' || name === header || (name.endsWith('*') && header.startsWith(name.slice(0, -1)));
  });

/** Shows one metadata header as `x-ms-meta-*`. */
const named = (header: string): string => (header.startsWith('x-ms-meta-') ? 'x-ms-meta-*' : header);
