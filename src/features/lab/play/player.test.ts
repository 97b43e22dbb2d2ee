import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEngine } from '@/lab/engine/engine';
import { createRunPlayer } from '@/lab/engine/play-run';
import { type Lesson, runOfLesson } from '@/lab/lessons/lesson';
import { loadLesson } from '@/lab/lessons/load';
import { newRun } from '@/lab/run/run';
import { PartError } from '@/parts/part-error';
import { predictor } from '../predict/predict';
import { createPlayer, type OpenStage, type Player } from './player';

// Many runs are played, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 });

/** The code of the worker, without one. */
const openStage: OpenStage = (receive) => ({ send: createRunPlayer(receive), close: () => {} });

let frames: ((time: number) => void)[] = [];
let time = 0;
beforeEach(() => {
  frames = [];
  time = performance.now();
  vi.stubGlobal('requestAnimationFrame', (frame: (time: number) => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => vi.unstubAllGlobals());

/** Lets real ms pass in frames of 50, and the player hear what was played meanwhile. */
async function pass(ms: number) {
  for (let passed = 0; passed < ms; passed += 50) {
    time += 50;
    for (const frame of frames.splice(0)) frame(time);
    await new Promise((settle) => setTimeout(settle));
  }
}
const PATIENCE = { timeout: 30_000 };
const known = (player: Player, ms: number) =>
  vi.waitFor(() => expect(player.scene().end).toBeGreaterThanOrEqual(ms), PATIENCE);

test('time goes on while it plays, no further than what is known, and stands still when paused', async () => {
  const player = createPlayer(newRun({ workers: 2 }), { open: openStage });
  await known(player, 60_000);
  player.play();
  await pass(2000);
  player.pause();
  const { now } = player.scene();
  expect(now).toBeGreaterThan(1000);
  await pass(1000);
  expect(player.scene().now).toBe(now);
  player.seek(1e9);
  expect(player.scene().now).toBeLessThanOrEqual(player.scene().end);
});

test('steps go from event to event, there and back', async () => {
  const player = createPlayer(newRun({ workers: 1, rate: [2] }), { open: openStage });
  await known(player, 60_000);
  const times = Array.from({ length: 6 }, () => {
    player.step(1);
    return player.scene().now;
  });
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(6);
  player.step(-1);
  expect(player.scene().now).toBe(times[4]);
});

test('what is pressed before the run is known is done in its order: on by a second, an act, a step', async () => {
  const player = createPlayer(newRun({ workers: 1, rate: [2] }), { open: openStage });
  await known(player, 60_000);
  player.act({ act: 'burst', count: 3 });
  // The worker has not answered yet.
  player.seek(player.scene().aim + 1000);
  player.act({ act: 'receive' });
  expect(player.scene().run.inputs.map(({ act, at }) => [act, at])).toEqual([
    ['burst', 1],
    ['receive', 1001],
  ]);
  player.step(1);
  player.step(1);
  await known(player, 60_000);
  await vi.waitFor(() => expect(player.scene().now).toBeGreaterThan(1000), PATIENCE);
  const events = player.film.between(1001, 60_000);
  const [, second] = [...new Set(events.map(({ at }) => at))];
  await vi.waitFor(() => expect(player.scene().now).toBe(second), PATIENCE);
  // A moment that one goes to is not stepped on from.
  player.act({ act: 'send' });
  player.step(1);
  player.seek(500);
  await known(player, 60_000);
  expect(player.scene().now).toBe(500);
});

test('acting in the past cuts what came after it, and is part of the run', async () => {
  const player = createPlayer(newRun({ workers: 0, rate: [0.5] }), { open: openStage });
  await known(player, 60_000);
  player.seek(50_000);
  const sent = player.scene().world.tally.sent;
  player.seek(10_000);
  player.act({ act: 'burst', count: 30 });
  await known(player, 60_000);
  expect(player.scene().run.inputs).toEqual([{ act: 'burst', count: 30, at: 10_001 }]);
  player.seek(50_000);
  expect(player.scene().world.tally.sent).toBe(sent + 30);
  // A second act at the same moment does not undo the first.
  player.seek(10_000);
  player.act({ act: 'send' });
  await known(player, 60_000);
  expect(player.scene().run.inputs.map(({ act }) => act)).toEqual(['burst', 'send']);
});

test('an act before anything is known loses nothing of what came before it', async () => {
  const lesson = (await loadLesson('peek-or-receive')) as Lesson;
  const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
  // The worker has not answered yet.
  player.act({ act: 'peek' });
  await known(player, 30_000);
  const engine = await createEngine(player.scene().run, { watch: true });
  const all = await engine.advance(30_000);
  expect(player.film.between(0, 30_000)).toEqual(all);
  expect(player.scene().run.inputs.at(-1)).toMatchObject({ act: 'peek' });
});

test('a lesson stops at its question and at what the run says, and goes on when answered', async () => {
  const lesson = (await loadLesson('crash-and-redelivery')) as Lesson;
  const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
  await known(player, 60_000);
  player.setSpeed(60);
  expect(player.scene().playing).toBe(false);

  player.act({ act: 'send' });
  await vi.waitFor(() => expect(player.film.events.some(({ what }) => what === 'did')).toBe(true), PATIENCE);
  await known(player, 60_000);
  await pass(500);
  // The step that waits for a person.
  expect(player.scene()).toMatchObject({ playing: false, asking: undefined });
  expect(player.scene().progress.ticks).toHaveLength(2);

  player.act({ act: 'crash', worker: 0 });
  await vi.waitFor(() => expect(player.scene().run.inputs).toHaveLength(2), PATIENCE);
  await known(player, 60_000);
  await pass(500);
  expect(player.scene()).toMatchObject({ playing: false, asking: 3 });
  const asked = player.scene().now;
  player.play();
  player.act({ act: 'send' });
  await pass(500);
  expect(player.scene().now).toBe(asked);
  expect(player.scene().run.inputs).toHaveLength(2);

  player.answer(3, 2);
  player.play();
  await pass(3000);
  expect(player.scene().progress.ticks).toHaveLength(4);
  expect(player.scene().playing).toBe(false);
  player.play();
  await pass(3000);
  expect(player.scene().progress.ticks).toHaveLength(5);

  // What was seen stays within reach after going back.
  const { now } = player.scene();
  player.seek(1000);
  expect(player.scene()).toMatchObject({ now: 1000, reached: now });
  player.seek(now);
  expect(player.scene().now).toBe(now);
});

test('where its worker does not arrive the run says so, and beginning anew opens another, which plays', async () => {
  const missing = new PartError('unreachable');
  let opened = 0;
  let closed = 0;
  const open: OpenStage = (receive, fail) => {
    opened++;
    // A worker whose file is missing never answers.
    if (opened < 3) queueMicrotask(() => fail(missing));
    return { send: opened < 3 ? () => {} : createRunPlayer(receive), close: () => void closed++ };
  };
  const player = createPlayer(newRun({ workers: 2 }), { open });
  await vi.waitFor(() => expect(player.scene()).toMatchObject({ broken: 'its worker did not arrive', missing }));
  player.restart();
  expect(player.scene()).toMatchObject({ broken: undefined, missing: undefined });
  await vi.waitFor(() => expect(player.scene()).toMatchObject({ missing }));
  player.restart();
  await known(player, 60_000);
  expect(player.scene()).toMatchObject({ broken: undefined, missing: undefined });
  expect([opened, closed]).toEqual([3, 2]);
});

test('a run that breaks says why and stands still', async () => {
  const player = createPlayer(newRun(), {
    open: (receive) => ({
      send: ({ take }) => queueMicrotask(() => receive({ kind: 'broken', take, message: 'its worker does not run' })),
      close: () => {},
    }),
  });
  await vi.waitFor(() => expect(player.scene().broken).toBe('its worker does not run'));
  expect(player.scene().playing).toBe(false);
});

/** They play several runs. */
const SLOW_MS = 30_000;

/** A lesson whose first steps are done: the clock is at the question of the crash. */
async function atQuestion() {
  const lesson = (await loadLesson('crash-and-redelivery')) as Lesson;
  const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
  await known(player, 40_000);
  player.act({ act: 'send' });
  await known(player, 40_000);
  player.skip();
  player.act({ act: 'crash', worker: 0 });
  await known(player, 40_000);
  player.skip();
  expect(player.scene().asking).toBe(3);
  return player;
}
const acts = (player: Player) => player.scene().run.inputs.map(({ act }) => act);

test(
  'a step begins anew without what was done and answered in it, and the steps before stay',
  async () => {
    const player = await atQuestion();
    const asked = player.scene().now;
    player.answer(3, 0);
    player.skip();
    // Its end has just been shown, so this is the step that is meant.
    expect(player.scene().progress.ticks).toHaveLength(4);
    player.restartStep();
    expect(player.scene()).toMatchObject({ asking: 3, answers: {}, playing: false });
    expect(player.scene().now).toBe(asked);
    expect(acts(player)).toEqual(['send', 'crash']);

    // Its question has only been asked: the crash before it is meant, which can be done anew.
    player.restartStep();
    await known(player, 40_000);
    expect(player.scene().progress.ticks).toHaveLength(2);
    expect(acts(player)).toEqual(['send']);
    player.act({ act: 'crash', worker: 0 });
    await known(player, 40_000);
    player.skip();
    expect(player.scene().asking).toBe(3);
    // And the other answer is judged by the run of now.
    player.answer(3, 2);
    player.skip();
    expect(player.scene().progress.ticks).toHaveLength(4);
  },
  SLOW_MS,
);

test(
  'back goes to where a step began, skip to where time stands still next',
  async () => {
    const player = await atQuestion();
    const asked = player.scene().now;
    player.back();
    expect(player.scene().progress.ticks).toHaveLength(2);
    player.back();
    expect(player.scene().progress.ticks).toHaveLength(1);
    for (let times = 0; times < 3; times++) player.back();
    expect(player.scene().now).toBe(0);
    player.seek(asked);
    expect(player.scene().asking).toBe(3);
    player.skip();
    expect(player.scene().now).toBe(asked);
    player.answer(3, 2);
    player.skip();
    expect(player.scene().progress.ticks).toHaveLength(4);
    expect(player.scene().playing).toBe(false);
  },
  SLOW_MS,
);

test(
  'an act later in the run comes after what happens until then',
  async () => {
    const lesson = (await loadLesson('extend-the-lease')) as Lesson;
    const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
    await known(player, 40_000);
    player.act({ act: 'receive' });
    await known(player, 40_000);
    player.skip();
    const { now } = player.scene();
    player.act({ act: 'extend' }, 20_000);
    await known(player, now + 25_000);
    player.skip();
    expect(player.scene().run.inputs.at(-1)).toMatchObject({ act: 'extend', at: Math.ceil(now) + 20_001 });
    expect(player.scene().progress.ticks).toHaveLength(2);
    expect(player.scene().now).toBeGreaterThan(now + 20_000);
  },
  SLOW_MS,
);

test('a step that waits for a person stops time though it began with the script, and though Play came too early', async () => {
  const lesson = (await loadLesson('hidden-not-gone')) as Lesson;
  const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
  const { now } = player.scene();
  // Nothing is known of the run yet.
  player.play();
  await known(player, 20_000);
  await pass(300);
  expect(player.scene()).toMatchObject({ playing: false, now });
  expect(player.scene().progress.ticks).toHaveLength(1);
  // Who presses Play then goes on without the act.
  player.play();
  await pass(300);
  expect(player.scene().now).toBeGreaterThan(now);
});
const BUSY = newRun({ rate: [2], workers: 3, work: 2, crash: 40, vis: 5, vary: 1 });

test('captions stand for three seconds of playing, whatever the pauses between', async () => {
  const player = createPlayer(BUSY, { open: openStage });
  await known(player, 60_000);
  player.play();
  const changes: number[] = [];
  let played = 0;
  let title = player.scene().caption.title;
  for (let step = 0; step < 300; step++) {
    await pass(50);
    played += 50;
    if (player.scene().caption.title !== title) changes.push(played);
    ({ title } = player.scene().caption);
    // A pause of a minute, in which nothing is played.
    if (step === 100) {
      player.pause();
      await pass(500);
      time += 60_000;
      player.play();
      ({ title } = player.scene().caption);
    }
  }
  expect(changes.length).toBeGreaterThan(2);
  const between = changes.slice(1).map((at, index) => at - (changes[index] ?? 0));
  expect(Math.min(...between)).toBeGreaterThanOrEqual(3000);
});

test('a run that stands still has the caption of its moment', async () => {
  const player = createPlayer(BUSY, { open: openStage });
  await known(player, 60_000);
  const crash = player.film.events.find((event) => event.what === 'noted' && event.note.what === 'crashed');
  player.seek(crash?.at ?? 0);
  expect(player.scene().caption.title).toMatch(/crashed/);
  player.seek(0);
  expect(player.scene().caption.title).toBe('Time stands still');
});

test('what the observer of a lesson does is no caption', async () => {
  const lesson = (await loadLesson('first-message')) as Lesson;
  const player = createPlayer(runOfLesson(lesson), { lesson, open: openStage });
  await known(player, 1000);
  expect(player.film.events.length).toBeGreaterThan(0);
  expect(player.scene().caption.title).toBe('Time stands still');
});

test('at 60× a summary stands for five seconds, and its numbers are those of the run', async () => {
  const player = createPlayer(BUSY, { open: openStage });
  await known(player, 60_000);
  player.setSpeed(60);
  player.play();
  const told: string[] = [];
  for (let step = 0; step < 220; step++) {
    await pass(50);
    const { title } = player.scene().caption;
    if (told.at(-1) !== title) told.push(title);
  }
  expect(told.length).toBeLessThanOrEqual(4);
  expect(told.at(-1)).toMatch(/^In \d+:\d\d\.\d of the run: \d+ sent, \d+ done$/);
  const sent = told.flatMap((title) => /(\d+) sent/.exec(title)?.[1] ?? []).reduce((sum, one) => sum + Number(one), 0);
  expect(sent).toBeLessThanOrEqual(player.scene().world.tally.sent);
  expect(sent).toBeGreaterThan(0);
});

test('lists are drawn ten times a second at most, and no more than can be drawn', async () => {
  const player = createPlayer(newRun({ rate: [4], workers: 2, work: 0.1 }), { open: openStage });
  await known(player, 20_000);
  player.setSpeed(4);
  let drawn = 0;
  player.subscribe(() => drawn++);
  player.play();
  drawn = 0;
  await pass(2000);
  expect(drawn).toBeLessThanOrEqual(20);
  expect(drawn).toBeGreaterThan(5);
  // Whoever draws is not done yet.
  player.drawing(true);
  drawn = 0;
  await pass(900);
  expect(drawn).toBe(0);
  player.drawing(false);
  await pass(100);
  expect(drawn).toBe(1);
  player.pause();
});

test('what was forgotten of a long run is played again', async () => {
  const player = createPlayer(newRun({ rate: [0.05], workers: 1, poll: [30, 30] }), { open: openStage });
  player.seek(4_000_000);
  await vi.waitFor(() => expect(player.scene().now).toBe(4_000_000), PATIENCE);
  await vi.waitFor(() => {
    player.seek(player.scene().now + 60_000);
    expect(player.film.from).toBeGreaterThan(0);
  }, PATIENCE);
  player.seek(100_000);
  await vi.waitFor(() => expect(player.scene().now).toBe(100_000), PATIENCE);
  const engine = await createEngine(player.scene().run);
  await engine.advance(100_000);
  expect(player.scene().world).toEqual({ ...engine.world, at: 100_000 });
});

test('a question of free play stops time, is judged by the run, and goes when a person goes elsewhere', async () => {
  const player = createPlayer(BUSY, { open: openStage });
  expect(player.predict(predictor)).toMatch(/not known that far/);
  await vi.waitFor(() => {
    player.seek(10_000);
    expect(player.predict(predictor)).toBeUndefined();
  }, PATIENCE);
  const asked = player.scene().predicted;
  expect(asked).toMatchObject({ phase: 'asked', at: 10_000 });
  player.play();
  player.act({ act: 'send' });
  player.seek(20_000);
  player.step(1);
  expect(player.scene()).toMatchObject({ now: 10_000, playing: false, predicted: { phase: 'asked' } });
  expect(player.scene().run.inputs).toEqual([]);

  player.setSpeed(60);
  player.choose(1);
  player.guess(1);
  expect(player.scene()).toMatchObject({ playing: true, speed: 4, predicted: { phase: 'running', answer: 1 } });
  await pass(15_000);
  expect(player.scene()).toMatchObject({ playing: false, speed: 60, predicted: { phase: 'told', answer: 1 } });
  expect(player.scene().now).toBe(asked?.prediction.revealAt);

  // The next one is another kind.
  expect(player.predict(predictor)).toBeUndefined();
  expect(player.scene().predicted?.prediction.question).not.toBe(asked?.prediction.question);
  player.guess(-1);
  player.act({ act: 'send' });
  expect(player.scene().predicted).toBeUndefined();
  expect(player.scene().speed).toBe(60);
});

test('where nothing can happen, there is a reason instead of a question, or one about the count', async () => {
  const player = createPlayer(newRun({ rate: [0], workers: 0 }), { open: openStage });
  await known(player, 60_000);
  await vi.waitFor(() => expect(player.predict(predictor)).toBeUndefined(), PATIENCE);
  expect(player.scene().predicted?.prediction).toMatchObject({ options: ['0', '1', '2', '3'], right: 0 });
});

test('beginning anew while the run is played ahead leaves nothing of the one before', async () => {
  const player = createPlayer(newRun({ rate: [20, 20], workers: 8, work: 0.1 }), { open: openStage });
  await vi.waitFor(() => expect(player.scene().end).toBeGreaterThan(0), PATIENCE);
  const other = newRun({ rate: [0.5], workers: 1 }, 7);
  player.restart(other);
  expect(player.scene()).toMatchObject({ now: 0, run: other });
  await known(player, 60_000);
  const engine = await createEngine(other);
  expect(player.film.between(0, 60_000)).toEqual(await engine.advance(60_000));
});
