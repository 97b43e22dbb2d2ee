import fc from 'fast-check';
import { command, nameOf, queue, same } from './command.fixture';
import { atBoth, expectSame, type Outcome, type Party, raw } from './pair.fixture';

/** What no client of ours would send. */
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

export const mistake = command(
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
