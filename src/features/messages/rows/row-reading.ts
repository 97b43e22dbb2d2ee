import type { Step } from '@/azure/bodies/model';

/** The steps that the messages of a queue are decoded by; undefined detects them for each text. */
export type Steps = readonly Step[] | undefined;

/**
 * How a row reads its body: by which steps, and which paths are columns. `isOwn`: its queue is read by other steps, and
 * another message with the same text, too.
 */
export type RowReading = { steps?: Steps; paths: readonly string[]; isOwn?: boolean };

/** What was found, or is being looked for, by one way of reading. */
export type Kept<Value> = { readBy: string; value: Value };
