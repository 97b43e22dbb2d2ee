import { decodedOrSame } from '@/azure/protocol/decode-uri';
import { ACCOUNT_KEY, holdsSecret } from '@/azure/protocol/mask-secrets';

/** Escapes inside escapes that are looked into. */
const MOST_LAYERS = 3;

const KEY_AFTER_SLASH = new RegExp(`(?<=^|/)${ACCOUNT_KEY}(?!=)`);

export type CheckedAddress = {
  /** The address without the parts that hold a secret; the address itself when none does. */
  address: string;
  /** The first text with a secret, decoded; undefined without one. */
  secret: string | undefined;
};

/**
 * Takes each part out of `path?query` that holds an account key, a signature or an access token. The path ends before such a
 * part. What is left holds none.
 */
export function withoutSecrets(address: string): CheckedAddress {
  const [path = '', ...rest] = address.split('?');
  const inPath = cleanPath(path);
  const inQuery = cleanQuery(rest.join('?'));
  const secret = inPath.secret ?? inQuery.secret;
  if (secret === undefined) return { address, secret };
  return { address: inPath.address + (inQuery.address && `?${inQuery.address}`), secret };
}

function cleanPath(path: string): CheckedAddress {
  const parts = path.split('/');
  const at = parts.findIndex((part) => secretIn(part) !== undefined);
  const start = at < 0 ? path : parts.slice(0, at).join('/');
  // A key and a signature may have slashes of their own.
  const whole = secretIn(start) ?? layersOf(start).find((text) => KEY_AFTER_SLASH.test(text));
  const secret = at < 0 ? whole : secretIn(parts[at] ?? '');
  return { address: whole === undefined ? start : '/', secret };
}

function cleanQuery(query: string): CheckedAddress {
  const pieces = query === '' ? [] : query.split('&');
  const found = pieces.map((piece) => secretIn(piece.slice(piece.indexOf('=') + 1)) ?? secretIn(piece));
  return {
    address: pieces.filter((_, index) => found[index] === undefined).join('&'),
    secret: found.find((one) => one !== undefined),
  };
}

const secretIn = (text: string): string | undefined => layersOf(text).find((layer) => holdsSecret(layer));

/** The text, and what its escapes mean, also as the value of a form; the most readable first. */
function layersOf(text: string): string[] {
  const layers = [text];
  for (let layer = text; layers.length <= MOST_LAYERS; layers.unshift(layer)) {
    const next = decodedOrSame(layer);
    if (next === layer) break;
    layer = next;
  }
  return layers.flatMap((layer) => (layer.includes('+') ? [layer, layer.replaceAll('+', ' ')] : [layer]));
}
