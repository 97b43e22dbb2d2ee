import { create } from 'zustand';
import type { QueueRef } from '@/messages/record';

/** A refresh that a person asked for, from 1; `wasBrowsed`: the rows before it were those of a browse. */
export type Refresh = QueueRef & { number: number; wasBrowsed: boolean };

const store = create<{ latest: Refresh | undefined }>(() => ({ latest: undefined }));

/** Notes that a person refreshes a queue, so that what it brings is told. */
export const noteRefresh = (ref: QueueRef, wasBrowsed: boolean): void =>
  store.setState(({ latest }) => ({ latest: { ...ref, number: (latest?.number ?? 0) + 1, wasBrowsed } }));

/** The latest refresh, when it is of this queue. */
export const useRefresh = ({ connectionId, queue }: QueueRef): Refresh | undefined =>
  store(({ latest }) => (latest?.connectionId === connectionId && latest.queue === queue ? latest : undefined));
