import { decodedOrSame } from '../protocol/decode-uri';
import { DOTS } from '../protocol/mask-secrets';

/** Returns a function that replaces every secret in a text, since a service may quote a refused signature. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter((secret) => secret !== '');
  const parts = hidden.map(partInAllForms);
  const mayHold = (text: string) => parts.some((part) => text.includes(part));
  // Of forms that differ, one may be a piece of another.
  const [only = '', ...others] = hidden;
  const isPlain = others.length === 0 && !only.includes('%');
  let hideForms: ((text: string) => string) | undefined;
  // One search shows that most texts have none, another that nothing is left where it stands as it is.
  return (text) => {
    if (!mayHold(text)) return text;
    const shown = isPlain ? text.replaceAll(only, DOTS) : text;
    return mayHold(shown) ? (hideForms ??= redactorOfForms(hidden))(shown) : shown;
  };
}

function redactorOfForms(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), decodedOrSame(secret)])
    .flatMap((form) => [form, form.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase())])
    .filter((form) => form !== '');
  const distinct = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (text) => distinct.reduce((shown, form) => shown.replaceAll(form, DOTS), text);
}

/** What changes from one form of a secret to another: URL escapes, also escaped again, and what is escaped in URLs. */
const CHANGES = /%(?:25)*[\dA-Fa-f]{0,2}|[^\dA-Za-z]/;

/** The longest part of a secret that all of its forms have. */
const partInAllForms = (secret: string): string =>
  secret.split(CHANGES).reduce((longest, part) => (part.length > longest.length ? part : longest), '');

/** The values of `sig=` in a query string, as sent. */
export const signaturesIn = (query: string): string[] =>
  [...query.matchAll(/(?:^|[?&])sig=([^&]*)/gi)].map(([, signature = '']) => signature);
