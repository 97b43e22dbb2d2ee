import { expect, test } from 'vitest';
import { createEngine } from '@/lab/engine/engine';
import { readOrder } from '@/lab/run/order';
import { runOfScenario, SCENARIOS, type Scenario } from '@/lab/run/scenarios';
import { orderName } from '../text/names';
import { findMessage, lifeOf } from './life-of';

async function played() {
  const scenario = SCENARIOS.find(({ id }) => id === 'poison') as Scenario;
  const engine = await createEngine(runOfScenario(scenario));
  const events = await engine.advance(120_000);
  const orders = new Map<string, number>();
  for (const event of events)
    if (event.what === 'served' && event.request.op === 'send' && event.reply.ok)
      for (const { id } of event.reply.messages ?? []) orders.set(id, readOrder(event.request.text).order);
  const nameOf = (id: string) => orderName(orders.get(id) ?? 0);
  const poisoned = Object.values(engine.world.messages).find(({ queue }) => queue !== 'orders');
  const there = new Set(Object.values(engine.world.messages).map(({ order }) => order));
  const charged = events.flatMap((event) => (event.what === 'charged' ? [event.order] : []));
  const done = charged.find((order) => !there.has(order)) ?? 0;
  return { events, nameOf, poisoned, done };
}

test('the life of an order that was set aside has its tries, its copy and the delete of the original', async () => {
  const { events, nameOf, poisoned } = await played();
  const order = poisoned?.order ?? 0;
  const id = findMessage(events, 120_000, `#${order}`) ?? '';
  expect(id).toBe(poisoned?.id);
  const lines = lifeOf(events, 120_000, order, id, nameOf);
  expect(lines[0]).toMatchObject({
    what: expect.stringMatching(/^Put #\d+ into orders: 201/),
    wire: expect.stringMatching(/^POST/),
  });
  expect(lines.filter(({ after }) => after?.startsWith('Hidden until'))).toHaveLength(4);
  expect(lines.filter(({ what }) => what.startsWith('Visible again by itself'))).toHaveLength(3);
  expect(lines.some(({ what }) => what.startsWith(`Put #${order} into orders-poison`))).toBe(true);
  expect(lines.at(-1)).toMatchObject({ after: 'Gone from orders', wire: expect.stringMatching(/^DELETE/) });
});

test('the life of an order that is done is still found, by number and by id, and never from before it was sent', async () => {
  const { events, nameOf, done } = await played();
  const id = findMessage(events, 120_000, ` ${done} `) ?? '';
  expect(findMessage(events, 120_000, id.slice(0, 8).toUpperCase())).toBe(id);
  const lines = lifeOf(events, 120_000, done, id, nameOf);
  expect(lines.map(({ what }) => what)).toContain('Charged the order');
  expect(lines.at(-1)?.after).toBe('Gone from orders');
  const sent = lines[0]?.at ?? 0;
  expect(findMessage(events, sent - 1, String(done))).toBeUndefined();
  expect(lifeOf(events, sent, done, id, nameOf)).toHaveLength(1);
  for (const text of ['', '#', 'abc', '99999', '1'.repeat(400)])
    expect(findMessage(events, 120_000, text)).toBeUndefined();
});
