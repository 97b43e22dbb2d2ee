import { decodedOrSame } from '../protocol/decode-uri';
import { DOTS } from '../protocol/mask-secrets';

/** Returns a function that replaces every secret in a text, since a service may quote a refused signature. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), decodedOrSame(secret)])
    .flatMap((form) => [form, form.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase())])
    .filter((form) => form !== '');
  const distinct = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  const shortest = distinct.at(-1)?.length ?? Infinity;
  // Most texts are too short to contain one.
  return (text) =>
    text.length < shortest ? text : distinct.reduce((shown, form) => shown.replaceAll(form, DOTS), text);
}

/** The values of `sig=` in a query string, as sent. */
export const signaturesIn = (query: string): string[] =>
  [...query.matchAll(/(?:^|[?&])sig=([^&]*)/gi)].map(([, signature = '']) => signature);
