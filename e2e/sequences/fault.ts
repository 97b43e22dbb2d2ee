/** Something that is not as it should be, in words. */
export class Fault extends Error {
  override readonly name = 'Fault';
  /** Kinds of it, such as `lost` or `old text`. */
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

/** The page does not let it be done: a button is off or not there. What it does not do needs no check. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
