import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS, type Params, RANGES } from './params';
import { newRun, readRun, withInput, writeRun } from './run';

const read = (query: string) => readRun(new URLSearchParams(query));

describe('an address', () => {
  test.each<[query: string, problem: RegExp]>([
    ['vis=', /"vis" is not a number: 30 is taken/],
    ['vis=30s', /"vis" is not a number: 30 is taken/],
    ['vis=0x10', /"vis" is not a number: 30 is taken/],
    ['vis=1e3', /"vis" is not a number: 30 is taken/],
    ['vis=Infinity', /"vis" is not a number: 30 is taken/],
    ['rate=1,,2', /"rate" goes from 0 to 20 a second/],
    ['poll=4..0.25', /"poll" is two numbers of seconds/],
    ['poll=1', /"poll" is two numbers of seconds/],
    ['seed=1.5', /The seed is a whole number up to 4294967295: 42 is taken/],
    ['in=c2', /"c2" is no act at a time/],
    ['in=c100@1', /"c100@1" is no act at a time/],
    ['in=vis:0@1', /"vis:0@1" is no act at a time/],
    ['in=s@86401', /"s@86401" is no act at a time/],
    ['in=b0@1,b1001@1', /"b0@1" is no act at a time/],
    ['__proto__=1', /There is no setting "__proto__"/],
    ['constructor=1', /There is no setting "constructor"/],
    ['%3Cscript%3E=1', /There is no setting "<script>"/],
  ])('%s says what is wrong, and the rest is taken', (query, problem) => {
    const { run, problems } = read(`${query}&work=5`);
    expect(problems[0]).toMatch(problem);
    expect(run).toEqual({ ...newRun({ work: 5 }), inputs: [] });
  });

  test.each<[query: string, problem: string, taken: Partial<Params>]>([
    ['vis=0', 'goes from 1 to 604800: 1 is taken.', { vis: 1 }],
    ['vis=-5', 'goes from 1 to 604800: 1 is taken.', { vis: 1 }],
    ['vis=604801', 'goes from 1 to 604800: 604800 is taken.', { vis: 604_800 }],
    ['vis=99999999999999999999', 'goes from 1 to 604800: 604800 is taken.', { vis: 604_800 }],
    ['vis=1.5', 'is a whole number: 2 is taken.', { vis: 2 }],
    ['vary=0.6', 'is a whole number: 1 is taken.', { vary: 1 }],
    ['workers=-1', 'goes from 0 to 12: 0 is taken.', { workers: 0 }],
    ['workers=13', 'goes from 0 to 12: 12 is taken.', { workers: 12 }],
    ['crash=100.5', 'goes from 0 to 100: 100 is taken.', { crash: 100 }],
    ['crash=0.12345', 'has at most three decimals: 0.123 is taken.', { crash: 0.123 }],
    ['ttl=0', 'is at least 1, or −1 for never: 1 is taken.', { ttl: 1 }],
    ['ttl=-2', 'goes from -1 to 2147483647: -1 is taken.', { ttl: -1 }],
    ['batch=33', 'goes from 1 to 32: 32 is taken.', { batch: 32 }],
    ['rate=1,2,3,4,5', 'has at most 4 producers: 1,2,3,4 is taken.', { rate: [1, 2, 3, 4] }],
    ['rate=21,-1', 'goes from 0 to 20 a second for each producer: 20,0 is taken.', { rate: [20, 0] }],
    ['poll=0..9999', 'goes from 0.05 to 3600 seconds: 0.05..3600 is taken.', { poll: [0.05, 3600] }],
  ])('%s is beyond its range: the nearest one is taken, and said', (query, problem, taken) => {
    const { run, problems } = read(query);
    const [name = ''] = query.split('=');
    expect(problems).toEqual([`The setting "${name}" ${problem}`]);
    expect(run.params).toEqual({ ...DEFAULTS, ...taken });
  });

  test.each<[query: string, seed: number]>([
    ['seed=-1', 0],
    ['seed=4294967296', 4_294_967_295],
  ])('%s takes the nearest seed, and says so', (query, seed) => {
    const { run, problems } = read(query);
    expect(run.seed).toBe(seed);
    expect(problems).toEqual([`The seed is a whole number up to 4294967295: ${seed} is taken.`]);
  });

  test('of any text can be played: each setting is in its range, acts are in order and bounded', () => {
    const parts = fc.oneof(
      fc.tuple(
        fc.constantFrom(...Object.keys(DEFAULTS), 'seed', 'in', 't'),
        fc.oneof(
          fc.string(),
          fc.double().map(String),
          fc.double({ min: -9e9, max: 9e9 }).map((number) => number.toFixed(4)),
        ),
      ),
      fc.tuple(fc.string(), fc.string()),
      fc.tuple(fc.constant('in'), fc.stringMatching(/^([srkmdoxqyzwvebcu]\d{0,4}@\d{1,5},){0,9}$/)),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pairs) => {
        const { run, problems } = readRun(new URLSearchParams(pairs));
        for (const [name, { least, most, whole }] of Object.entries(RANGES)) {
          const value = run.params[name as keyof Params] as number;
          expect(value).toBeGreaterThanOrEqual(least);
          expect(value).toBeLessThanOrEqual(most);
          expect(Number.isInteger(value) || !whole).toBe(true);
        }
        const { rate, poll } = run.params;
        for (const one of rate) expect(one >= 0 && one <= 20).toBe(true);
        expect(rate.length).toBeLessThanOrEqual(4);
        expect(poll[0] >= 0.05 && poll[0] <= poll[1] && poll[1] <= 3600).toBe(true);
        expect(run.seed >= 0 && run.seed < 2 ** 32 && Number.isInteger(run.seed)).toBe(true);
        const times = run.inputs.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.length).toBeLessThanOrEqual(500);
        for (const problem of problems) expect(problem).toMatch(/[.:]$|taken\.$|such as c2@16\.$/);
        // What it says is read as the same run.
        expect(readRun(writeRun(run))).toMatchObject({ run, problems: [] });
      }),
    );
  });
});

test('a setting that is set again while time stands leaves one act; others and earlier ones stay', () => {
  const acts = [
    { act: 'set', name: 'vis', value: 20, at: 500 },
    { act: 'set', name: 'vis', value: 15, at: 1000 },
    { act: 'set', name: 'work', value: 5, at: 1000 },
    { act: 'send', at: 1000 },
    { act: 'set', name: 'vis', value: 10, at: 1000 },
    { act: 'send', at: 1000 },
  ] as const;
  const { inputs } = acts.reduce(withInput, newRun());
  expect(inputs).toEqual([acts[0], acts[2], acts[3], acts[4], acts[5]]);
});
