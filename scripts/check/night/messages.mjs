// The messages of the night: what a poison queue of a shop holds after a price change that wrote a wrong currency.

/** What becomes of a message: its text is mended and it is redriven, it is deleted, or it is exported and left. */
/** @typedef {'mend' | 'delete' | 'export'} Fate */
/**
 * @typedef {object} NightMessage
 * @property {string} name stands in the text, and in no other
 * @property {Fate} fate
 * @property {string} text as it is in the queue
 * @property {string} mended the text with the right currency; the text itself where there is nothing to mend
 */

/** What the column of the body tells of each kind. @type {Record<Fate, string>} */
export const ERROR_TYPES = { mend: 'CurrencyNotSupported', delete: 'DuplicateOrder', export: 'AcquirerTimeout' };
export const ERROR_PATH = 'error.type';
export const CURRENCY = { path: 'payment.currency', wrong: 'EURO', right: 'EUR' };

/** Shares of the whole: 1,600, 800 and 2,600 of 5,000. @type {Record<Fate, number>} */
const SHARES = { mend: 0.32, delete: 0.16, export: 0.52 };

/** Names and notes that tools break on: quotes, marks of XML, letters of several units, controls that JSON escapes, a line separator. */
const NOTES = [
  'Lieferung an Zoë Müller, „bitte klingeln“',
  '<b>3 > 2 & 2 < 3</b> ]]>',
  'naïve café, e\u0301 and é; 𝒳 and 👩‍👩‍👧‍👦; \u200fשלום',
  'quote " apostrophe \' backslash \\ slash / percent %41 +',
  'one\ttab, one\u2028line separator, one\u00a0blank',
  '',
];

const LONG_NUMBER = 9_007_199_254_740_993n;

/** @param {number} total */
export function numbersOf(total) {
  const mend = Math.round(total * SHARES.mend);
  const remove = Math.round(total * SHARES.delete);
  return { mend, delete: remove, export: total - mend - remove };
}

/** The messages of a night, each kind spread over the whole queue. @param {number} total @returns {NightMessage[]} */
export function nightMessages(total) {
  const left = numbersOf(total);
  return Array.from({ length: total }, (_, index) => {
    // The kind that is most behind its share.
    const fates = /** @type {Fate[]} */ (Object.keys(left));
    const fate = fates.toSorted((a, b) => left[b] / SHARES[b] - left[a] / SHARES[a])[0] ?? 'export';
    left[fate]--;
    return messageOf(index, fate);
  });
}

/** @param {number} index @param {Fate} fate @returns {NightMessage} */
function messageOf(index, fate) {
  const name = `ord-${String(index).padStart(5, '0')}`;
  const body = {
    id: name,
    placedAt: new Date(Date.UTC(2026, 10, 29, 20, 0, index)).toISOString(),
    customer: { number: '#', note: NOTES[index % NOTES.length] },
    lines: [{ sku: `SKU-${index % 97}`, count: 1 + (index % 3), price: 19.9 }],
    payment: { currency: fate === 'mend' ? CURRENCY.wrong : CURRENCY.right, amount: 19.9 + (index % 40) },
    error: { type: ERROR_TYPES[fate], attempts: 5, at: 'Acquirer.Charge' },
  };
  // With a number that no program of JavaScript reads exactly. On one line, with line feeds, and with carriage returns before them.
  const json =
    index % 3 === 0
      ? JSON.stringify(body)
      : JSON.stringify(body, undefined, 2).replaceAll('\n', index % 3 === 1 ? '\n' : '\r\n');
  const end = index % 5 === 0 ? '\r\n' : '';
  // Three of four as Azure Functions writes them; the others as they are, so that their line ends stand in the XML.
  const encode = (/** @type {string} */ text) =>
    index % 4 === 3 ? text : Buffer.from(text, 'utf8').toString('base64');
  const text = `${json.replace('"#"', String(LONG_NUMBER + BigInt(index)))}${end}`;
  const mended = fate === 'mend' ? text.replace(`"${CURRENCY.wrong}"`, `"${CURRENCY.right}"`) : text;
  return { name, fate, text: encode(text), mended: encode(mended) };
}

/** The name in a text, whatever its encoding; undefined when it is of no message of a night. @param {string} text */
export const nameIn = (text) => /"id": ?"(ord-\d+)"/.exec(decoded(text))?.[1];

/** Whether a consumer takes it. @param {string} text */
export const isAcceptable = (text) => {
  try {
    return JSON.parse(decoded(text)).payment.currency === CURRENCY.right;
  } catch {
    return false;
  }
};

const decoded = (/** @type {string} */ text) =>
  text.trimStart().startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
