import { expect, test } from 'vitest';
import { learn, noFacts } from './facts';
import type { LabEvent } from './lab-event';

const answered = (at: number): LabEvent => ({
  at,
  number: at,
  what: 'answered',
  actor: 'worker 1',
  call: at,
  request: { op: 'receive', queue: 'orders', count: 1, vis: 30 },
  reply: { ok: true, status: 200, messages: [] },
});

test('however many answers there are, what is known of them is bounded, and the last are known', () => {
  let facts = noFacts();
  for (let at = 1; at <= 5000; at++) facts = learn(facts, answered(at));
  expect(facts.answers).toHaveLength(2000);
  expect(facts.answers.at(-1)?.at).toBe(5000);
  expect(facts.answers[0]?.at).toBe(3001);
});
