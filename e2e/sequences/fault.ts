/** A difference from what should be, as text. */
export class Fault extends Error {
  override readonly name = 'Fault';
  /** Kinds of the fault, such as `lost` or `old text`. */
  readonly kinds: readonly string[];
  readonly expected: readonly string[];
  readonly found: readonly string[];

  constructor(kinds: readonly string[], what: string, expected: readonly string[] = [], found: readonly string[] = []) {
    super(what);
    this.kinds = kinds;
    this.expected = expected;
    this.found = found;
  }
}

/** The page does not offer the action: a button is off or missing. Nothing was done, so nothing needs a check. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
