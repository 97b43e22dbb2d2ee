import fc from 'fast-check';
import type { AccessPolicy, LeasedMessage, Message, SentMessage } from '@/azure/account';
import { legalText } from '@/azure/legal-text.fixture';
import type { Book, Handle } from './book.fixture';
import { type DifferenceName, inBrief } from './differences.fixture';
import { atBoth, type Both, expectSame, type Outcome, outcomeOf, type Pair, type Party, raw } from './pair.fixture';

type Action<Given> = (given: Given, scene: Scene) => Promise<unknown>;
type Scene = { book: Book; pair: Pair; name: string };
type Side = keyof Both<unknown>;
export type HistoryCommand = fc.AsyncCommand<Book, Pair>;

const command = <Given>(
  name: string,
  given: fc.Arbitrary<Given>,
  act: Action<Given>,
  isPossible: (book: Readonly<Book>, given: Given) => boolean = () => true,
): fc.Arbitrary<HistoryCommand> =>
  given.map((values) => ({
    check: (book) => isPossible(book, values),
    run: async (book, pair) => {
      await act(values, { book, pair, name });
    },
    toString: () => `${name}(${fc.stringify(values)})`,
  }));

/** One step at both, compared. `read` turns an answer into what must be the same: ids become names, receipts go. */
async function same<Value>(
  { book, pair, name }: Scene,
  step: (party: Party, side: Side) => Promise<Value>,
  read: (value: Value, side: Side) => unknown = (value) => value,
): Promise<Both<Value | undefined>> {
  const outcomes = await atBoth(pair, step);
  book.count(name);
  if (isBeingDeleted(outcomes)) {
    book.tolerate('queue being deleted');
    return { sandbox: undefined, azurite: undefined };
  }
  const comparable = (side: Side) => {
    const { value, ...rest } = outcomes[side];
    return { ...rest, ...(value !== undefined && { value: read(value as Value, side) }) };
  };
  expectSame(name, { sandbox: comparable('sandbox'), azurite: comparable('azurite') });
  return { sandbox: outcomes.sandbox.value as Value, azurite: outcomes.azurite.value as Value };
}

/** What Azure may still call "being deleted" is already not there in Azurite. */
const isBeingDeleted = ({ sandbox, azurite }: Both<Outcome>) =>
  sandbox.refusal?.code === 'QueueBeingDeleted' && azurite.refusal?.code === 'QueueNotFound';

/** A refusal that the two word differently, by one of the named differences. */
async function refused(
  { book, pair, name }: Scene,
  difference: DifferenceName,
  step: (party: Party, side: Side) => Promise<unknown>,
  expected: Both<string>,
): Promise<void> {
  const { sandbox, azurite } = await atBoth(pair, step);
  book.count(name);
  book.tolerate(difference);
  const found = { sandbox: inBrief(sandbox), azurite: inBrief(azurite) };
  expectSame(`${name}, which differs by "${difference}"`, { sandbox: found, azurite: expected });
}

// --- What commands are given -------------------------------------------------------------------------------------

/** The first two are there from the start. */
export const QUEUES = { present: ['a', 'b'], absent: ['c'] } as const;
const queue = fc.oneof(
  { weight: 6, arbitrary: fc.constant('a') },
  { weight: 3, arbitrary: fc.constant('b') },
  { weight: 2, arbitrary: fc.constant('c') },
);
const nth = fc.nat(20);
const text = fc.oneof(
  { weight: 8, arbitrary: legalText(12) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '\n', '{"n":12345678901234567890}', '<a b="c">&amp;</a>') },
  // In ASCII, as Azurite cuts other characters at the borders of chunks.
  { weight: 1, arbitrary: fc.nat(65_536).map((length) => 'x'.repeat(length)) },
);
const metadata = fc.dictionary(
  fc.constantFrom('owner', 'Team', 'a_b', 'a1', '_x'),
  fc.constantFrom('', 'one', 'two words', '~!@#$%^&*()'),
  { maxKeys: 2, noNullPrototype: true },
);
const time = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2090, 0) })
  .map((at) => new Date(at).toISOString().replace('Z', '0000Z'));
const policy = fc.record(
  {
    startsAt: time,
    expiresAt: time,
    permissions: fc.subarray(['r', 'a', 'u', 'p'], { minLength: 1 }).map((letters) => letters.join('')),
  },
  { noNullPrototype: true, requiredKeys: ['permissions'] },
);
const policies: fc.Arbitrary<AccessPolicy[]> = fc
  .array(policy, { maxLength: 5 })
  .map((terms) => terms.map((term, n) => ({ id: `policy ${n} & co`, ...term })));
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

// --- Queues ------------------------------------------------------------------------------------------------------

const nameOf = (book: Book, letter: string) => `${book.prefix}-${letter}`;

const createQueue = command(
  'create queue',
  fc.record({
    queue,
    metadata: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: metadata }),
  }),
  async (given, scene) => {
    const { book, pair } = scene;
    const name = nameOf(book, given.queue);
    const step = ({ account }: Party) => account.createQueue(name, { metadata: given.metadata });
    const deletedAt = book.deletedAt.get(name);
    if (deletedAt !== undefined && pair.now() - deletedAt < LONGEST_DELETION) {
      // Azurite would make it at once: it is asked only when the sandbox has made it.
      const sandbox = await outcomeOf(pair.sandbox, step);
      book.count(scene.name);
      if (sandbox.refusal?.code === 'QueueBeingDeleted') return book.tolerate('queue being deleted');
      const azurite = await outcomeOf(pair.azurite, step);
      expectSame(scene.name, { sandbox, azurite });
    } else await same(scene, step);
    book.deletedAt.delete(name);
  },
);
/** Ms after which a deleted queue's name is free for certain. */
const LONGEST_DELETION = 60_000;

const deleteQueue = command('delete queue', fc.record({ queue }), async (given, scene) => {
  const name = nameOf(scene.book, given.queue);
  const { sandbox } = await same(scene, async ({ account }) => {
    await account.deleteQueue(name);
    return 'deleted';
  });
  if (sandbox === undefined) return;
  scene.book.empty(name);
  scene.book.deletedAt.set(name, scene.pair.now());
});

const listQueues = command('list queues', fc.record({ letter: fc.constantFrom('', 'a', 'zz') }), ({ letter }, scene) =>
  same(scene, async ({ account }) => {
    const pages = [];
    for await (const page of account.listQueues({ prefix: nameOf(scene.book, letter) })) pages.push(page);
    return pages;
  }),
);

const getProperties = command('get metadata and count', fc.record({ queue }), async (given, scene) => {
  const { book, pair } = scene;
  const name = nameOf(book, given.queue);
  if (book.handles.some((handle) => handle.queue === name && !handle.isGone && handle.expiresAt <= pair.now())) {
    // Azurite counts what has expired until somebody reads or writes.
    book.tolerate('unswept count');
    await outcomeOf(pair.azurite, ({ account }) => account.peekMessages(name, { count: 1 }));
  }
  await same(scene, ({ account }) => account.getQueueProperties(name));
});

const setMetadata = command('set metadata', fc.record({ queue, metadata }), (given, scene) =>
  done(scene, ({ account }) => account.setQueueMetadata(nameOf(scene.book, given.queue), given.metadata)),
);

const setPolicies = command('set policies', fc.record({ queue, policies }), (given, scene) =>
  done(scene, ({ account }) => account.setAccessPolicies(nameOf(scene.book, given.queue), given.policies)),
);

const getPolicies = command('get policies', fc.record({ queue }), (given, scene) =>
  same(scene, ({ account }) => account.getAccessPolicies(nameOf(scene.book, given.queue))),
);

/** A step that answers with nothing. */
async function done(scene: Scene, step: (party: Party, side: Side) => Promise<void>): Promise<boolean> {
  const { sandbox } = await same(scene, async (party, side) => {
    await step(party, side);
    return 'done';
  });
  return sandbox !== undefined;
}

// --- Messages ----------------------------------------------------------------------------------------------------

const putMessage = command(
  'put',
  fc.record({ queue, text, timeToLive, delay: fc.option(seconds(0), { nil: undefined, freq: 3 }) }),
  async (given, scene) => {
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
  },
);

const named = (book: Book, side: Side, messages: (Message | LeasedMessage)[]) =>
  messages.map(({ id, ...rest }) => ({
    ...rest,
    id: book.labelOf(side, id),
    ...('receipt' in rest && { receipt: rest.receipt !== '' }),
  }));

const peekMessages = command('peek', fc.record({ queue, count: fc.integer({ min: 1, max: 32 }) }), (given, scene) =>
  same(
    scene,
    ({ account }) => account.peekMessages(nameOf(scene.book, given.queue), { count: given.count }),
    (messages, side) => named(scene.book, side, messages),
  ),
);

const receiveMessages = command(
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
      (messages, side) => named(book, side, messages),
    );
    for (const [n, message] of (sandbox ?? []).entries()) {
      const handle = book.find(book.labelOf('sandbox', message.id));
      const receipts = { sandbox: message.receipt, azurite: azurite?.[n]?.receipt ?? '' };
      if (handle) book.lend(handle, receipts, pair.now() + options.visibilityTimeout * 1000);
    }
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
  const other = book.handles.findLast((candidate) => candidate !== handle);
  const found = kind === 'stale' ? handle.receipts.at(-2) : other?.receipts.at(-1);
  if (found === undefined || found.azurite !== current?.azurite) return found;
  // One receipt for all messages of a Get, or the same four digits again: at Azurite it would be good.
  book.tolerate('shared receipt');
  return undefined;
}

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
  const values = await same(
    scene,
    (party, side) => act(party, handle.queue, { id: handle.ids[side], receipt: receipts[side] }),
    (value) => (typeof value === 'object' ? { ...value, receipt: 'new' } : value),
  );
  if (values.sandbox !== undefined) whenDone(handle, values);
}

const updateMessage = command(
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
        book.lend(updated, receipts, pair.now() + visibilityTimeout * 1000);
      },
    );
  },
  (book) => book.nth(0) !== undefined,
);

const receiptOf = (value: unknown) => (value as { receipt: string }).receipt;

const deleteMessage = command(
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
const deleteAgain = command(
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

const clearMessages = command('clear', fc.record({ queue }), async (given, scene) => {
  const name = nameOf(scene.book, given.queue);
  if (await done(scene, ({ account }) => account.clearMessages(name))) scene.book.empty(name);
});

// --- The service -------------------------------------------------------------------------------------------------

const retention = fc.oneof(
  fc.constant({ enabled: false }),
  fc.integer({ min: 1, max: 365 }).map((days) => ({ enabled: true, days })),
);
const metrics = fc.oneof(
  retention.map((kept) => ({ version: '1.0', enabled: false, retention: kept })),
  fc.record({ version: fc.constant('1.0'), enabled: fc.constant(true), includeApis: fc.boolean(), retention }),
);
const flags = { read: fc.boolean(), write: fc.boolean(), delete: fc.boolean() };
const logging = fc.record({ version: fc.constant('1.0'), ...flags, retention });

const setProperties = command(
  'set properties',
  // CORS stays as it is: it lets this page in.
  fc.record(
    { logging, hourMetrics: metrics, minuteMetrics: metrics },
    { noNullPrototype: true, requiredKeys: ['logging'] },
  ),
  (properties, scene) => done(scene, ({ account }) => account.setServiceProperties(properties)),
);

const getServiceProperties = command('get properties', fc.constant({}), (_, scene) =>
  same(scene, ({ account }) => account.getServiceProperties()),
);

const getStats = command('get stats', fc.constant({}), (_, scene) =>
  same(
    scene,
    ({ account }) => account.getServiceStats(),
    ({ status, lastSyncTime }) => ({ status, hasTime: lastSyncTime !== undefined }),
  ),
);

// --- What no client of ours would send ---------------------------------------------------------------------------

type Mistake = {
  what: string;
  /** Azurite has no code for it, or none of the details. */
  lacks?: 'code' | 'details';
  send: (party: Party, queue: string) => Promise<unknown>;
};
const messages = (name: string) => `/${name}/messages`;
const body = (value: string) => `<QueueMessage><MessageText>${value}</MessageText></QueueMessage>`;
const get = (query: Record<string, string | number>) => (party: Party, name: string) =>
  raw(party, 'GET', messages(name), { query });
const put = (query: Record<string, string | number>) => (party: Party, name: string) =>
  raw(party, 'POST', messages(name), { query, body: body('x') });

const mistakes: Mistake[] = [
  { what: 'receive 33', send: get({ numofmessages: 33 }) },
  { what: 'peek 33', send: get({ peekonly: 'true', numofmessages: 33 }) },
  { what: 'receive for 0 s', send: get({ visibilitytimeout: 0 }) },
  { what: 'receive for 604,801 s', send: get({ visibilitytimeout: 604_801 }) },
  { what: 'put after 604,801 s', send: put({ visibilitytimeout: 604_801, messagettl: -1 }) },
  { what: 'put for 0 s', send: put({ messagettl: 0 }) },
  { what: 'put after its life', send: put({ messagettl: 60, visibilitytimeout: 60 }) },
  { what: 'put of nothing', send: (party, name) => raw(party, 'POST', messages(name)) },
  {
    what: 'put of 65,537 bytes',
    send: (party, name) => raw(party, 'POST', messages(name), { body: body('x'.repeat(65_537)) }),
  },
  { what: 'a name with capitals', send: (party) => raw(party, 'PUT', '/Capitals') },
  { what: 'a name with two hyphens', send: (party) => raw(party, 'PUT', '/two--hyphens') },
  { what: 'a name of two letters', send: (party) => raw(party, 'PUT', '/ab') },
  { what: 'a name of 64 letters', send: (party) => raw(party, 'PUT', `/${'a'.repeat(64)}`) },
  {
    what: 'six policies',
    send: (party, name) =>
      raw(party, 'PUT', `/${name}`, {
        query: { comp: 'acl' },
        body: `<SignedIdentifiers>${Array.from({ length: 6 }, (_, n) => `<SignedIdentifier><Id>${n}</Id><AccessPolicy><Permission>r</Permission></AccessPolicy></SignedIdentifier>`).join('')}</SignedIdentifiers>`,
      }),
  },
  {
    what: 'a policy with a letter that there is not',
    send: (party, name) =>
      raw(party, 'PUT', `/${name}`, {
        query: { comp: 'acl' },
        body: '<SignedIdentifiers><SignedIdentifier><Id>x</Id><AccessPolicy><Permission>rx</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>',
      }),
  },
  {
    what: 'stats of the primary',
    lacks: 'details',
    send: (party) => raw(party, 'GET', '/', { query: { restype: 'service', comp: 'stats' } }),
  },
  { what: 'receive 0', lacks: 'code', send: get({ numofmessages: 0 }) },
  { what: 'receive some', lacks: 'code', send: get({ numofmessages: 'some' }) },
  { what: 'put for -2 s', lacks: 'code', send: put({ messagettl: -2 }) },
  { what: 'put for a while', lacks: 'code', send: put({ messagettl: 'a while' }) },
  {
    what: 'delete without a receipt',
    lacks: 'code',
    send: (party, name) => raw(party, 'DELETE', `${messages(name)}/00000000-0000-4000-8000-000000000000`),
  },
  {
    what: 'update without a timeout',
    lacks: 'code',
    send: (party, name) =>
      raw(party, 'PUT', `${messages(name)}/00000000-0000-4000-8000-000000000000`, {
        query: { popreceipt: 'x' },
        body: body('x'),
      }),
  },
  {
    what: 'unknown comp',
    lacks: 'code',
    send: (party, name) => raw(party, 'GET', `/${name}`, { query: { comp: 'unknown' } }),
  },
  { what: 'get of a queue', lacks: 'code', send: (party, name) => raw(party, 'GET', `/${name}`) },
  {
    what: 'broken XML',
    lacks: 'code',
    send: (party, name) => raw(party, 'POST', messages(name), { body: '<QueueMessage><MessageText>' }),
  },
];

const mistake = command(
  'mistake',
  fc.record({ queue, mistake: fc.constantFrom(...mistakes).map(({ what }) => what) }),
  async (given, scene) => {
    const { book, pair, name } = scene;
    const made = mistakes.find(({ what }) => what === given.mistake);
    if (!made) return undefined;
    const step = (party: Party) => made.send(party, nameOf(book, given.queue));
    if (made.lacks === undefined) return same(scene, step);
    const { sandbox, azurite } = await atBoth(pair, step);
    book.count(name);
    book.tolerate(made.lacks === 'code' ? 'bare refusal' : 'details of a refusal');
    const brief = ({ refusal }: Outcome) =>
      made.lacks === 'code' ? refusal?.status : { status: refusal?.status, code: refusal?.code };
    expectSame(`${name}: ${made.what}`, { sandbox: brief(sandbox), azurite: brief(azurite) });
    if (sandbox.refusal?.code === undefined) throw new Error(`The sandbox has no code for "${made.what}"`);
    return undefined;
  },
);

// --- Time --------------------------------------------------------------------------------------------------------

const advance = command(
  'advance',
  fc.record({
    milliseconds: fc.oneof(
      { weight: 10, arbitrary: fc.integer({ min: 1, max: 3000 }) },
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 200_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 700_000_000 }) },
    ),
  }),
  (given, { pair }) => pair.advance(given.milliseconds),
);

/** To the very moment when a message becomes visible or expires, or one ms beside it. */
const advanceTo = command(
  'advance to',
  fc.record({
    nth,
    moment: fc.constantFrom('visibleAt' as const, 'expiresAt' as const),
    beside: fc.integer({ min: -1, max: 1 }),
  }),
  async (given, { book, pair }) => {
    const handle = book.nth(given.nth);
    const step = (handle?.[given.moment] ?? 0) + given.beside - pair.now();
    // A message that lives for years would take all others with it.
    if (step > 0 && step < 700_000_000) await pair.advance(step);
  },
  (book) => book.nth(0) !== undefined,
);

/** Commands in the proportions in which they are drawn. */
export const allCommands = (
  [
    [putMessage, 8],
    [receiveMessages, 6],
    [updateMessage, 6],
    [deleteMessage, 5],
    [peekMessages, 3],
    [mistake, 2],
    [advanceTo, 4],
    [advance, 3],
    [deleteAgain, 2],
    [clearMessages, 1],
    [createQueue, 1],
    [deleteQueue, 1],
    [listQueues, 1],
    [getProperties, 2],
    [setMetadata, 1],
    [setPolicies, 1],
    [getPolicies, 1],
    [setProperties, 1],
    [getServiceProperties, 1],
    [getStats, 1],
  ] satisfies [fc.Arbitrary<HistoryCommand>, times: number][]
).flatMap(([drawn, times]) => Array.from({ length: times }, () => drawn));
