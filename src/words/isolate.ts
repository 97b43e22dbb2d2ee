/** Characters that are written from right to left, or that say how others are. */
const TURNS = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A value from outside in which characters that reorder others are named instead: `safe\u202egpj.exe` must not read as a picture,
 * and what ends an isolate must not end the one around the value.
 */
export const withoutTurns = (value: string): string =>
  value.replace(CONTROLS, (control) => `U+${control.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether a text has characters that are written from right to left. */
export const turns = (text: string): boolean => TURNS.test(text);

/**
 * A value from outside inside of a sentence, so that its direction neither takes hold of what stands beside it nor is taken from
 * there. For texts alone, where no element can be used: names of controls, titles, toasts. Never for what is copied or exported.
 */
export function isolated(value: string): string {
  const safe = withoutTurns(value);
  return turns(safe) ? `\u2068${safe}\u2069` : safe;
}
