import { expect, test } from 'vitest';
import { nextTask } from '@/bulk/requests/next-task';
import { standingOf } from '../journal/standing';
import { receive } from '../work/lease-actions';
import { beginOnMessages, createWorld, goOn, ON_MESSAGES, readJournal, SOURCE, TARGET } from './cut-off.fixture';

const COUNT = 4;
const texts = Array.from({ length: COUNT }, (_, index) => `message ${index}`);

/** Turns of the event loop in which everything ends that was under way. */
const TURNS = 10;

/** A person leases everything; then a job works on it, and stops at a request or a write. */
async function cutInHand(name: string, at: number) {
  const doing = ON_MESSAGES[name];
  if (!doing) throw new Error('No such work');
  const world = createWorld();
  const { account } = world.visit().targetOf(SOURCE);
  for (const queue of [SOURCE, TARGET]) await account.createQueue(queue);
  for (const text of texts) await account.sendMessage(SOURCE, { text });
  const ids = world.messagesIn(SOURCE).map(({ id }) => id);
  world.clock.advance(10_000);
  const opened = world.visit({ at, isCarriedOut: true });
  await receive(opened.targetOf(SOURCE), { count: COUNT, visibilityTimeout: 600 });
  const { job } = beginOnMessages(world, opened, doing, ids);
  await Promise.race([job.finished, opened.page.stopped]);
  for (let turn = 0; turn < TURNS; turn++) await nextTask();
  return { world, doing };
}

test.each([
  ['redrive chosen', 6],
  ['delete chosen', 5],
  ['change and redrive all', 6],
])(
  '%s, of what a person had leased, is told as hidden when it stops, and goes on without waiting',
  async (name, at) => {
    const { world, doing } = await cutInHand(name, at);
    const now = world.clock.now();
    const hidden = world.messagesIn(SOURCE).filter(({ visibleAt }) => visibleAt > now).length;
    expect(hidden).toBeGreaterThan(0);
    const standing = standingOf(readJournal(world), now);
    // What may be deleted already is among them.
    expect(standing.hidden + standing.othersHidden + standing.twiceHidden).toBeGreaterThanOrEqual(hidden);

    const { job } = goOn(world, world.visit(), doing);
    await job.finished;
    expect(world.messagesIn(SOURCE)).toEqual([]);
    const sent = world.messagesIn(TARGET).map(({ text }) => text.replace('changed ', ''));
    expect([...new Set(sent)].toSorted()).toEqual(name === 'delete chosen' ? [] : texts);
  },
);
