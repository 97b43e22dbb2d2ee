export type PaceChoice = {
  concurrency: number;
  /** Messages begun per second at most; 0: no limit. */
  perSecond: number;
};

export const USUAL_PACE: PaceChoice = { concurrency: 8, perSecond: 0 };

/** One after another, so that messages keep their order. */
export const IN_ORDER: PaceChoice = { concurrency: 1, perSecond: 0 };

/** The pace as `startJob` takes it. */
export const paceOptions = ({ concurrency, perSecond }: PaceChoice) => ({
  concurrency,
  ...(perSecond > 0 && { perSecond }),
});

export type PaceOptions = ReturnType<typeof paceOptions>;
