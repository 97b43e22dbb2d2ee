import fc from 'fast-check';
import { command, nameOf, queue } from './command.fixture';

/** The sandbox alone ends and goes on from what was kept, as after a reload: nothing that follows may tell. */
export const restart = command('restart', fc.constant({}), async (_, { pair }) => {
  const kept = structuredClone(pair.service.snapshot());
  pair.service.reset();
  pair.service.restore(kept);
});

/** What the sandbox says of its loans, against what was lent in this history. */
export const nextLeaseEnd = command('next lease end', fc.record({ queue }), async (given, { book, pair }) => {
  const name = nameOf(book, given.queue);
  const ends = book.handles
    .filter((handle) => handle.queue === name && handle.wasReceived && !handle.isGone)
    .filter(({ visibleAt, expiresAt }) => visibleAt > pair.now() && expiresAt > pair.now())
    .map(({ visibleAt }) => visibleAt);
  const expected = ends.length === 0 ? undefined : Math.min(...ends);
  const found = pair.service.nextLeaseEnd(name);
  if (found !== expected) throw new Error(`The next lease ends at ${expected}, and the sandbox says ${found}`);
});
