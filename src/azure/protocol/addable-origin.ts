/** Characters of an origin that may be added. */
const LONGEST_ORIGIN = 270;

/**
 * The origin of an address, if a content policy can name it alone: http or https, a name or an IPv4 address, and a port.
 * Undefined for anything else, IPv6 addresses included, which a content policy has no form for.
 */
export function addableOrigin(address: string): string | undefined {
  const origin = URL.canParse(address) ? new URL(address).origin : '';
  return isAddableOrigin(origin) ? origin : undefined;
}

/** True for what `addableOrigin` gives: an origin in the one form that has, so nothing in it can end its place in a policy. */
export const isAddableOrigin = (text: string): boolean =>
  text.length <= LONGEST_ORIGIN &&
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(text) &&
  URL.canParse(text) &&
  new URL(text).origin === text;
