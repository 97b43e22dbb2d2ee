import fc from 'fast-check';
import { legalText } from '@/azure/protocol/message-text.fixture';
import type { LeasedMessage, Message, SentMessage } from '@/azure/protocol/model';
import type { Book, Handle, Loan } from './book.fixture';
import { command, done, nameOf, nth, queue, refused, type Scene, type Side, same } from './command.fixture';
import type { Both, Pair, Party } from './pair.fixture';

const text = fc.oneof(
  { weight: 8, arbitrary: legalText(12) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n', '{"n":12345678901234567890}', '<a b="c">&amp;</a>') },
  // In ASCII, as Azurite cuts other characters at the borders of chunks.
  { weight: 1, arbitrary: fc.nat(65_536).map((length) => 'x'.repeat(length)) },
);
const seconds = (least: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: least, max: 5 }) },
    { weight: 3, arbitrary: fc.integer({ min: least, max: 120 }) },
    { weight: 1, arbitrary: fc.integer({ min: least, max: 604_800 }) },
  );
const timeToLive = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: seconds(1) },
  { weight: 1, arbitrary: fc.integer({ min: 604_800, max: 2_147_483_647 }) },
  { weight: 1, arbitrary: fc.constant('never' as const) },
);
const SEVEN_DAYS = 604_800;

type Drawn = { queue: string; text: string; timeToLive: number | 'never' | undefined; delay: number | undefined };
const times = { timeToLive, delay: fc.option(seconds(0), { nil: undefined, freq: 3 }) };

async function put(given: Drawn, scene: Scene): Promise<void> {
  const { book, pair } = scene;
  const name = nameOf(book, given.queue);
  const life = given.timeToLive === 'never' ? Number.POSITIVE_INFINITY : (given.timeToLive ?? SEVEN_DAYS);
  const delay = given.delay === undefined ? undefined : Math.min(given.delay, life - 1, SEVEN_DAYS);
  const draft = {
    text: given.text,
    ...(given.timeToLive !== undefined && { timeToLive: given.timeToLive }),
    ...(delay !== undefined && { visibilityDelay: delay }),
  };
  const { sandbox, azurite } = await same(
    scene,
    ({ account }) => account.sendMessage(name, draft),
    ({ id, receipt, ...rest }: SentMessage) => ({ ...rest, hasId: id !== '', hasReceipt: receipt !== '' }),
  );
  if (!sandbox || !azurite) return;
  const ids = { sandbox: sandbox.id, azurite: azurite.id };
  const receipts = { sandbox: sandbox.receipt, azurite: azurite.receipt };
  const now = pair.now();
  book.add(name, ids, receipts, { visibleAt: now + (delay ?? 0) * 1000, expiresAt: now + life * 1000 });
}

export const putMessage = command('put', fc.record({ queue, text, ...times }), put);

/** So that there is more than one receive can take. */
export const putMany = command(
  'put many',
  fc.array(fc.record({ queue: fc.constant('a'), text: legalText(2), ...times }), { maxLength: 24, size: 'max' }),
  async (drafts, scene) => {
    for (const draft of drafts) await put(draft, scene);
  },
);

/** Messages with the names that this history gives them, and without their receipts. */
export const named = (book: Book, side: Side, messages: (Message | LeasedMessage)[]) =>
  messages.map(({ id, ...rest }) => ({
    ...rest,
    id: book.labelOf(side, id),
    ...('receipt' in rest && { receipt: rest.receipt !== '' }),
  }));

export const peekMessages = command(
  'peek',
  fc.record({ queue, count: fc.integer({ min: 1, max: 32 }) }),
  (given, scene) =>
    same(
      scene,
      ({ account }) => account.peekMessages(nameOf(scene.book, given.queue), { count: given.count }),
      (messages, side) => named(scene.book, side, messages),
    ),
);

export const receiveMessages = command(
  'receive',
  fc.record({
    queue,
    count: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 1, arbitrary: fc.constant(32) },
    ),
    visibilityTimeout: seconds(1),
  }),
  async ({ queue: letter, ...options }, scene) => {
    const { book, pair } = scene;
    const { sandbox, azurite } = await same(
      scene,
      ({ account }) => account.receiveMessages(nameOf(book, letter), options),
      (messages, side) => ({
        messages: named(book, side, messages),
        receipts: new Set(messages.map(({ receipt }) => receipt)).size,
      }),
    );
    const loans: Loan[] = [];
    for (const [n, message] of (sandbox ?? []).entries()) {
      const handle = book.find(book.labelOf('sandbox', message.id));
      const receipts = { sandbox: message.receipt, azurite: azurite?.[n]?.receipt ?? '' };
      if (!handle) continue;
      handle.wasReceived = true;
      loans.push({ handle, receipts });
    }
    book.lend(loans, pair.now() + options.visibilityTimeout * 1000);
  },
);

const receiptKind = fc.oneof(
  { weight: 6, arbitrary: fc.constant('current' as const) },
  { weight: 2, arbitrary: fc.constantFrom('stale' as const, 'foreign' as const) },
  { weight: 1, arbitrary: fc.constant('malformed' as const) },
);

/** Receipts that speak for a message, or pretend to; undefined when the history has none of that kind. */
function receiptsFor(book: Book, handle: Handle, kind: 'stale' | 'foreign' | 'current'): Both<string> | undefined {
  const current = handle.receipts.at(-1);
  if (kind === 'current') return current;
  const other = book.handles.findLast(
    (candidate) => candidate !== handle && candidate.queue === handle.queue && !candidate.isGone,
  );
  const found = kind === 'stale' ? handle.receipts.at(-2) : other?.receipts.at(-1);
  // By chance good at one of them alone: Azurite has but four digits to set apart the receipts of one second, and which
  // messages came by the same Get is chance where several received at once.
  return isGood(found, current, 'azurite') === isGood(found, current, 'sandbox') ? found : undefined;
}

const isGood = (found: Both<string> | undefined, current: Both<string> | undefined, side: Side) =>
  found?.[side] === current?.[side];

const isAlive = ({ isGone, expiresAt }: Handle, pair: Pair) => !isGone && pair.now() < expiresAt;

/** Update and delete, with a receipt of each kind. */
async function withReceipt(
  given: { nth: number; receipt: 'current' | 'stale' | 'foreign' | 'malformed' },
  scene: Scene,
  act: (party: Party, queue: string, message: { id: string; receipt: string }) => Promise<unknown>,
  whenDone: (handle: Handle, values: Both<unknown>) => void,
): Promise<void> {
  const { book, pair } = scene;
  const handle = book.nth(given.nth);
  if (!handle) return;
  if (given.receipt === 'malformed') {
    if (!isAlive(handle, pair)) return;
    await refused(
      scene,
      'malformed receipt',
      (party, side) => act(party, handle.queue, { id: handle.ids[side], receipt: 'no receipt' }),
      { sandbox: '400 InvalidQueryParameterValue', azurite: '400 PopReceiptMismatch' },
    );
    return;
  }
  const receipts = receiptsFor(book, handle, given.receipt);
  if (!receipts) return;
  const step = (party: Party, side: Side) =>
    act(party, handle.queue, { id: handle.ids[side], receipt: receipts[side] });
  // One of another message may be this one's, too, from the same Get.
  if (isAlive(handle, pair) && receipts.sandbox !== handle.receipts.at(-1)?.sandbox) {
    const expected = { sandbox: '404 MessageNotFound', azurite: '400 PopReceiptMismatch' };
    return refused(scene, 'void receipt', step, expected);
  }
  const values = await same(scene, step, (value) => (typeof value === 'object' ? { ...value, receipt: 'new' } : value));
  if (values.sandbox !== undefined) whenDone(handle, values);
}

export const updateMessage = command(
  'update',
  fc.record({ nth, receipt: receiptKind, visibilityTimeout: seconds(0), text: fc.option(text, { nil: undefined }) }),
  (given, scene) => {
    const { book, pair } = scene;
    const handle = book.nth(given.nth);
    let { visibilityTimeout } = given;
    if (handle && isAlive(handle, pair)) {
      const left = Math.floor((handle.expiresAt - pair.now()) / 1000);
      if (visibilityTimeout > left) {
        book.tolerate('update past expiry');
        visibilityTimeout = left;
      }
    }
    const change = { visibilityTimeout, ...(given.text !== undefined && { text: given.text }) };
    return withReceipt(
      given,
      scene,
      async ({ account }, name, message) => {
        const updated = await account.updateMessage(name, message, change);
        return { ...updated, hasReceipt: updated.receipt !== undefined };
      },
      (updated, { sandbox, azurite }) => {
        const receipts = { sandbox: receiptOf(sandbox), azurite: receiptOf(azurite) };
        book.lend([{ handle: updated, receipts }], pair.now() + visibilityTimeout * 1000);
      },
    );
  },
  (book) => book.nth(0) !== undefined,
);

const receiptOf = (value: unknown) => (value as { receipt: string }).receipt;

export const deleteMessage = command(
  'delete',
  fc.record({ nth, receipt: receiptKind }),
  (given, scene) =>
    withReceipt(
      given,
      scene,
      async ({ account }, name, message) => {
        await account.deleteMessage(name, message);
        return 'deleted';
      },
      (handle) => {
        handle.isGone = true;
      },
    ),
  (book) => book.nth(0) !== undefined,
);

/** What was deleted, cleared or went with its queue; and what never was. */
export const deleteAgain = command(
  'delete what is gone',
  fc.record({ nth, isUnknown: fc.boolean() }),
  async (given, scene) => {
    const handle = scene.book.nthGone(given.nth);
    const receipts = handle?.receipts.at(-1);
    if (!handle || !receipts) return;
    const unknown = '00000000-0000-4000-8000-000000000000';
    await done(scene, ({ account }, side) =>
      account.deleteMessage(handle.queue, {
        id: given.isUnknown ? unknown : handle.ids[side],
        receipt: receipts[side],
      }),
    );
  },
  (book) => book.nthGone(0) !== undefined,
);

export const clearMessages = command('clear', fc.record({ queue }), async (given, scene) => {
  const name = nameOf(scene.book, given.queue);
  if (await done(scene, ({ account }) => account.clearMessages(name))) scene.book.empty(name);
});
