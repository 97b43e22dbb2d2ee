import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, readClaims } from '../../../bench/measure/claims.mjs';
import { ROOT } from '../../../server/command.mjs';

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const measurements = read('docs/measurements.md');
const paper = readClaims();
const claims = Object.entries(paper.benches).flatMap(([bench, all]) =>
  Object.entries(all).map(([key, claim]) => ({ name: `${bench}: ${key}`, claim })),
);

test('each claim that a bench is held to stands once in the measurements, with its value', () => {
  const wrong = claims.flatMap(({ name, claim: { said, value } }) => {
    const places = measurements.split(said).length - 1;
    if (places !== 1) return [`${name}: "${said}" stands there ${places} times`];
    const values = said.replaceAll(/(\d),(?=\d{3})/g, '$1').match(/\d+(\.\d+)?/g) ?? [];
    const isSaid = values.some((one) => Number(one) === value) || (value === 0 && /\bnone\b/.test(said));
    return isSaid ? [] : [`${name}: "${said}" does not say ${value}`];
  });
  expect(wrong).toEqual([]);
});

test('each bench of the main table is held to a claim, and the README has no figure of its own', () => {
  const table = measurements.slice(0, measurements.indexOf('\n## '));
  const named = [...table.matchAll(/^\|.*`(?:npm run bench -- |node bench\/)([\w-]+)/gm)].map(([, bench]) => bench);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((bench) => !(String(bench) in paper.benches))).toEqual([]);
  expect(read('README.md').match(/[\d.,]+ (ms|[KM]iB|a second|times as fast)\b/g) ?? []).toEqual([]);
});

const around = (/** @type {number} */ median) => ({ median, low: median * 0.95, high: median * 1.05 });

describe('a claim', () => {
  const then = { sign: 300_000, open: 20 };
  const of = { calibrations: { monday: then }, usual: then, benches: {} };
  const twice = [then, { sign: 150_000, open: 30 }];

  test.each(
    /** @type {[string, Partial<import('../../../bench/measure/claims.mjs').Claim>, number, string][]} */ ([
      ['of time', { kind: 'time' }, 110, 'held'],
      ['of time, on a machine half as fast', { kind: 'time' }, 240, 'held'],
      ['of time, beyond that', { kind: 'time' }, 280, 'missed'],
      ['of time, of a day that was not calibrated', { kind: 'time', taken: 'tuesday' }, 480, 'held'],
      ['of time, beyond that, too', { kind: 'time', taken: 'tuesday' }, 550, 'missed'],
      ['of time that is much better', { kind: 'time' }, 70, 'better'],
      ['of a rate', { kind: 'rate' }, 45, 'held'],
      ['of a rate, beyond what the machine explains', { kind: 'rate' }, 35, 'missed'],
      ['of a ratio, which the machine does not move', { kind: 'ratio' }, 140, 'missed'],
      ['of a ratio of which more is better', { kind: 'ratio', better: 'more' }, 75, 'missed'],
      ['of a ratio within its noise', { kind: 'ratio' }, 124, 'held'],
      ['of bytes, by one', { kind: 'bytes' }, 101.4, 'held'],
      ['of bytes, by two', { kind: 'bytes' }, 102, 'missed'],
      ['of a count', { kind: 'count' }, 101, 'missed'],
      ['of a share', { kind: 'count', digits: 3 }, 100.0004, 'held'],
      ['of a share, by its last digit', { kind: 'count', digits: 3 }, 100.001, 'missed'],
    ]),
  )('%s', (_, said, median, outcome) => {
    const claim = { kind: /** @type {const} */ ('time'), value: 100, taken: 'monday', said: '', ...said };
    expect(judge('', claim, around(median), of, twice).outcome).toBe(outcome);
  });

  test('is missed only if the middle half of what was measured is beyond', () => {
    const claim = { kind: /** @type {const} */ ('time'), value: 100, taken: 'monday', said: '' };
    expect(judge('', claim, { median: 300, low: 240, high: 600 }, of, twice).outcome).toBe('held');
  });
});
