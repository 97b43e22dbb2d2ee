/** Characters of an origin that may be added. */
const LONGEST_ORIGIN = 270;

/**
 * The origin of an address, if a content policy can name it alone: http or https, a name or an IPv4 address, and a port.
 * Undefined for anything else, IPv6 addresses included, which a content policy has no form for.
 */
export function addableOrigin(address: string): string | undefined {
  const origin = originOf(address);
  return isAddableOrigin(origin) ? origin : undefined;
}

/** Empty for what is no address. Not by `URL.canParse`, which Node 20 optimises into one that denies letters beyond ASCII. */
function originOf(address: string): string {
  try {
    return new URL(address).origin;
  } catch {
    return '';
  }
}

/** True for what `addableOrigin` gives: an origin in the one form that has, so nothing in it can end its place in a policy. */
export const isAddableOrigin = (text: string): boolean =>
  text.length <= LONGEST_ORIGIN &&
  /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(text) &&
  originOf(text) === text;
