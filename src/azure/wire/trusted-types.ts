type Rules = { createHTML: (text: string) => string; createScriptURL: (url: string) => string };
type PolicyFactory = { createPolicy: (name: string, rules: Rules) => Rules };

const rules: Rules = {
  // Parsed as XML into a document that is never shown.
  createHTML: (text) => text,
  createScriptURL: (url) => {
    if (new URL(url, location.href).origin !== location.origin)
      throw new TypeError(`Scripts come from here only: ${url}`);
    return url;
  },
};

let policy: Rules | undefined;
/** The policy, made on first use: a page may create a name only once. */
const made = () =>
  (policy ??=
    (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes?.createPolicy('queuescope', rules) ?? rules);

/**
 * The page's one Trusted Types policy, `queuescope`, named in its Content-Security-Policy. `DOMParser.parseFromString`
 * and `new Worker(url)` refuse plain strings under that policy: pass them `trusted.createHTML(text)` or
 * `trusted.createScriptURL(url)` (this origin only).
 */
export const trusted: Rules = {
  createHTML: (text) => made().createHTML(text),
  createScriptURL: (url) => made().createScriptURL(url),
};
