import fc from 'fast-check';
import type { AccessPolicy } from '@/azure/protocol/model';
import { command, done, nameOf, queue, same } from './command.fixture';
import { inBrief } from './differences.fixture';
import { outcomeOf, type Party } from './pair.fixture';

/** The same names in other cases are the same names: two that differ so come often enough to meet. */
const metadata = fc.oneof(
  fc.tuple(fc.constantFrom('owner', 'Owner'), fc.constantFrom('one', 'two')).map((pair) => Object.fromEntries([pair])),
  fc.dictionary(fc.constantFrom('Owner', 'a_b', 'a1', '_x'), fc.constantFrom('', 'one', '~!@#$%^&*()'), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
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

export const createQueue = command(
  'create queue',
  fc.record({ queue, metadata: fc.oneof(fc.constant({}), metadata) }),
  async (given, scene) => {
    const { book, pair } = scene;
    const name = nameOf(book, given.queue);
    const step = ({ account }: Party) => account.createQueue(name, { metadata: given.metadata });
    const deletedAt = book.deletedAt.get(name);
    if (deletedAt === undefined || pair.now() - deletedAt >= DELETION) {
      await same(scene, step);
      book.deletedAt.delete(name);
      return;
    }
    // Azurite would make it at once, so it is not asked.
    const refused = inBrief(await outcomeOf(pair.sandbox, step));
    book.count(scene.name);
    book.tolerate('queue being deleted');
    if (refused !== '409 QueueBeingDeleted')
      throw new Error(`A name that was deleted just now is given: ${JSON.stringify(refused)}`);
  },
);
/** Ms for which a deleted queue's name is taken: the least that Azure says. */
const DELETION = 30_000;

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
