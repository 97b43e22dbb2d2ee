import { expect, test } from 'vitest';
import { createEngine } from '../engine/engine';
import { newRun } from '../run/run';
import { createFilm } from './film';
import { applyEvent, emptyWorld } from './world';

/** Few events in an hour. */
const SLOW = newRun({ rate: [0.1], workers: 1, work: 3, crash: 10, vis: 5, poll: [20, 20] });

test('a film forgets what is older than half an hour, and shows the rest as it was', async () => {
  const engine = await createEngine(SLOW);
  const film = createFilm();
  const world = emptyWorld();
  for (let at = 0; at <= 3_600_000; at += 60_000) {
    const events = await engine.advance(at);
    film.add(events, at);
    film.thin(at);
    for (const event of events) applyEvent(world, event);
  }
  expect(film.from).toBeGreaterThan(1_500_000);
  expect(film.from).toBeLessThanOrEqual(1_800_000);
  expect(film.events[0]?.at).toBeGreaterThan(film.from);
  expect(film.at(3_600_000)).toEqual({ ...world, at: 3_600_000 });
  const again = await createEngine(SLOW);
  await again.advance(2_000_000);
  expect(film.at(2_000_000)).toEqual({ ...again.world, at: 2_000_000 });
  // What is forgotten is shown as the first moment that is kept, and can be played again.
  expect(film.at(10).at).toBe(film.from);
  film.cut(10);
  expect(film).toMatchObject({ from: 0, end: -1 });
});

test('what is not shown yet is kept', async () => {
  const engine = await createEngine(SLOW);
  const film = createFilm();
  film.add(await engine.advance(4_000_000), 4_000_000);
  film.thin(60_000);
  expect(film.from).toBeLessThan(60_000);
});
