/**
 * How far a job is.
 * - `paused`: nothing new begins; leases are kept alive.
 * - `cancelling`: nothing new begins, what is in flight lands.
 * - `returning`: all is done that was to be; what is still held is returned.
 * - `failed`: the source gave an error; what landed before it stands.
 */
export type JobState = 'running' | 'paused' | 'cancelling' | 'returning' | 'cancelled' | 'done' | 'failed';
