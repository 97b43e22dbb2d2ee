/**
 * Names that tools give to the fields of a message, without case, blanks, `-` and `_`: az CLI, the SDKs for .NET, Java, Python
 * and JavaScript, Azure Storage Explorer, Service Bus Explorer, the XML of the service, and this page.
 */

/** Of the text, the surest first. */
const TEXT = [
  'messagetext',
  'content',
  'body',
  'messagebody',
  'messagecontent',
  'message',
  'payload',
  'data',
  'value',
] as const;

const EXPIRY = new Set([
  'expiresat',
  'expirationtime',
  'expireson',
  'expires',
  'expiresatutc',
  'expiration',
  'expirationdate',
  'expirydate',
  'expirytime',
]);

/** A row with one of these is a message with its properties, and no payload. */
const OF_MESSAGES = new Set([
  ...EXPIRY,
  'dequeuecount',
  'deliverycount',
  'enqueuedtimeutc',
  'insertedat',
  'insertedon',
  'insertiondate',
  'insertiontime',
  'messageid',
  'nextvisible',
  'nextvisibleon',
  'popreceipt',
  'sequencenumber',
  'timenextvisible',
  'visibleat',
]);

/** Other properties, which a payload may have too. */
const OTHER = new Set([
  'applicationproperties',
  'contenttype',
  'correlationid',
  'deadlettererrordescription',
  'deadletterreason',
  'deadlettersource',
  'encoding',
  'enqueuedsequencenumber',
  'forcepersistence',
  'id',
  'label',
  'lockeduntilutc',
  'locktoken',
  'partitionkey',
  'properties',
  'replyto',
  'replytosessionid',
  'scheduledenqueuetimeutc',
  'sessionid',
  'size',
  'state',
  'subject',
  'timetolive',
  'to',
  'userproperties',
  'visibilitydelay',
  'viapartitionkey',
]);

/** Names of the member that has the messages, of an object around them. */
const AROUND = new Set([
  'value',
  'values',
  'messages',
  'items',
  'receivedmessageitems',
  'peekedmessageitems',
  'results',
]);

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

export const isExpiryName = (name: string): boolean => EXPIRY.has(plain(name));
export const isTimeToLiveName = (name: string): boolean => plain(name) === 'timetolive';
export const isArrayName = (name: string): boolean => AROUND.has(plain(name));

/** True for a name that a tool gives to a field of a message; `text` is this page's own. */
export const isKnownName = (name: string): boolean =>
  OF_MESSAGES.has(plain(name)) || OTHER.has(plain(name)) || textRank(name) !== Infinity;

/**
 * True for names that only a heading has: one column is that of the text; of several, one is the text, an id or what only
 * messages have. `to` and `size` may be the first message.
 */
export const isKnownHeading = (names: readonly string[]): boolean =>
  names.some(
    (name) =>
      textRank(name) !== Infinity || (names.length > 1 && (OF_MESSAGES.has(plain(name)) || plain(name) === 'id')),
  );

/** Place of a name among those of texts; Infinity for any other. */
function textRank(name: string): number {
  if (plain(name) === 'text') return -1;
  const rank = (TEXT as readonly string[]).indexOf(plain(name));
  return rank === -1 ? Infinity : rank;
}

/**
 * The field with the text of a message, by the names of a row: this page's `text`, or the name of a tool in a row that has
 * properties of a message, or nothing but fields of one, of which the text is no object. Undefined for a row that is rather a
 * payload. `isObject` says it of the value of a name.
 */
export function knownTextField(
  names: readonly string[],
  isObject: (name: string) => boolean = () => false,
): string | undefined {
  if (names.includes('text')) return 'text';
  let best: string | undefined;
  for (const name of names) if (textRank(name) < textRank(best ?? '')) best = name;
  if (best === undefined || names.some((name) => OF_MESSAGES.has(plain(name)))) return best;
  return names.every(isKnownName) && !isObject(best) ? best : undefined;
}
