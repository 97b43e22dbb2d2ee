/**
 * Why a part is not here: nothing answered in time (`unreachable`), the server answered with something that is not the file
 * (`missing`), the browser could not run the file (`damaged`), or it can run after a reload only (`reload`).
 */
export type PartProblem = 'unreachable' | 'missing' | 'damaged' | 'reload';

const WORDS: Record<PartProblem, string> = {
  unreachable: 'A part of this page did not arrive, since nothing answered. Try again.',
  missing: 'A part of this page did not arrive: the server answered with something else. Try again.',
  damaged: 'A part of this page arrived damaged. Try again.',
  reload: 'A part of this page can be loaded only after a reload of the page.',
};

/** A part of the page that could not be loaded; its message is a sentence for the screen. */
export class PartError extends Error {
  override name = 'PartError';
  readonly problem: PartProblem;

  constructor(problem: PartProblem, cause?: unknown) {
    super(WORDS[problem], { cause });
    this.problem = problem;
  }
}
