import { DEFAULTS, type Params } from './params';
import { type Input, newRun, type Run } from './run';

/** A start for free play: settings and acts, and the question that they raise. Data, so that a test can play each. */
export type Scenario = {
  /** In an address. */
  id: string;
  title: string;
  /** One or two sentences: what is to be seen. */
  text: string;
  params: Params;
  inputs: readonly Input[];
};

const scenario = (
  id: string,
  title: string,
  text: string,
  params: Partial<Params>,
  inputs: readonly Input[] = [],
): Scenario => ({ id, title, text, params: { ...DEFAULTS, ...params }, inputs });

/** The starts of free play, in the order in which they build on one another. */
export const SCENARIOS = [
  scenario('steady', 'Steady flow', 'Orders come as fast as they are worked on: received, worked on, deleted.', {
    rate: [0.4, 0.2],
    workers: 4,
    work: 5,
  }),
  scenario(
    'hidden',
    'Hidden, not gone',
    'One worker takes up to 32 messages at once: peek finds none of them, and the count still has them all.',
    { rate: [0.3], workers: 1, batch: 32, vis: 60, work: 4 },
    [{ act: 'burst', count: 20, at: 500 }],
  ),
  scenario(
    'crash',
    'Crash and redelivery',
    'One order in seven is dropped by a crash, and one in forty is broken. Nothing is lost.',
    { rate: [0.4, 0.2], workers: 4, crash: 15, bad: 40, vary: 1 },
  ),
  scenario(
    'slow',
    'Slow work',
    'The work takes longer than the lease. Every order is charged more than once: find the setting that ends it.',
    { rate: [0.2], workers: 3, vis: 10, work: 15 },
  ),
  scenario(
    'extend',
    'Extend the lease',
    'The same slow work, with workers that extend their lease at half time. Each order is charged once.',
    { rate: [0.2], workers: 4, vis: 10, work: 15, extend: 1 },
  ),
  scenario('poison', 'Poison', 'One order in five fails each time. After three tries a worker sets it aside.', {
    rate: [0.3],
    workers: 3,
    vis: 6,
    work: 2,
    bad: 5,
    tries: 3,
  }),
  scenario(
    'burst',
    'A morning burst',
    'Two hundred orders at once and four workers. How long until the queue is empty?',
    { rate: [0], workers: 4, work: 5, vary: 1 },
    [{ act: 'burst', count: 200, at: 1000 }],
  ),
] as const satisfies readonly Scenario[];

/** The scenario that an address without one means. */
export const USUAL_SCENARIO: Scenario = SCENARIOS[2];

/** The run that a scenario starts with. */
export const runOfScenario = ({ params, inputs }: Scenario, seed?: number): Run => ({
  ...newRun(params, seed),
  inputs,
});
