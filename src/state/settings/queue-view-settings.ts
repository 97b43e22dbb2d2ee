import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Step } from '@/azure/bodies/model';

/** A condition on decoded bodies, under the name that its chip shows. */
export type SavedExpression = { name: string; source: string };

/** How one queue is looked at on this device. Holds what a person typed, never what a message says. */
export type QueueView = {
  expressions: readonly SavedExpression[];
  /** Paths of the body that are columns, from left to right: `order.total`. */
  paths: readonly string[];
  /** What is taken off each body; undefined: what the text itself suggests. */
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
