/** A span of time, without its sign: `17 min 4 s`, `3 h 5 min`, `4 s`. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Compares both clocks in a sentence without its full stop; `skew` in ms, as in `Account.clockSkew`. Hidden is unknown, never 0. */
export function clockText(skew: number | undefined): string {
  if (skew === undefined) return 'How far Azure’s clock is from this device is unknown: no answer has shown its date';
  // `Date` has whole seconds, so a smaller difference cannot be measured.
  if (Math.abs(skew) < 1000) return 'Azure’s clock and this device’s agree to the second';
  return `Azure’s clock is ${minutesAndSeconds(skew)} ${skew > 0 ? 'ahead of' : 'behind'} this device`;
}
