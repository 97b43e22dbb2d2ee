import { expect, test } from 'vitest';
import { lease, message, now } from './a-message.fixture';
import { type Loaded, messageRows, prunedSelection } from './message-rows';

const rows = (loaded: Partial<Loaded>) =>
  messageRows({ peeked: [], peekedAt: now, leases: [], pendingDeletes: [], ...loaded });
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join(' ');

test('leased messages come first and are not listed twice', () => {
  expect(ids(rows({ peeked: [message('a'), message('b')], leases: [lease('b'), lease('c')] }))).toBe('b c a');
});

test('a message that is being deleted has left', () => {
  expect(ids(rows({ peeked: [message('a')], leases: [lease('b')], pendingDeletes: ['b'] }))).toBe('a');
});

test('a message whose lease has just ended stays until the next peek', () => {
  const ended = lease('a', { state: 'ended', endsAt: new Date(now) });
  expect(ids(rows({ leases: [ended], peekedAt: now - 5000 }))).toBe('a');
  expect(ids(rows({ leases: [ended], peekedAt: now + 5000 }))).toBe('');
  expect(rows({ leases: [ended], peekedAt: now - 5000 })[0]?.lease).toBeUndefined();
});

test('a row knows how many visible messages are ahead of it', () => {
  const list = rows({ peeked: [message('a'), message('b'), message('c')], leases: [lease('a')] });
  expect(list.map(({ ahead }) => ahead)).toEqual([0, 0, 1]);
});

test('size is counted in UTF-8 bytes', () => {
  expect(rows({ peeked: [message('a', { text: '→€' })] })[0]?.size).toBe(6);
});

test('messages that are gone drop out of the selection', () => {
  expect(prunedSelection(new Set(['b', 'gone']), rows({ peeked: [message('a'), message('b')] }))).toEqual(['b']);
});
