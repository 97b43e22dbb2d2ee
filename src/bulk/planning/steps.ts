/**
 * What is done to each message, in a safe order: a copy exists before its original goes.
 * - `write`: it is written to a file, without a request; the file is finished before the next step begins.
 * - `change`: its text is replaced.
 * - `send`: it is added to another queue.
 * - `delete`: it is deleted here.
 * - `hide`: it is hidden for a time.
 * - `keep`: its lease is handed to the person, without a request.
 */
export type Step = 'write' | 'change' | 'send' | 'delete' | 'hide' | 'keep';
export type Steps = readonly Step[];

/** Work with the steps that it takes, which leases and forecasts are planned by. */
export type Planned = { readonly steps?: Steps };

/** The same function, with its steps. */
export const planned = <Call>(steps: Steps, call: Call): Call & Planned =>
  Object.assign(call as Call & object, { steps });

/** True when a message is still in its queue, and visible, after these steps. */
export const stays = (steps: Steps): boolean =>
  !steps.includes('delete') && !steps.includes('hide') && !steps.includes('keep');

/** True when all messages are written to a file, which is finished before anything is done with the first of them. */
export const isWrittenFirst = (steps: Steps): boolean => steps.includes('write') && steps.length > 1;

/** Requests of these steps for one message, without its return. A text that is sent or hidden is changed with that. */
export const requestsEach = (steps: Steps): number =>
  steps.filter(
    (step) =>
      step !== 'write' && step !== 'keep' && !(step === 'change' && (steps.includes('send') || steps.includes('hide'))),
  ).length;
