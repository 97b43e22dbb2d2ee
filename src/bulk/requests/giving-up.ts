/**
 * Rounds of failures, with nothing returned in between, after which the others are not tried any more: an account that
 * answers none of a few, each tried for a while, answers none of 100,000.
 */
export const MAX_FAILED_ROUNDS = 2;

export const CANCELLED_REASON = 'It was cancelled before it was returned.';
export const NOT_TRIED_REASON = 'Stopped after several failures.';
