import fc from 'fast-check';
import type { Params } from './params';
import { type Input, newRun, type Run } from './run';

/** Runs that a test of properties plays; more of them: `VITE_LAB_RUNS=1000 npx vitest run src/lab`. */
export const RUNS = Number(import.meta.env['VITE_LAB_RUNS'] ?? 16);

const params: fc.Arbitrary<Partial<Params>> = fc.record({
  vis: fc.integer({ min: 1, max: 60 }),
  work: fc.integer({ min: 1, max: 40 }),
  vary: fc.constantFrom(0, 1),
  crash: fc.constantFrom(0, 20, 100),
  tries: fc.integer({ min: 0, max: 4 }),
  workers: fc.integer({ min: 0, max: 5 }),
  rate: fc.array(fc.constantFrom(0, 0.3, 2), { minLength: 1, maxLength: 3 }),
  batch: fc.constantFrom(1, 4, 32),
  ttl: fc.constantFrom(-1, 20, 604_800),
  delay: fc.constantFrom(0, 5),
  bad: fc.constantFrom(0, 1, 3),
  extend: fc.constantFrom(0, 1),
});
const acts = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom<Input>(
        ...(
          [
            'send',
            'receive',
            'peek',
            'count',
            'delete',
            'deleteOld',
            'extend',
            'redrive',
            'slip',
            'addWorker',
            'removeWorker',
          ] as const
        ).map((act) => ({ act, at: 0 })),
        { act: 'burst', count: 9, at: 0 },
        { act: 'note', part: 2, at: 0 },
        { act: 'note', part: 0, at: 0 },
        { act: 'crash', worker: 0, at: 0 },
        { act: 'crash', worker: 1, at: 0 },
        { act: 'set', name: 'workers', value: 2, at: 0 },
        { act: 'set', name: 'rate', value: [1, 1, 1], at: 0 },
      ),
    )
    .map(([second, act]): Input => Object.assign({}, act, { at: second * 1000 })),
  { maxLength: 6 },
);
/** Any settings, any acts, any seed. */
export const anyRun: fc.Arbitrary<Run> = fc
  .record({
    params: params.filter(({ delay = 0, ttl = -1 }) => ttl < 0 || delay < ttl),
    inputs: acts,
    seed: fc.nat(9999),
  })
  .map(
    ({ params: change, inputs, seed }): Run =>
      Object.assign(newRun(change, seed), { inputs: inputs.toSorted((a, b) => a.at - b.at) }),
  );
