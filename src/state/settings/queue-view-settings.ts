import type { Step } from '@/azure/bodies/model';
import { keptStore } from './kept-store';

/** A condition on decoded bodies, under the name that its chip shows. */
export type SavedExpression = { name: string; source: string };

/** View settings of one queue on this device. Contains what a person typed, never message texts. */
export type QueueView = {
  expressions: readonly SavedExpression[];
  /** Paths of the body that are columns, from left to right: `order.total`. */
  paths: readonly string[];
  /** Decode steps of each body; undefined: as the text suggests. */
  steps?: readonly Step[] | undefined;
  /** What holds for single messages instead, by their ids, in this tab. */
  own?: OwnSteps;
};

/** Decode steps by message id; undefined: as the text suggests. */
export type OwnSteps = ReadonlyMap<string, QueueView['steps']>;

const usual: QueueView = { expressions: [], paths: [] };

type Views = { views: Record<string, QueueView> };

const store = keptStore<Views>(
  'queuescope.queue-views',
  { views: {} },
  {
    written: ({ views }) => ({
      views: Object.fromEntries(
        Object.entries(views).map(([key, { expressions, paths, steps }]) => [key, { expressions, paths, steps }]),
      ),
    }),
    read(stored, current) {
      const views = { ...(stored as Views | undefined)?.views };
      // What holds for single messages is this tab's.
      for (const [key, { own }] of Object.entries(current.views))
        if (own) views[key] = { ...(views[key] ?? usual), own };
      return { views };
    },
  },
);

const keyOf = (connectionId: string, queue: string) => `${connectionId}/${queue}`;

export const useQueueView = (connectionId: string, queue: string) =>
  store((state) => state.views[keyOf(connectionId, queue)] ?? usual);

export const queueViewOf = (connectionId: string, queue: string) =>
  store.getState().views[keyOf(connectionId, queue)] ?? usual;

export const setQueueView = (connectionId: string, queue: string, change: Partial<QueueView>) =>
  store.change(({ views }) => {
    const key = keyOf(connectionId, queue);
    return { views: { ...views, [key]: { ...(views[key] ?? usual), ...change } } };
  });
