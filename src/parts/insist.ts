/** Ms between two tries, from the first on. */
const PAUSES_MS = [2000, 5000, 15_000, 30_000];

let tell: (cause: unknown) => void = () => {};

/** Parts that are being tried again. */
let missing = 0;

/** From now on calls `listener` with the first failure whenever parts begin to be tried again by themselves. */
export const whenInsisting = (listener: (cause: unknown) => void): void => {
  tell = listener;
};

/** Loads what works behind the screen, where nobody could press "Try again": tries until it is there, at once when a network is back. */
export async function insist<Module>(load: () => Promise<Module>): Promise<Module> {
  for (let tries = 0; ; tries++) {
    try {
      const loaded = await load();
      if (tries > 0) missing -= 1;
      return loaded;
    } catch (cause) {
      if (tries === 0 && missing++ === 0) tell(cause);
      await pause(PAUSES_MS[tries] ?? 30_000);
    }
  }
}

function pause(length: number): Promise<void> {
  const isPage = 'addEventListener' in globalThis;
  return new Promise((resolve) => {
    function end() {
      clearTimeout(timer);
      if (isPage) removeEventListener('online', end);
      resolve();
    }
    const timer = setTimeout(end, length);
    if (isPage) addEventListener('online', end);
  });
}
