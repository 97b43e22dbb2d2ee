/** What a clock shows and how it goes, so that it can go on elsewhere. */
export type ClockState = {
  /** Epoch ms that the clock showed, and that the device showed at that moment. */
  now: number;
  deviceTime: number;
  paused: boolean;
  speed: number;
};

/** Time as the sandbox sees it. It never goes back, whatever the device's clock does. */
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
  /** Tells of pause, resume, speed and advance, not of ticking; answers how to stop listening. */
  subscribe(listener: () => void): () => void;
  state(): ClockState;
  /**
   * Goes on from another clock's state: a paused one stands where it stood, else what went by on the device since then
   * is added at its own pace, whatever the speed was. The one way in which time can go back.
   */
  restore(state: ClockState): void;
};

/** `startsAt` in epoch ms; without it the clock shows the device's time. */
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

  /** Takes what went by into `shown`, so that pace and place can change from here on. */
  function settle(): void {
    const device = deviceTime();
    // A device whose clock was set back takes no time away.
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
    restore(state) {
      change(() => {
        shown = state.now + (state.paused ? 0 : Math.max(0, since - state.deviceTime));
        ({ paused, speed } = state);
      });
    },
  };
}
