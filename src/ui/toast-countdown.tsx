import { useEffect, useState } from 'react';
import { Ring } from './ring';

type ToastCountdownProps = {
  /** Milliseconds from start to end. */
  duration: number;
  paused: boolean;
  onEnd: () => void;
};

/** The seconds left, in a ring. Its own clock: Base UI's has no reading, and stands still while another window is used. */
export function ToastCountdown({ duration, paused, onEnd }: ToastCountdownProps) {
  const left = useCountdown(duration, paused, onEnd);
  return (
    <Ring value={left / duration} tone="neutral" size={24}>
      {Math.ceil(left / 1000)}
    </Ring>
  );
}

const STEP = 250;

/** Milliseconds left of `duration`; stands still while `paused`. Calls `onEnd` once. */
function useCountdown(duration: number, paused: boolean, onEnd: () => void): number {
  const [left, setLeft] = useState(duration);
  const over = left <= 0;
  useEffect(() => {
    if (paused) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const passed = now - last;
      last = now;
      setLeft((before) => Math.max(0, before - passed));
    }, STEP);
    return () => clearInterval(timer);
  }, [duration, paused]);
  useEffect(() => {
    if (over) onEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is over
  }, [over]);
  return left;
}
