import type { FromPlayer, ToPlayer } from '@/lab/engine/play-protocol';
import { createFilm, type Film } from '@/lab/film/film';
import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { followLesson, type Lesson, noProgress, type Progress } from '@/lab/lessons/lesson';
import { type Act, type Run, withInput } from '@/lab/run/run';
import { learnNames, type NameOf } from '../text/event-text';
import { orderName } from '../text/names';
import { addDepth, cutDepth, type Depth } from './depth';

/** `most`: as fast as the run can be played. */
export type Speed = 0.5 | 1 | 4 | 60 | 'most';

/** What is on screen at one moment. */
export type Scene = {
  /** Ms of the run. */
  now: number;
  /** The latest moment that was shown since the last act: a lesson does not tell what comes after it. */
  reached: number;
  /** Where `now` goes as soon as it is known; else the same. */
  aim: number;
  playing: boolean;
  speed: Speed;
  run: Run;
  world: World;
  /** Ms up to which the run is known: what lies after `now` is the forecast. */
  end: number;
  /** Of a lesson, up to now. */
  progress: Progress;
  /** The step whose question is open: time stands still. */
  asking: number | undefined;
  /** The answer to each question that was answered: an option, or −1 for "I do not know". */
  answers: Readonly<Record<number, number>>;
  /** Why the run cannot go on. */
  broken: string | undefined;
};

export type Player = {
  readonly film: Film;
  readonly depth: readonly Depth[];
  readonly nameOf: NameOf;
  subscribe: (changed: () => void) => () => void;
  scene: () => Scene;
  /** Plays on; `atLeast` is a speed for this time only, if the chosen one is slower. */
  play: (atLeast?: number) => void;
  pause: () => void;
  /** To the next event, or back to the one before. */
  step: (by: 1 | -1) => void;
  seek: (at: number) => void;
  setSpeed: (speed: Speed) => void;
  /** Acts now, or so many ms of the run later; what was known to come after it is played anew. */
  act: (act: Act, after?: number) => void;
  answer: (step: number, option: number) => void;
  /** Of a lesson: to where time stands still next, as soon as that is known. */
  skip: () => void;
  /** Of a lesson: to the moment at which the step began, or the one before if it has only begun. */
  back: () => void;
  /** Of a lesson: the step from its beginning, without what was done and answered since. */
  restartStep: () => void;
  /** From the start: with what was done, or without. */
  restart: (run?: Run) => void;
  end: () => void;
};

/** What plays runs: a worker, or in tests the same code without one. */
export type Stage = { send: (order: ToPlayer) => void; close: () => void };
export type OpenStage = (receive: (answer: FromPlayer) => void) => Stage;

/** Ms of a run that are known ahead of what is shown, at least; and of real time at the speed of the moment. */
const AHEAD_MS = 60_000;
const AHEAD_REAL_MS = 3000;
/** Ms of the run after the last act of a lesson's script at which the lesson begins: what it needs is there then. */
const BEGIN_MS = 1000;
/** Real ms between two drawings in which nothing happened but that time went on. */
const REST_MS = 200;
/** A simulated day: no run is longer. */
const LAST_MS = 86_400_000;

/**
 * Plays a run, of a lesson or free. Time goes on in frames of the browser, no further than what is known, than the next open
 * question and than the next step of a lesson that waits for a person.
 */
export function createPlayer(first: Run, { lesson, open }: { lesson?: Lesson; open: OpenStage }): Player {
  const listeners = new Set<() => void>();
  const stage = open(receive);
  const film = createFilm();
  let depth: Depth[] = [];
  // Ids are never used again, so that those of a future that was cut do no harm.
  const orders = new Map<string, number>();
  let take = 0;
  let wanted = 0;
  let frame: number | undefined;
  let last = 0;
  let drawn = 0;
  /** Of the whole run as far as it is known. */
  let known: Progress = noProgress;
  /** The least speed until time stands still. */
  let hurry = 0;
  /** Steps of the lesson that were let go on by a person. */
  let released = 0;
  /** Where a lesson begins: its script has been done. */
  const begin = lesson?.script ? Math.max(...lesson.script.map(({ at }) => at)) + BEGIN_MS : 0;
  let scene: Scene = {
    now: begin,
    reached: begin,
    aim: begin,
    playing: false,
    speed: 1,
    run: first,
    world: film.at(0),
    end: 0,
    progress: noProgress,
    asking: undefined,
    answers: {},
    broken: undefined,
  };

  start(first);

  function start(run: Run): void {
    take++;
    wanted = 0;
    film.cut(-1);
    depth = [];
    known = noProgress;
    stage.send({ kind: 'start', take, run, watch: lesson !== undefined });
    want(AHEAD_MS);
  }

  function want(until: number): void {
    const next = Math.min(LAST_MS, Math.ceil(until));
    if (next <= wanted) return;
    wanted = next;
    stage.send({ kind: 'advance', take, until: next });
  }

  function receive(answer: FromPlayer): void {
    if (answer.take !== take) return;
    if (answer.kind === 'broken') {
      show({ broken: answer.message, playing: false });
      return;
    }
    takeIn(answer.events, answer.until);
    show(scene.aim > scene.now ? { now: Math.min(scene.aim, film.end), aim: scene.aim } : {});
  }

  function takeIn(events: readonly LabEvent[], until: number): void {
    film.add(events, until, (world, event) => addDepth(depth, world, event));
    learnNames(orders, events);
    if (lesson) known = followLesson(lesson, known, events);
  }

  /** Shows the moment anew, with changes. */
  function show(change: Partial<Scene>): void {
    const now = change.now ?? scene.now;
    // Whatever else is done ends the wait for a moment that is not known yet.
    const aim = Math.max(now, change.aim ?? (change.now === undefined ? scene.aim : now));
    const progress = upTo(now);
    const answers = change.answers ?? scene.answers;
    const step = lesson?.steps[progress.ticks.length];
    const asking = step?.ask && answers[progress.ticks.length] === undefined ? progress.ticks.length : undefined;
    const reached = Math.max(change.reached ?? scene.reached, now);
    scene = { ...scene, ...change, aim, reached, world: film.at(now), end: film.end, progress, asking };
    for (const changed of listeners) changed();
  }

  /** What was known of the lesson at a time. */
  function upTo(now: number): Progress {
    if (!lesson) return noProgress;
    const ticks = known.ticks.filter(({ at }) => at <= now);
    return { ...known, ticks, facts: ticks.at(-1)?.facts ?? noProgress.facts };
  }

  /** The ms that time cannot pass: a question, what came of it, or a step that waits for a person's act. */
  function stop(): number {
    if (!lesson) return LAST_MS;
    for (let step = 0; step <= known.ticks.length; step++) {
      const began = step === 0 ? 0 : (known.ticks[step - 1]?.at ?? LAST_MS);
      const { ask, act } = lesson.steps[step] ?? {};
      const isDone = step >= lesson.steps.length;
      // What the run says to a prediction is read before time goes on.
      const isReveal = lesson.steps[step - 1]?.ask !== undefined;
      if (began < scene.now || (began === scene.now && step < released)) continue;
      if (ask && scene.answers[step] === undefined) return began;
      if ((act || isDone || isReveal) && step >= released) return began;
    }
    return LAST_MS;
  }

  function tick(time: number): void {
    frame = undefined;
    if (!scene.playing) return;
    const passed = Math.max(0, Math.min(250, time - last));
    last = time;
    const before = scene.now;
    // As fast as it goes: to the end of what is known.
    const step = scene.speed === 'most' ? film.end - before : passed * Math.max(scene.speed, hurry);
    const end = Math.min(film.end, stop(), LAST_MS);
    const now = Math.min(end, before + step);
    want(
      now + Math.max(AHEAD_MS, scene.speed === 'most' ? 10 * AHEAD_MS : AHEAD_REAL_MS * Math.max(scene.speed, hurry)),
    );
    const isStopped = now >= stop();
    const happened = film.between(Math.floor(before) + 1, Math.floor(now)).length > 0;
    if (isStopped) show({ now: Math.floor(now), playing: false });
    else if (happened || time - drawn >= REST_MS) {
      drawn = time;
      show({ now });
    } else scene = { ...scene, now, aim: now };
    if (scene.playing) run();
  }

  const run = (): void => void (frame ??= requestAnimationFrame(tick));

  function play(atLeast = 0): void {
    // A person who presses Play goes on without the act that the step waits for.
    if (lesson && scene.now >= stop() && scene.asking === undefined) released = scene.progress.ticks.length + 1;
    if (scene.playing) hurry = Math.max(hurry, atLeast);
    if (scene.asking !== undefined || scene.playing) return;
    last = performance.now();
    hurry = atLeast;
    show({ playing: true });
    run();
  }

  function pause(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const now = Math.floor(scene.now);
    show({ playing: false, now, aim: now });
  }

  /** Another run from `at` on, the same before. */
  function fork(next: Run, at: number): void {
    take++;
    film.cut(at - 1);
    depth = cutDepth(depth, at - 1);
    if (lesson) known = followLesson(lesson, noProgress, film.events);
    stage.send({ kind: 'fork', take, run: next, at, have: film.end });
    wanted = at;
    scene = { ...scene, run: next };
    want(at + AHEAD_MS);
  }

  return {
    film,
    nameOf: (id) => orderName(orders.get(id) ?? 0),
    get depth() {
      return depth;
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    scene: () => scene,
    play,
    pause,
    step(by) {
      if (scene.playing) pause();
      const now = Math.floor(scene.now);
      const limit = Math.min(film.end, stop());
      if (by === 1) {
        const next = film.between(now + 1, limit)[0];
        if (next) show({ now: next.at });
        else if (limit > now) show({ now: limit });
        want(now + AHEAD_MS);
      } else show({ now: film.between(0, now - 1).at(-1)?.at ?? 0 });
    },
    seek(at) {
      // Ahead in a lesson, no further than time itself could go.
      const limit = at > scene.now ? Math.max(scene.now, stop()) : LAST_MS;
      const aim = Math.max(0, Math.min(Math.floor(at), limit, LAST_MS));
      want(aim + AHEAD_MS);
      show({ now: Math.min(aim, film.end), aim });
    },
    setSpeed: (speed) => show({ speed }),
    skip() {
      const to = stop();
      if (scene.asking !== undefined) return;
      // A step that is done without a person is gone over as well.
      if (to > scene.now && to < LAST_MS) show({ now: to, playing: false });
      else play(60);
    },
    back() {
      pause();
      const starts = [begin, ...known.ticks.map(({ at }) => at)];
      show({ now: starts.findLast((at) => at < Math.floor(scene.now)) ?? Math.min(begin, scene.now) });
    },
    restartStep() {
      pause();
      const { ticks } = scene.progress;
      // Of a step that has only begun, the one before is meant: it has just been shown.
      const hasBegun = scene.now > (ticks.at(-1)?.at ?? begin) && ticks.length < (lesson?.steps.length ?? 0);
      const step = hasBegun ? ticks.length : Math.max(0, ticks.length - 1);
      const at = Math.max(begin, ticks[step - 1]?.at ?? 0);
      const answers = Object.fromEntries(Object.entries(scene.answers).filter(([asked]) => Number(asked) < step));
      released = step;
      show({ now: at, answers });
      fork({ ...scene.run, inputs: scene.run.inputs.filter((input) => input.at <= at) }, at + 1);
      scene = { ...scene, reached: at };
      show({ now: at });
    },
    act(act, after = 0) {
      if (scene.asking !== undefined) return;
      // Not before what was done already: that is what made the moment.
      const at = Math.max(Math.ceil(scene.now), 0) + 1 + after;
      const next = withInput(scene.run, { ...act, at });
      released = scene.progress.ticks.length + 1;
      fork(next, at);
      scene = { ...scene, reached: scene.now };
      show({});
      if (lesson && !scene.playing) play();
    },
    answer: (step, option) => show({ answers: { ...scene.answers, [step]: option } }),
    restart(next = scene.run) {
      pause();
      released = 0;
      start(next);
      show({ run: next, now: begin, reached: begin, answers: {}, broken: undefined });
    },
    end() {
      pause();
      listeners.clear();
      stage.close();
    },
  };
}
