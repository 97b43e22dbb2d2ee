import { create } from 'zustand';
import { MOST_MESSAGES } from '@/azure/protocol/limits';
import { spokenSpan } from '@/words/spans';
import { actionsOn } from './action';
import { readActions } from './queue-actions';

/** How many messages a receive asks for, and for how many seconds it hides them. */
export type Receive = { count: number; visibilityTimeout: number };

type QueueSubject = Parameters<NonNullable<(typeof readActions)['receive']['run']>>[0];

type Asked = Receive & QueueSubject;

const store = create<{ asked: Asked | undefined }>(() => ({ asked: undefined }));

/** A receive from a queue that was asked for elsewhere than in its bar. */
export const useAskedReceive = ({ connectionId, queue }: QueueSubject): Receive | undefined =>
  store(({ asked }) => (asked?.connectionId === connectionId && asked.queue === queue ? asked : undefined));
/** Says that it is being done, or is no longer wanted. */
export const dropAskedReceive = () => store.setState({ asked: undefined });

/** What is received at once. */
export const PRESETS = {
  one: { count: 1, visibilityTimeout: 30 },
  some: { count: 16, visibilityTimeout: 300 },
  most: { count: MOST_MESSAGES, visibilityTimeout: 300 },
} as const satisfies Record<string, Receive>;

const hint = 'Hides them from every consumer and raises their dequeue counts by 1';

const preset = (receive: Receive) => ({
  label: `Receive ${receive.count} for ${spokenSpan(receive.visibilityTimeout)}`,
  hint,
  may: 'receive' as const,
  run: (on: QueueSubject) => {
    readActions.receive.run?.(on, []);
    store.setState({ asked: { ...receive, connectionId: on.connectionId, queue: on.queue } });
  },
});

/** Receives that need no form, each at once; the bar of receiving does them. */
export const receiveActions = actionsOn<QueueSubject>()('receive', 'Messages', {
  one: preset(PRESETS.one),
  some: preset(PRESETS.some),
  most: preset(PRESETS.most),
});
