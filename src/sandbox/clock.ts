/** State of a clock, to continue it in another page. */
export type ClockState = {
  /** Epoch ms of the clock, and of the device at the same moment. */
  now: number;
  deviceTime: number;
  paused: boolean;
  speed: number;
};

/** The clock of the sandbox. It never goes back, whatever the device's clock does. */
export type Clock = {
  /** Epoch ms, whole numbers. */
  now: () => number;
  readonly paused: boolean;
  readonly speed: number;
  pause(): void;
  resume(): void;
  /** @throws RangeError unless finite and above 0. */
  setSpeed(times: number): void;
  /**
   * Moves ahead by that many ms; also while paused, as a step.
   * @throws RangeError unless finite and at least 0.
   */
  advance(ms: number): void;
  /** Calls `listener` after pause, resume, speed and advance, not on ticks; returns a function that ends that. */
  subscribe(listener: () => void): () => void;
  state(): ClockState;
  /**
   * Continues another clock's state: a paused one stays, else the time that passed on the device since then is added at normal
   * speed. With `follow` the only way in which time can go back.
   */
  restore(state: ClockState): void;
  /** Goes by another clock of this device, which has that state: it shows what that one shows, until the next call. */
  follow(state: ClockState): void;
};

/** `startsAt` in epoch ms; the device's time by default. */
export function createClock({
  deviceTime = () => Date.now(),
  startsAt = deviceTime(),
  paused: startsPaused = false,
}: {
  startsAt?: number;
  deviceTime?: () => number;
  paused?: boolean;
} = {}): Clock {
  const listeners = new Set<() => void>();
  let shown = startsAt;
  let since = deviceTime();
  let speed = 1;
  let paused = startsPaused;

  /** Adds the time since the last call to `shown`, before speed or time change. */
  function settle(): void {
    const device = deviceTime();
    // Setting the device's clock back does not set this clock back.
    if (!paused && device > since) shown += (device - since) * speed;
    since = device;
  }

  function change(apply: () => void): void {
    settle();
    apply();
    for (const listener of listeners) listener();
  }

  return {
    now() {
      settle();
      return Math.floor(shown);
    },
    get paused() {
      return paused;
    },
    get speed() {
      return speed;
    },
    pause: () => change(() => (paused = true)),
    resume: () => change(() => (paused = false)),
    setSpeed(times) {
      if (!(times > 0 && Number.isFinite(times))) throw new RangeError('The speed is a number above 0.');
      change(() => (speed = times));
    },
    advance(ms) {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError('Time only moves ahead.');
      change(() => (shown += ms));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state() {
      settle();
      return { now: Math.floor(shown), deviceTime: since, paused, speed };
    },
    follow(state) {
      change(() => {
        shown = state.now + (state.paused ? 0 : Math.max(0, since - state.deviceTime) * state.speed);
        ({ paused, speed } = state);
      });
    },
    restore(state) {
      change(() => {
        shown = state.now + (state.paused ? 0 : Math.max(0, since - state.deviceTime));
        ({ paused, speed } = state);
      });
    },
  };
}
