/** What a line of a program does; the film knows which of these a worker is at. */
export type Stage =
  | 'create'
  | 'send'
  | 'peek'
  | 'receive'
  | 'peekAgain'
  | 'count'
  | 'work'
  | 'extend'
  | 'note'
  | 'copy'
  | 'moved'
  | 'delete'
  | 'redrive';

/**
 * Programs of the lab. `first`, `look` and `monitor`: what a person does by hand, one call after the other. `worker`: a loop of its
 * own. `extend`, `note`, `poison`: that loop with an extended lease, with a note to the next worker, with a rule for poison
 * messages.
 */
export type ProgramName = 'first' | 'look' | 'monitor' | 'worker' | 'extend' | 'note' | 'poison';
