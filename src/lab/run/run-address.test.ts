import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS, type Params, RANGES } from './params';
import { readRun, writeRun } from './run';

const read = (query: string) => readRun(new URLSearchParams(query));

describe('an address', () => {
  test.each<[query: string, problem: RegExp]>([
    ['vis=', /"vis" is not a number: 30 is taken/],
    ['vis=30s', /"vis" is not a number: 30 is taken/],
    ['vis=0x10', /"vis" is not a number: 30 is taken/],
    ['vis=1e3', /"vis" is not a number: 30 is taken/],
    ['vis=Infinity', /"vis" is not a number: 30 is taken/],
    ['vis=99999999999999999999', /"vis" is not a number: 30 is taken/],
    ['vis=0', /"vis" goes from 1 to 604800: 30 is taken/],
    ['vis=604801', /"vis" goes from 1 to 604800: 30 is taken/],
    ['vis=1.5', /"vis" is a whole number: 30 is taken/],
    ['workers=-1', /"workers" goes from 0 to 12: 1 is taken/],
    ['workers=13', /"workers" goes from 0 to 12: 1 is taken/],
    ['crash=100.5', /"crash" goes from 0 to 100: 0 is taken/],
    ['ttl=0', /"ttl" is at least 1, or −1 for never/],
    ['batch=33', /"batch" goes from 1 to 32: 1 is taken/],
    ['rate=1,2,3,4,5', /"rate" has at most 4 producers/],
    ['rate=21', /"rate" goes from 0 to 20 a second/],
    ['rate=1,,2', /"rate" goes from 0 to 20 a second/],
    ['poll=4..0.25', /"poll" is two numbers of seconds/],
    ['poll=1', /"poll" is two numbers of seconds/],
    ['poll=0..4', /"poll" goes from 0.05 to 3600 seconds/],
    ['seed=-1', /The seed is a whole number/],
    ['seed=4294967296', /The seed is a whole number/],
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
    expect(run.params).toEqual({ ...DEFAULTS, work: 5 });
  });

  test('of any text can be played: each setting is in its range, acts are in order and bounded', () => {
    const parts = fc.oneof(
      fc.tuple(
        fc.constantFrom(...Object.keys(DEFAULTS), 'seed', 'in', 't'),
        fc.oneof(fc.string(), fc.double().map(String)),
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
