import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Step } from '@/azure/bodies/model';

/** A condition on decoded bodies, under the name that its chip shows. */
export type SavedExpression = { name: string; source: string };

/** View settings of one queue on this device. Contains what a person typed, never message texts. */
export type QueueView = {
  expressions: readonly SavedExpression[];
  /** Paths of the body that are columns, from left to right: `order.total`. */
  paths: readonly string[];
  /** Decode steps of each body; undefined: as the text suggests. */
  steps?: readonly Step[] | undefined;
};

const usual: QueueView = { expressions: [], paths: [] };

const store = create<{ views: Record<string, QueueView> }>()(
  persist(() => ({ views: {} }), { name: 'queuescope.queue-views', version: 1 }),
);

const keyOf = (connectionId: string, queue: string) => `${connectionId}/${queue}`;

export const useQueueView = (connectionId: string, queue: string) =>
  store((state) => state.views[keyOf(connectionId, queue)] ?? usual);

export const setQueueView = (connectionId: string, queue: string, change: Partial<QueueView>) =>
  store.setState(({ views }) => {
    const key = keyOf(connectionId, queue);
    return { views: { ...views, [key]: { ...(views[key] ?? usual), ...change } } };
  });
