import fc from 'fast-check';
import type { AccessPolicy } from '@/azure/account';
import { command, done, nameOf, queue, same } from './command.fixture';
import { expectSame, outcomeOf, type Party } from './pair.fixture';

/** The same names in other cases are the same names. */
const metadata = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom('owner', 'Owner', 'a_b', 'a1', '_x'), fc.constantFrom('', 'one', '~!@#$%^&*()')),
    {
      selector: ([name]) => name.toLowerCase(),
      maxLength: 2,
    },
  )
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));
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

export const createQueue = command(
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

export const deleteQueue = command('delete queue', fc.record({ queue }), async (given, scene) => {
  const name = nameOf(scene.book, given.queue);
  const { sandbox } = await same(scene, async ({ account }) => {
    await account.deleteQueue(name);
    return 'deleted';
  });
  if (sandbox === undefined) return;
  scene.book.empty(name);
  scene.book.deletedAt.set(name, scene.pair.now());
});

export const listQueues = command(
  'list queues',
  fc.record({ letter: fc.constantFrom('', 'a', 'zz') }),
  ({ letter }, scene) =>
    same(scene, async ({ account }) => {
      const pages = [];
      for await (const page of account.listQueues({ prefix: nameOf(scene.book, letter) })) pages.push(page);
      return pages;
    }),
);

export const getProperties = command('get metadata and count', fc.record({ queue }), async (given, scene) => {
  const { book, pair } = scene;
  const name = nameOf(book, given.queue);
  if (book.handles.some((handle) => handle.queue === name && !handle.isGone && handle.expiresAt <= pair.now())) {
    // Azurite counts what has expired until somebody reads or writes.
    book.tolerate('unswept count');
    await outcomeOf(pair.azurite, ({ account }) => account.peekMessages(name, { count: 1 }));
  }
  await same(scene, ({ account }) => account.getQueueProperties(name));
});

export const setMetadata = command('set metadata', fc.record({ queue, metadata }), (given, scene) =>
  done(scene, ({ account }) => account.setQueueMetadata(nameOf(scene.book, given.queue), given.metadata)),
);

export const setPolicies = command('set policies', fc.record({ queue, policies }), (given, scene) =>
  done(scene, ({ account }) => account.setAccessPolicies(nameOf(scene.book, given.queue), given.policies)),
);

export const getPolicies = command('get policies', fc.record({ queue }), (given, scene) =>
  same(scene, ({ account }) => account.getAccessPolicies(nameOf(scene.book, given.queue))),
);
