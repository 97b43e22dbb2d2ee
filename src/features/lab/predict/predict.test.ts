import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createEngine } from '@/lab/engine/engine';
import { createFilm, type Film } from '@/lab/film/film';
import type { LabEvent } from '@/lab/film/lab-event';
import type { WorldMessage } from '@/lab/film/world';
import { newRun } from '@/lab/run/run';
import { type Prediction, predictor } from './predict';

// Many runs are played, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 });

/** More of them: `VITE_LAB_RUNS=1000 npx vitest run src/features/lab/predict`. */
const RUNS = Number(import.meta.env['VITE_LAB_RUNS'] ?? 20);

const runs = fc
  .record({
    vis: fc.constantFrom(2, 8, 30, 90),
    work: fc.constantFrom(0.5, 4, 20),
    vary: fc.constantFrom(0, 1),
    crash: fc.constantFrom(0, 30, 100),
    tries: fc.constantFrom(0, 1, 3),
    workers: fc.integer({ min: 0, max: 5 }),
    rate: fc.constantFrom([0], [0.3], [2, 0.5]),
    batch: fc.constantFrom(1, 5),
    ttl: fc.constantFrom(-1, 25),
    delay: fc.constantFrom(0, 9),
    bad: fc.constantFrom(0, 2),
    extend: fc.constantFrom(0, 1),
  })
  .chain((params) =>
    fc.record({
      run: fc
        .nat(9999)
        .map((seed) => Object.assign(newRun(params, seed), { inputs: [{ at: 500, act: 'burst' as const, count: 7 }] })),
      now: fc.integer({ min: 0, max: 40_000 }),
    }),
  );

/** A message expires while a worker holds it, which copies it to poison all the same. */
const EXPIRES_IN_HAND = {
  run: Object.assign(
    newRun({ vis: 2, work: 4, vary: 0, crash: 0, tries: 3, workers: 4, rate: [0.3], batch: 5, ttl: 25, bad: 2 }, 0),
    {
      inputs: [{ at: 500, act: 'burst' as const, count: 7 }],
    },
  ),
  now: 866,
};

const served = (event: LabEvent, op: string) =>
  event.what === 'served' && event.reply.ok && event.request.op === op ? event : undefined;

/** What holds, looked up in the log itself, apart from how the question was made. */
function judge({ question, options }: Prediction, film: Film, now: number): boolean[] {
  const before = film.at(now);
  const messages = Object.values({ ...before.messages });
  const rest = film.between(now + 1, now + 60_000);
  const nameOf = (id: string) => messages.find((one) => one.id === id);
  const named = (text: string): WorldMessage | undefined =>
    messages.find(({ order, queue }) => queue === 'orders' && text.startsWith(`#${order}`));
  if (question.startsWith('Which message')) {
    const first = rest
      .filter(({ at }) => at <= now + 30_000)
      .map((event) => served(event, 'receive'))
      .find((event) => event?.reply.ok && (event.reply.messages ?? []).length > 0);
    const [one] = first?.reply.ok ? (first.reply.messages ?? []) : [];
    return options.map((text) =>
      text.startsWith('#')
        ? one !== undefined && named(text)?.id === one.id
        : text.startsWith('None')
          ? !one
          : one !== undefined && !nameOf(one.id),
    );
  }
  if (question.startsWith('When is')) {
    const message = named(question.slice('When is '.length));
    const id = message?.id ?? '';
    const when = rest.find((event) => event.what === 'visible' && event.id === id)?.at ?? Infinity;
    const gone =
      rest.find(
        (event) =>
          (event.what === 'expired' && event.id === id) ||
          (served(event, 'delete')?.request as { id?: string } | undefined)?.id === id,
      )?.at ?? Infinity;
    const longer =
      rest.find((event) => (served(event, 'update')?.request as { id?: string } | undefined)?.id === id)?.at ??
      Infinity;
    const first = Math.min(when, gone, longer);
    return [when === first && when === message?.visibleAt, gone === first, longer === first];
  }
  if (question.startsWith('What does the count')) {
    const count = Object.values(film.at(now + 10_000).messages).filter(({ queue }) => queue === 'orders').length;
    return options.map((text) => Number(text) === count);
  }
  if (question.startsWith('Which worker')) {
    const busy = new Set(
      Object.entries(before.actors).flatMap(([name, { phase }]) => (phase === 'working' ? [name] : [])),
    );
    const first = rest.find(
      (event) =>
        event.at <= now + 30_000 && event.what === 'asked' && event.request.op === 'receive' && busy.has(event.actor),
    );
    const who = first?.what === 'asked' ? first.actor.replace('worker', 'Worker') : undefined;
    return options.map((text) => (text.startsWith('Worker') ? text === who : who === undefined));
  }
  const message = named(question);
  const at = film.at(now + 60_000);
  const isGone = !(message && message.id in at.messages);
  const copies = rest.filter((event) => {
    const send = served(event, 'send');
    return (
      send?.request.op === 'send' &&
      send.request.queue !== 'orders' &&
      named(`#${JSON.parse(send.request.text).order}`) === message
    );
  });
  const isExpired = rest.some((event) => event.what === 'expired' && event.id === message?.id);
  return [
    copies.length > 0,
    copies.length === 0 && isGone && !isExpired,
    copies.length === 0 && (!isGone || isExpired),
  ];
}

test('exactly one answer holds by the run, and it is the one that is told', async () => {
  const asked = new Set<string>();
  await fc.assert(
    fc.asyncProperty(runs, async ({ run, now }) => {
      const engine = await createEngine(run);
      const film = createFilm();
      const end = now + predictor.horizonMs;
      film.add(await engine.advance(end), end);
      for (let turn = 0; turn < 5; turn++) {
        const prediction = predictor.predict(film, now, turn);
        if (!prediction) return;
        const { question, options, right, revealAt, seen } = prediction;
        asked.add(question.replace(/#\d+/, '#').split(' ').slice(0, 3).join(' '));
        expect(options.length).toBeGreaterThanOrEqual(3);
        expect(options.length).toBeLessThanOrEqual(4);
        expect(new Set(options).size).toBe(options.length);
        expect(revealAt).toBeGreaterThan(now);
        expect(revealAt).toBeLessThanOrEqual(end);
        expect(seen).toMatch(/\.$/);
        expect(judge(prediction, film, now)).toEqual(options.map((_, option) => option === right));
      }
    }),
    { numRuns: RUNS, examples: [[EXPIRES_IN_HAND]] },
  );
  expect(asked.size).toBe(5);
});
