/**
 * - `paused`: no item starts; leases are renewed.
 * - `cancelling`: no item starts; items in progress end.
 * - `returning`: all items have ended; messages that are still leased are returned.
 * - `failed`: the source threw an error; outcomes before it remain valid.
 */
export type JobState = 'running' | 'paused' | 'cancelling' | 'returning' | 'cancelled' | 'done' | 'failed';
