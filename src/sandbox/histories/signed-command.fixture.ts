import fc from 'fast-check';
import { connect } from '@/azure/account';
import type { Account } from '@/azure/protocol/model';
import { command, nameOf } from './command.fixture';
import { inBrief } from './differences.fixture';
import { atBoth, expectSame, type Party } from './pair.fixture';
import { accountSas, queueSas } from './signature.fixture';

type Operation = {
  act: (account: Account, queue: string) => Promise<unknown>;
  isOfMessage?: true;
  /** No queue SAS allows it. */
  isBeyondQueueSas?: true;
};

const message = { id: '00000000-0000-4000-8000-000000000000', receipt: 'AgAAAAMAAAAAAAAAAAAAAAAAAAA=' };

/** Every operation that does no harm where there is no queue: what comes of it says whether it was allowed. */
const operations: Record<string, Operation> = {
  list: { act: (account, queue) => account.listQueues({ prefix: queue }).next() },
  'get properties': { act: (account) => account.getServiceProperties() },
  stats: { act: (account) => account.getServiceStats() },
  'delete queue': { act: (account, queue) => account.deleteQueue(queue), isBeyondQueueSas: true },
  'get metadata': { act: (account, queue) => account.getQueueProperties(queue) },
  'set metadata': { act: (account, queue) => account.setQueueMetadata(queue, {}), isBeyondQueueSas: true },
  put: { act: (account, queue) => account.sendMessage(queue, { text: 'x' }) },
  receive: { act: (account, queue) => account.receiveMessages(queue) },
  peek: { act: (account, queue) => account.peekMessages(queue) },
  update: {
    act: (account, queue) => account.updateMessage(queue, message, { visibilityTimeout: 0 }),
    isOfMessage: true,
  },
  delete: { act: (account, queue) => account.deleteMessage(queue, message), isOfMessage: true },
  clear: { act: (account, queue) => account.clearMessages(queue), isOfMessage: true, isBeyondQueueSas: true },
};

const letters = (all: string) => fc.subarray(all.split(''), { minLength: 1 }).map((some) => some.join(''));
const MINUTES = 60_000;
const times = fc.record({
  startsIn: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(undefined, -5) },
    { weight: 1, arbitrary: fc.constant(5) },
  ),
  endsIn: fc.oneof({ weight: 5, arbitrary: fc.constant(60) }, { weight: 1, arbitrary: fc.constant(-1) }),
});
const kind = fc.oneof(
  fc.record({
    of: fc.constant('account' as const),
    services: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('q', 'bq') },
      { weight: 1, arbitrary: fc.constant('b') },
    ),
    types: letters('sco'),
    letters: letters('rwdlacup'),
  }),
  fc.record({ of: fc.constant('queue' as const), isOfThis: fc.boolean(), letters: letters('raup') }),
);

/** Account and queue SAS of every kind, on every operation: the same are let through, the same refused. */
export const signed = command(
  'signed',
  fc.record({ kind, times, operation: fc.constantFrom(...Object.keys(operations)) }),
  async ({ kind: signature, times: { startsIn, endsIn }, operation }, { book, pair, name }) => {
    const chosen = operations[operation];
    if (!chosen) return;
    const absent = nameOf(book, 'absent');
    const terms = {
      letters: signature.letters,
      expiresAt: pair.now() + endsIn * MINUTES,
      ...(startsIn !== undefined && { startsAt: pair.now() + startsIn * MINUTES }),
    };
    if (
      signature.of === 'account' &&
      chosen.isOfMessage &&
      signature.types.includes('o') !== signature.types.includes('c')
    ) {
      return book.tolerate('resource types of a signature');
    }
    const outcomes = await atBoth(pair, async ({ connection, fetch }: Party) => {
      const token =
        signature.of === 'account'
          ? await accountSas(connection, { ...terms, services: signature.services, types: signature.types })
          : await queueSas(connection, signature.isOfThis ? absent : nameOf(book, 'other'), terms);
      await chosen.act(connect({ ...connection, credential: { kind: 'sas', token } }, { fetch }), absent);
      return 'allowed';
    });
    book.count(name);
    const found = { sandbox: inBrief(outcomes.sandbox), azurite: inBrief(outcomes.azurite) };
    if (signature.of === 'queue' && chosen.isBeyondQueueSas && found.sandbox === '403 AuthorizationFailure') {
      book.tolerate('queue signature beyond its kind');
      found.sandbox = '403 AuthorizationPermissionMismatch';
    }
    expectSame(name, found);
  },
);
