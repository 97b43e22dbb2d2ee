/** Between two looks at whether something works; a page in the background may look once a minute. */
const LOOK_MS = 15_000;

type IdleOptions = {
  limitMs: number;
  /** True while work goes on that counts as use. */
  isBusy: () => boolean;
  /** Called once each time the limit is reached. */
  onIdle: () => void;
  /** Epoch ms; tests replace it. */
  now?: () => number;
  /** Calls at this interval and returns a function that ends that; tests replace it. */
  every?: (milliseconds: number, call: () => void) => () => void;
};

/** Tells when there was neither input nor work for so long. Works over a sleep of the machine, after which the first input is late. */
export function watchIdle({ limitMs, isBusy, onIdle, now = () => Date.now(), every = interval }: IdleOptions) {
  let last = now();
  let isTold = false;

  function look(): void {
    if (isBusy()) last = now();
    if (isTold || now() - last < limitMs) return;
    isTold = true;
    onIdle();
  }
  return {
    /** To be called at each input. One that comes after the limit does not count before the limit is told. */
    used: (): void => {
      look();
      last = now();
      isTold = false;
    },
    stop: every(Math.min(LOOK_MS, limitMs), look),
  };
}

function interval(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(call, milliseconds);
  return () => clearInterval(timer);
}
