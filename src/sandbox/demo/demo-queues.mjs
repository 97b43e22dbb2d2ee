// Plain JavaScript without imports: the benches read it as it stands, in Node.

/**
 * @typedef {object} DemoMessage
 * @property {string} text
 * @property {number} [lives] seconds, -1 for ever; without it the service's 7 days
 * @property {number} [hidden] seconds until it can be seen
 * @property {number} [deliveries] how often it was received and let go; without it never
 */

/** @typedef {{ metadata?: Record<string, string>, messages: DemoMessage[] }} DemoQueue */

/**
 * The queues of a small shop: bodies of every kind that a queue meets, poisoned messages, short and endless lives,
 * hidden messages, metadata, and a queue with nothing in it. What has a date in its text has that of `now`, and all else is told
 * from when it is sent, so that a demo never dates.
 * @param {number} [now] epoch ms by the clock of the service that is filled
 */
export const demoQueues = async (now = Date.now()) => ({
  orders: await ordersQueue(),
  'orders-poison': { messages: await poisoned() },
  payments: { metadata: PAYMENTS_METADATA, messages: times(12, payment) },
  'email-outbound': { messages: times(24, email) },
  'image-resize': { messages: [] },
  'inventory-sync': { messages: times(16, stock) },
  invoices: { messages: times(6, (n) => invoice(n, new Date(now).getUTCFullYear())) },
  refunds: { messages: times(3, refund) },
  'returns-intake': { messages: times(9, returned) },
  'shipment-labels': { messages: times(5, label) },
  thumbnails: { metadata: { owner: 'media' }, messages: times(18, thumbnail) },
  'webhooks-in': { messages: times(14, webhook) },
});

/** @returns {Promise<DemoQueue>} */
async function ordersQueue() {
  const placed = await orders();
  return {
    metadata: { owner: 'checkout', environment: 'demo' },
    messages: [...troubled(), ...placed.slice(0, 8), ...oddities(), ...placed.slice(8)],
  };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const PAYMENTS_METADATA = {
  owner: 'billing',
  environment: 'demo',
  contact: 'billing@example.com',
  costCentre: '4410',
  runbook: 'https://example.com/runbooks/payments',
};

/** @type {readonly [string, ...string[]]} */
const PEOPLE = ['Ada Lindqvist', 'Tomás Ferreira', '佐藤 花子', 'Zoë O’Hara', 'Noor El-Amin', 'Bram & Söhne'];
/** @typedef {{ sku: string, title: string, price: number }} Goods */
/** @type {readonly [Goods, ...Goods[]]} */
const GOODS = [
  { sku: 'LAMP-0017', title: 'Brass desk lamp', price: 84.5 },
  { sku: 'MUG-0203', title: 'Stoneware mug, set of 4', price: 36 },
  { sku: 'RUG-0044', title: 'Wool rug 140 × 200 cm', price: 219.99 },
  { sku: 'TEA-0090', title: 'First flush Darjeeling 🍃', price: 18.75 },
];

/** @template T @param {number} length @param {(n: number) => T} make @returns {T[]} */
const times = (length, make) => Array.from({ length }, (_, n) => make(n));
/** @template T @param {readonly [T, ...T[]]} list @param {number} n @returns {T} */
const pick = (list, n) => list[n % list.length] ?? list[0];

const utf8 = new TextEncoder();

/** @param {string | Uint8Array} content */
const base64 = (content) => {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
};

/** @param {string} text @returns {Promise<Uint8Array>} */
const gzip = async (text) => {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
};

/** A string of digits after # becomes a number as written. @param {unknown} value @param {number} [indent] */
const json = (value, indent) => JSON.stringify(value, null, indent).replaceAll(/"#(\d+)"/g, '$1');
/** Base64 for whatever has several lines: the official client drops line feeds. @param {unknown} value */
const jsonInBase64 = (value) => base64(json(value, 2));

/** @param {number} n @param {number} [lineCount] */
const order = (n, lineCount = 1 + (n % 3)) => {
  const lines = times(lineCount, (line) => ({ ...pick(GOODS, n + line), quantity: 1 + ((n + line) % 3) }));
  return {
    type: 'order.placed',
    // Beyond 2^53: whoever parses and prints it again changes it.
    orderId: `#9007199254${741_001 + 2 * n}`,
    reference: `HL-${20_400 + n}`,
    customer: { name: pick(PEOPLE, n), email: `customer${n}@example.com` },
    lines,
    total: Number(lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0).toFixed(2)),
    currency: pick(['EUR', 'USD', 'GBP'], n),
    giftWrap: n % 4 === 0,
    note: n % 5 === 0 ? 'Leave with the neighbour at № 12' : null,
  };
};

/** @param {number} n */
const orderXml = (n) =>
  `<?xml version="1.0" encoding="utf-8"?><order reference="HL-${20_400 + n}" currency="EUR"><customer>${pick(['Ada Lindqvist', 'Bram &amp; Söhne'], n)}</customer>` +
  `<line sku="${pick(GOODS, n).sku}" quantity="${1 + (n % 3)}"/><status>paid</status></order>`;

/** Those that keep coming back. @returns {DemoMessage[]} */
const troubled = () => [
  { text: json({ type: 'order.placed', orderId: null, reference: 'HL-20391', lines: [] }), deliveries: 6 },
  { text: orderXml(391).replace('</order>', ''), deliveries: 5 },
  { text: json({ ...order(392), currency: 'EURO' }), deliveries: 4 },
  { text: json(order(393)), deliveries: 3 },
  { text: jsonInBase64(order(394)), deliveries: 2 },
  ...times(2, (n) => ({ text: json(order(395 + n)), deliveries: 1 })),
];

/** @returns {Promise<DemoMessage[]>} */
const orders = async () => [
  ...times(10, (n) => ({ text: json(order(n)) })),
  ...times(4, (n) => ({ text: orderXml(10 + n) })),
  ...times(4, (n) => ({ text: jsonInBase64(order(14 + n)) })),
  ...times(3, (n) => ({
    text: json({ type: 'order.cancelled', reference: `HL-${20_418 + n}`, reason: pick(['customer', 'fraud'], n) }),
  })),
  ...(await Promise.all(times(2, async (n) => ({ text: base64(await gzip(json(order(21 + n, 12), 2))) })))),
];

/** The ones that make a reader prove itself. @returns {DemoMessage[]} */
const oddities = () => [
  { text: 'Reprint the packing slip of HL-20377, the printer ate it.' },
  { text: 'ping' },
  { text: base64('Dear team,\r\n\r\nplease hold HL-20371 until Monday.\n\n— Noor\n') },
  { text: base64(Uint8Array.from({ length: 96 }, (_, n) => (n * 73 + 11) % 256)) },
  { text: json(order(500, 600)) },
  { text: json({ type: 'catalogue.pinned', version: 42 }), lives: -1 },
  ...times(2, (n) => ({ text: json({ type: 'cart.reminder', cart: `c-${n}7f3` }), lives: (n + 1) * 10 * MINUTE })),
  { text: json({ type: 'order.hold', reference: 'HL-20371', until: 'Monday' }), hidden: 2 * HOUR },
  { text: '{"type":"order.placed","reference":"HL-20399","lines":[{"sku":"MUG-0203",}' },
];

/** @returns {Promise<DemoMessage[]>} */
const poisoned = async () => [
  { text: json({ ...order(301), currency: null }), deliveries: 7 },
  { text: '{"type":"order.placed","reference":"HL-20102","total":', deliveries: 6 },
  { text: orderXml(303).replace('</order>', ''), deliveries: 6 },
  { text: base64((await gzip(json(order(304)))).subarray(0, 60)), deliveries: 5 },
];

/** @param {number} n @returns {DemoMessage} */
const payment = (n) => {
  const event = {
    id: `pay_${7_310 + n}`,
    amount: 1_999 + 350 * n,
    currency: 'EUR',
    status: pick(['captured', 'pending'], n),
  };
  return n % 4 === 3 ? { text: jsonInBase64(event), hidden: DAY } : { text: json(event) };
};

/** @param {number} n @returns {DemoMessage} */
const email = (n) => {
  const name = pick(PEOPLE, n);
  const template = pick(['order-received', 'order-shipped', 'password-reset'], n);
  return {
    text: json({ to: `customer${n}@example.com`, template, locale: pick(['en', 'pt', 'ja'], n), data: { name } }),
    ...(template === 'password-reset' ? { lives: HOUR } : {}),
  };
};

/** @param {number} n @returns {DemoMessage} */
const stock = (n) => ({ text: `${pick(GOODS, n).sku};${pick(['Porto', 'Malmö', 'Leeds'], n)};${(n * 37) % 120}` });

/** @param {number} n @param {number} year @returns {DemoMessage} */
const invoice = (n, year) => ({
  text: `<invoice number="${year}-${1_180 + n}"><total currency="EUR">${84 + n * 12}.50</total></invoice>`,
});

/** @param {number} n @returns {DemoMessage} */
const refund = (n) => ({ text: json({ reference: `HL-${20_200 + n}`, amount: 36 + n, reason: 'arrived broken' }) });

/** @param {number} n @returns {DemoMessage} */
const returned = (n) => ({
  text: jsonInBase64({
    reference: `HL-${20_100 + n}`,
    items: [pick(GOODS, n).sku],
    condition: pick(['new', 'used'], n),
  }),
  ...(n > 6 ? { hidden: 30 * MINUTE } : {}),
});

/** @param {number} n @returns {DemoMessage} */
const label = (n) => ({ text: base64(`%PDF-1.4\n% label for HL-${20_420 + n}\n`) });

/** @param {number} n @returns {DemoMessage} */
const thumbnail = (n) => ({
  text: jsonInBase64({ blob: `products/${pick(GOODS, n).sku.toLowerCase()}-${n}.jpg`, sizes: [96, 320, 1024] }),
});

/** @param {number} n @returns {DemoMessage} */
const webhook = (n) => ({
  text: json({
    source: pick(['payments', 'carrier', 'marketplace'], n),
    delivery: `wh_${(n * 7919).toString(36)}`,
    headers: { 'content-type': 'application/json', 'user-agent': 'demo-hooks/1' },
    body: { event: pick(['charge.succeeded', 'parcel.delivered', 'listing.updated'], n), sequence: n },
  }),
});
