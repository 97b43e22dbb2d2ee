import type { FromPlayer, ToPlayer } from '@/lab/engine/play-protocol';
import { createFilm, type Film } from '@/lab/film/film';
import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import { followLesson, type Lesson, noProgress, type Progress } from '@/lab/lessons/lesson';
import { type Act, LAST_MS, type Run, withInput } from '@/lab/run/run';
import { PartError } from '@/parts/part-error';
import type { Prediction, Predictor } from '../predict/predict';
import type { Caption, NameOf } from '../text/event-text';
import { orderName } from '../text/names';
import { Captions } from './captions';
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
  /** What is happening, or happened last. */
  caption: Caption;
  /** How many times as fast as real time the run is played, where that is less than was asked for, and where all is asked for. */
  pace: number | undefined;
  /** A question that a person asked for in free play. */
  predicted: Predicted | undefined;
  /** Why the run cannot go on. */
  broken: string | undefined;
  /** What plays runs did not arrive: the run can be begun anew. */
  missing: PartError | undefined;
};

/**
 * A question of free play. `asked`: time stands still until it is answered; `answer` is what is chosen. `running`: time goes on to
 * what is asked for. `told`: it was seen. `answer` is an option, or −1 for "I do not know".
 */
export type Predicted = { prediction: Prediction; at: number } & (
  | { phase: 'asked'; answer?: number }
  | { phase: 'running' | 'told'; answer: number }
);

export type Player = {
  readonly film: Film;
  readonly depth: readonly Depth[];
  readonly nameOf: NameOf;
  subscribe: (changed: () => void) => () => void;
  /** Told by who draws the lists: true until they are drawn, so that no more is asked of the page than it can do. */
  drawing: (isDrawing: boolean) => void;
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
  /** Asks a question about this moment, in free play; returns why there is none. */
  predict: (predictor: Predictor) => string | undefined;
  /** Chooses an answer to the question of free play. */
  choose: (option: number) => void;
  /** Answers the question of free play, and lets time go on to what it asks for. */
  guess: (option: number) => void;
  /** Puts the question of free play away. */
  forgetQuestion: () => void;
  /** From the start: with what was done, or without. */
  restart: (run?: Run) => void;
  end: () => void;
};

const NO_CAPTION: Caption = { title: '', detail: '', concept: '', tone: 'neutral' };
/** Where a caption is looked for in what happened last: ms of the run, and events. */
const RECENT_MS = 30_000;
const MOST_RECENT = 100;

/** What plays runs: a worker, or in tests the same code without one. */
export type Stage = { send: (order: ToPlayer) => void; close: () => void };
/** `fail`: it did not start, or ended itself. */
export type OpenStage = (receive: (answer: FromPlayer) => void, fail: (cause: unknown) => void) => Stage;

/** Ms of a run that are known ahead of what is shown, at least; and of real time at the speed of the moment. */
const AHEAD_MS = 60_000;
const AHEAD_REAL_MS = 3000;
/** Ms of the run after the last act of a lesson's script at which the lesson begins: what it needs is there then. */
const BEGIN_MS = 1000;
/** Real ms between two drawings of lists while time goes on, and where nothing happened but that. */
const DRAWN_MS = 100;
const REST_MS = 200;
/** And at most, however long the lists take. */
const LONGEST_DRAWN_MS = 1000;
/** Events that are known ahead of what is shown, after which no more are asked for. */
const MOST_AHEAD = 20_000;
/** Events of a lesson, which is kept from its start. */
const MOST_OF_LESSON = 200_000;
/** Real ms over which the pace is measured. */
const PACE_MS = 1000;
/** Names that are kept, and how many go at once when there are more. */
const MOST_NAMES = 50_000;
/** Speed at which time goes on to what a question of free play asks for. */
const REVEAL_SPEED = 4;
/**
 * Plays a run, of a lesson or free. Time goes on in frames of the browser, no further than what is known, than the next open
 * question and than the next step of a lesson that waits for a person.
 */
export function createPlayer(first: Run, { lesson, open }: { lesson?: Lesson; open: OpenStage }): Player {
  const listeners = new Set<() => void>();
  let stage = open(receive, fail);
  const film = createFilm();
  let depth: Depth[] = [];
  // Ids are never used again, so that those of a future that was cut do no harm.
  const orders = new Map<string, number>();
  let take = 0;
  /** Ms up to which the run was asked for, and up to which it is to be asked for as soon as there is room. */
  let wanted = 0;
  let goal = 0;
  let frame: number | undefined;
  const captions = new Captions();
  /** Real ms for which the run has played. */
  let played = 0;
  let paced = { played: 0, now: 0, isShort: false };
  /** Questions that were asked for. */
  let turn = 0;
  let speedBefore: Speed = 1;
  const nameOf: NameOf = (id) => orderName(orders.get(id) ?? 0);
  let last = 0;
  let drawn = 0;
  /** Ms of the run that the lists were drawn at. */
  let shown = 0;
  let isDrawing = false;
  /** Of the whole run as far as it is known. */
  let known: Progress = noProgress;
  /** The least speed until time stands still. */
  let hurry = 0;
  /** Steps to the next event that were asked for before it was known. */
  let owed = 0;
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
    caption: NO_CAPTION,
    pace: undefined,
    predicted: undefined,
    broken: undefined,
    missing: undefined,
  };

  start(first);

  function start(run: Run): void {
    take++;
    wanted = 0;
    goal = 0;
    film.cut(-1);
    depth = [];
    captions.cut(-1);
    known = noProgress;
    stage.send({ kind: 'start', take, run, watch: lesson !== undefined });
    want(AHEAD_MS);
  }

  function want(until: number): void {
    goal = Math.max(goal, Math.min(LAST_MS, Math.ceil(until)));
    askOn();
  }

  /** Asks for the next part of the run, when the one before is nearly there and not too much is waiting to be shown. */
  function askOn(): void {
    const end = Math.max(0, film.end);
    if (wanted - end > AHEAD_MS / 2 && wanted > 0) return;
    if (scene.aim <= end && film.count(scene.now + 1, end) > MOST_AHEAD) return;
    const next = Math.min(goal, Math.max(end, wanted) + AHEAD_MS);
    if (next <= wanted) return;
    wanted = next;
    stage.send({ kind: 'advance', take, until: next });
  }

  function receive(answer: FromPlayer): void {
    if (answer.take !== take || answer.kind === 'hashed') return;
    if (answer.kind === 'broken') {
      pause();
      show({ broken: answer.message });
      return;
    }
    takeIn(answer.events, answer.until);
    if (lesson && film.events.length > MOST_OF_LESSON) {
      pause();
      show({ broken: 'a lesson has no more than 200,000 events' });
      return;
    }
    askOn();
    // While the run plays, its next frame shows what has come.
    if (scene.playing) scene = { ...scene, end: film.end };
    else show(scene.aim > scene.now ? { now: Math.max(0, Math.min(scene.aim, film.end)), aim: scene.aim } : {});
    if (owed > 0 && !scene.playing && stepOn()) owed--;
  }

  function fail(cause: unknown): void {
    const missing = cause instanceof PartError ? cause : undefined;
    pause();
    show({ broken: missing ? 'its worker did not arrive' : 'its worker does not run', missing });
  }

  function takeIn(events: readonly LabEvent[], until: number): void {
    film.add(events, until, (world, event) => {
      learnName(world, event);
      addDepth(depth, world, event);
      captions.add(event, world, nameOf);
    });
    // A lesson looks back to its start.
    if (!lesson) film.thin(Math.min(scene.now, scene.aim));
    else known = followLesson(lesson, known, events);
  }

  function learnName(world: World, event: LabEvent): void {
    if (event.what !== 'served' || event.request.op !== 'send' || !event.reply.ok) return;
    for (const { id } of event.reply.messages ?? []) orders.set(id, world.messages[id]?.order ?? 0);
    if (orders.size <= MOST_NAMES) return;
    // The oldest, unless they are still there.
    for (const id of [...orders.keys()].slice(0, MOST_NAMES / 5)) if (!world.messages[id]) orders.delete(id);
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
    scene.caption = captions.say(scene, played, () => film.between(now - RECENT_MS, now, MOST_RECENT), nameOf);
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
    const { predicted } = scene;
    if (predicted && predicted.phase !== 'told')
      return predicted.phase === 'asked' ? predicted.at : predicted.prediction.revealAt;
    if (!lesson) return LAST_MS;
    for (let step = 0; step <= known.ticks.length; step++) {
      // What the script has done before the lesson begins is over then.
      const began = Math.max(begin, step === 0 ? 0 : (known.ticks[step - 1]?.at ?? LAST_MS));
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
    played += passed;
    const before = scene.now;
    // As fast as it goes: to the end of what is known.
    const step = scene.speed === 'most' ? film.end - before : passed * Math.max(scene.speed, hurry);
    const end = Math.min(film.end, stop(), LAST_MS);
    const now = Math.max(before, Math.min(end, before + step));
    paced.isShort ||= before + step > film.end && film.end < stop();
    want(
      now + Math.max(AHEAD_MS, scene.speed === 'most' ? 10 * AHEAD_MS : AHEAD_REAL_MS * Math.max(scene.speed, hurry)),
    );
    scene = { ...scene, now, aim: now };
    if (now >= stop()) arrive(Math.floor(now));
    else if (isDue(time, now)) {
      drawn = time;
      shown = now;
      show({ now, pace: paceNow(now) });
    }
    if (scene.playing) run();
  }

  /** Whether the lists are to be drawn anew, with the run at `now`. */
  function isDue(time: number, now: number): boolean {
    const rest = time - drawn;
    if (isDrawing) return rest >= LONGEST_DRAWN_MS;
    return rest >= REST_MS || (rest >= DRAWN_MS && film.count(Math.floor(shown) + 1, Math.floor(now)) > 0);
  }

  /** Time has come to where it stops. */
  function arrive(now: number): void {
    const { predicted } = scene;
    if (predicted?.phase !== 'running') {
      show({ now, playing: false, pace: undefined });
      return;
    }
    show({ now, playing: false, pace: undefined, speed: speedBefore, predicted: { ...predicted, phase: 'told' } });
  }

  /** The pace over the last second, where it is less than was asked for. */
  function paceNow(now: number): number | undefined {
    const over = played - paced.played;
    if (over < PACE_MS) return scene.pace;
    const pace = Math.max(0, now - paced.now) / over;
    const { isShort } = paced;
    paced = { played, now, isShort: false };
    if (scene.speed === 'most') return pace;
    return isShort && pace < 0.95 * scene.speed ? pace : undefined;
  }

  const run = (): void => void (frame ??= requestAnimationFrame(tick));

  function play(atLeast = 0): void {
    // A person who presses Play goes on without the act that the step waits for.
    if (lesson && scene.now >= stop() && scene.asking === undefined) released = scene.progress.ticks.length + 1;
    if (scene.playing) hurry = Math.max(hurry, atLeast);
    if (isAsking() || scene.playing || scene.broken !== undefined) return;
    last = performance.now();
    hurry = atLeast;
    owed = 0;
    paced = { played, now: scene.now, isShort: false };
    show({ playing: true, ...(scene.predicted?.phase === 'told' && { predicted: undefined }) });
    run();
  }

  function pause(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const now = Math.floor(scene.now);
    show({ playing: false, now, aim: now, pace: undefined });
  }

  /** Another run from `at` on, the same before. */
  function fork(next: Run, at: number): void {
    take++;
    film.cut(at - 1);
    depth = cutDepth(depth, at - 1);
    captions.cut(at - 1);
    if (lesson) known = followLesson(lesson, noProgress, film.events);
    stage.send({ kind: 'fork', take, run: next, at, have: film.end });
    wanted = at;
    goal = at;
    scene = { ...scene, run: next, ...withoutQuestion() };
    want(at + AHEAD_MS);
  }

  /** Steps to a moment that time itself could have come to. */
  function moveTo(now: number): void {
    shown = now;
    if (now >= stop() && scene.predicted?.phase === 'running') arrive(now);
    else show({ now });
  }

  /** To the next event; false when it is not known yet. */
  function stepOn(): boolean {
    const now = Math.floor(scene.now);
    const end = stop();
    const next = film.next(now);
    want(Math.max(now, scene.aim) + AHEAD_MS);
    if (scene.aim > scene.now || (film.end <= now && now < end)) return false;
    const to = Math.min(next?.at ?? LAST_MS, film.end, end);
    if (to > now) moveTo(to);
    return true;
  }

  function seek(at: number): void {
    owed = 0;
    // Ahead in a lesson, no further than time itself could go; and nowhere while a question is open.
    const limit = at > scene.now ? Math.max(scene.now, stop()) : LAST_MS;
    const aim = Math.max(0, Math.min(Math.floor(at), limit, LAST_MS));
    if (aim >= stop() && scene.predicted?.phase === 'running') {
      moveTo(aim);
      return;
    }
    const change = aim === scene.now ? {} : withoutQuestion();
    // What was forgotten of a long run is played again.
    if (aim < film.from) {
      scene = { ...scene, ...change, now: 0, aim };
      start(scene.run);
    }
    shown = Math.min(aim, film.end);
    paced = { played, now: shown, isShort: false };
    scene = { ...scene, aim };
    want(aim + AHEAD_MS);
    show({ now: Math.max(0, Math.min(aim, film.end)), aim, ...change });
  }

  /** A question is open: nothing acts and time stands still. */
  const isAsking = (): boolean => scene.asking !== undefined || scene.predicted?.phase === 'asked';

  /** What was asked for is not seen when a person goes elsewhere or acts: the question is put away. */
  const withoutQuestion = (): Partial<Scene> =>
    scene.predicted ? { predicted: undefined, ...(scene.predicted.phase === 'running' && { speed: speedBefore }) } : {};

  return {
    film,
    nameOf,
    get depth() {
      return depth;
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    drawing: (now) => void (isDrawing = now),
    scene: () => scene,
    play,
    pause,
    step(by) {
      if (scene.playing) pause();
      if (by === 1) {
        if (!stepOn()) owed++;
        return;
      }
      owed = 0;
      const before = film.previous(Math.floor(scene.now))?.at;
      if (before === undefined && film.from > 0) seek(film.from - 1);
      else show({ now: before ?? 0, ...withoutQuestion() });
    },
    seek,
    setSpeed: (speed) =>
      show({ speed, pace: undefined, ...(scene.predicted?.phase === 'running' && { predicted: undefined }) }),
    skip() {
      const to = stop();
      if (scene.asking !== undefined) return;
      // A step that is done without a person is gone over as well.
      if (to > scene.now && to < LAST_MS) {
        pause();
        moveTo(to);
      } else play(60);
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
      if (isAsking() || scene.broken !== undefined) return;
      // Not before what was done already: that is what made the moment. Nor before a moment that is on its way to be shown.
      const at = Math.max(Math.ceil(scene.aim), 0) + 1 + after;
      if (at > LAST_MS) return;
      const next = withInput(scene.run, { ...act, at });
      released = scene.progress.ticks.length + 1;
      fork(next, at);
      scene = { ...scene, reached: scene.now };
      show({});
      if (lesson && !scene.playing) play();
    },
    answer: (step, option) => show({ answers: { ...scene.answers, [step]: option } }),
    predict({ horizonMs, predict }) {
      if (isAsking()) return undefined;
      pause();
      const now = Math.floor(scene.now);
      if (scene.broken !== undefined) return 'The run has stopped.';
      if (film.end < now + horizonMs) {
        want(now + horizonMs + AHEAD_MS);
        return now + horizonMs > LAST_MS
          ? 'The run ends here.'
          : 'The run is not known that far ahead yet: ask again in a moment.';
      }
      const prediction = predict(film, now, turn);
      if (!prediction) return 'Nothing is on its way now: send an order, or let the run go on.';
      turn++;
      show({ predicted: { prediction, at: now, phase: 'asked' } });
      return undefined;
    },
    choose(answer) {
      const { predicted } = scene;
      if (predicted?.phase === 'asked') show({ predicted: { ...predicted, answer } });
    },
    guess(answer) {
      const { predicted } = scene;
      if (predicted?.phase !== 'asked') return;
      speedBefore = scene.speed;
      show({ speed: REVEAL_SPEED, predicted: { ...predicted, phase: 'running', answer } });
      play();
    },
    forgetQuestion: () => show(withoutQuestion()),
    restart(next = scene.run) {
      pause();
      owed = 0;
      released = 0;
      if (scene.broken !== undefined) {
        // What failed answers no more.
        stage.close();
        stage = open(receive, fail);
      }
      const whole = { broken: undefined, missing: undefined };
      scene = { ...scene, ...withoutQuestion(), run: next, now: begin, aim: begin, ...whole };
      start(next);
      show({ run: next, now: begin, reached: begin, answers: {}, ...whole });
    },
    end() {
      pause();
      listeners.clear();
      stage.close();
    },
  };
}
