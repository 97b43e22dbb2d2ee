import type { LabEvent } from '../film/lab-event';
import type { Run } from '../run/run';
import { type Checkpoint, createEngine, type Engine } from './engine';
import type { FromPlayer, ToPlayer } from './play-protocol';

/** Ms of the run between two checkpoints, so that acting in the past plays at most that long again. */
const CHECKPOINT_MS = 5000;
/** Checkpoints that are kept; of more, every second one goes, the newest last. */
const MOST_CHECKPOINTS = 120;
/** Messages of all checkpoints together, of which the same holds. */
const MOST_KEPT = 150_000;
/** A part of the way that is answered on its own, so that the picture need not wait for all of it: ms of the run, and events. */
const PIECE = { ms: 10_000, events: 1000 };
/** Ms of the run that are played at once. */
const STEP_MS = 250;

/** Plays one run at a time, and goes back to any moment of it. `post` gets what happens, in order. */
export function createRunPlayer(post: (answer: FromPlayer) => void): (order: ToPlayer) => void {
  let engine: Engine | undefined;
  /** Ms up to and with which all has happened; −1 before the first. */
  let done = -1;
  let watch = false;
  let take = 0;
  let checkpoints: Checkpoint[] = [];
  let kept = 0;
  let work: Promise<void> = Promise.resolve();

  async function open(next: Run, from?: Checkpoint): Promise<void> {
    engine = await createEngine(next, { watch, ...(from && { from }) });
    done = from?.at ?? -1;
  }

  /** Plays up to `until`, or until there are many events, with a checkpoint every few seconds. */
  async function play(until: number, most = Infinity): Promise<LabEvent[]> {
    if (!engine) return [];
    const parts: LabEvent[][] = [];
    let played = 0;
    while (done < until && played < most) {
      done = Math.min(until, done + STEP_MS);
      const part = await engine.advance(done);
      parts.push(part);
      played += part.length;
      if (done >= (checkpoints.at(-1)?.at ?? 0) + CHECKPOINT_MS) keep(engine.checkpoint());
    }
    return parts.flat();
  }

  function keep(checkpoint: Checkpoint): void {
    checkpoints.push(checkpoint);
    kept += messagesIn(checkpoint);
    if (checkpoints.length <= MOST_CHECKPOINTS && kept <= MOST_KEPT) return;
    checkpoints = checkpoints.filter((_, index) => index % 2 === (checkpoints.length - 1) % 2);
    kept = checkpoints.reduce((sum, one) => sum + messagesIn(one), 0);
  }

  async function advance(order: Extract<ToPlayer, { kind: 'advance' }>): Promise<void> {
    while (done < order.until && order.take === take) {
      const events = await play(Math.min(order.until, done + PIECE.ms), PIECE.events);
      post({ kind: 'played', take: order.take, events, until: done });
    }
  }

  async function fork({ run: next, at, have }: Extract<ToPlayer, { kind: 'fork' }>): Promise<void> {
    // The act is the first thing of its ms.
    const before = at - 1;
    checkpoints = checkpoints.filter((one) => one.at <= Math.min(before, have));
    kept = checkpoints.reduce((sum, one) => sum + messagesIn(one), 0);
    await open(next, checkpoints.at(-1));
    const events = (await play(at)).filter((event) => event.at > have);
    post({ kind: 'played', take, events, until: at });
  }

  async function obey(order: ToPlayer): Promise<void> {
    if (order.take !== take) return;
    try {
      if (order.kind === 'start') {
        checkpoints = [];
        kept = 0;
        await open(order.run);
        const events = await play(0);
        post({ kind: 'played', take, events, until: 0 });
      } else if (order.kind === 'fork') await fork(order);
      else if (order.kind === 'hash') {
        const { hashRun } = await import('./hash-run');
        post({ kind: 'hashed', take, log: await hashRun(order.run, order.until) });
      } else await advance(order);
    } catch (error) {
      post({ kind: 'broken', take: order.take, message: error instanceof Error ? error.message : String(error) });
    }
  }

  return (order) => {
    if (order.kind !== 'advance') take = order.take;
    if (order.kind === 'start') watch = order.watch;
    work = work.then(() => obey(order));
  };
}

const messagesIn = ({ service }: Checkpoint): number =>
  service.queues.reduce((sum, { messages }) => sum + messages.length, 0);
