export type PaceChoice = {
  concurrency: number;
  /** Messages a second at most; 0 is as fast as it goes. */
  perSecond: number;
};

export const USUAL_PACE: PaceChoice = { concurrency: 8, perSecond: 0 };

/** For `startJob`. */
export const paceOptions = ({ concurrency, perSecond }: PaceChoice) => ({
  concurrency,
  ...(perSecond > 0 && { perSecond }),
});

export type PaceOptions = ReturnType<typeof paceOptions>;
