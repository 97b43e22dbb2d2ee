import { describe, expect, test } from 'vitest';
import { choosePoints, KINDS, WAYS } from './points.mjs';
import { readStrip, saidFaults, serviceFaults } from './verdict.mjs';

const kinds = Object.keys(KINDS);

describe('the points', () => {
  test('are three for each kind and way, and follow from the seed', () => {
    const points = choosePoints({ seed: 7, count: 3 * kinds.length * WAYS.length });
    for (const kind of kinds)
      for (const way of WAYS)
        expect(points.filter((point) => point.kind === kind && point.way === way)).toHaveLength(3);
    expect(choosePoints({ seed: 7, count: points.length })).toEqual(points);
    expect(choosePoints({ seed: 8, count: points.length })).not.toEqual(points);
    for (const { request, kind, messages } of points) {
      expect(request).toBeGreaterThanOrEqual(1);
      expect(request).toBeLessThanOrEqual(KINDS[kind](messages));
    }
  });

  test('are narrowed to a kind and a way', () => {
    const points = choosePoints({ seed: 1, count: 5, kinds: ['copy'], ways: ['tab', 'network'] });
    expect(points.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'copy'));
    expect(new Set(points.map(({ way }) => way))).toEqual(new Set(['tab', 'network']));
  });
});

const TEXTS = ['message 0', 'message 1', 'message 2', 'message 3'];
/** @param {readonly string[]} texts */
const counts = (texts) => {
  /** @type {Map<string, number>} */
  const all = new Map();
  for (const text of texts) all.set(text, (all.get(text) ?? 0) + 1);
  return all;
};
/** @param {readonly string[]} source @param {readonly string[]} target @param {number} [hidden] */
const held = (source, target, hidden = 0) => ({ source: counts(source), target: counts(target), hidden });
const STRIP = readStrip('Move of orders stopped at 2 of 4 at 06:14', [
  '1 is done',
  '1 may be in target twice',
  '1 is hidden until 06:16:00',
  '1 is untouched',
]);

describe('the strip', () => {
  test('is read part by part', () => {
    expect(STRIP).toMatchObject({ total: 4, done: 1, twice: 1, hidden: 1, untouched: 1, maybeHidden: 0 });
    expect(
      readStrip('Set visibility of orders stopped at 12 at 06:14', [
        '1,012 are done',
        '2 may be changed and hidden',
        '3 could not be done: QueueNotFound',
        '4 others are hidden until 06:16:00: passed on the way, or done with',
        '5 of those perhaps twice are hidden until 06:16:00',
        '32 more at most may be hidden until 06:16:00: a receive had no answer',
      ]),
    ).toMatchObject({
      total: undefined,
      done: 1012,
      maybe: 2,
      notDone: 3,
      othersHidden: 4,
      doubtfulHidden: 5,
      maybeHidden: 32,
    });
    expect(() => readStrip('x', ['7 are elsewhere'])).toThrow('something new');
  });

  test('that is true has no fault', () => {
    expect(saidFaults('move', STRIP, held(TEXTS.slice(1), ['message 0', 'message 1'], 1), TEXTS)).toEqual([]);
  });

  test.each([
    ['counts that do not add up', { ...STRIP, untouched: 2 }, held(TEXTS.slice(1), ['message 0', 'message 1'], 1)],
    ['what is hidden and unsaid', STRIP, held(TEXTS.slice(1), ['message 0', 'message 1'], 2)],
    ['more done than there is', { ...STRIP, done: 2, twice: 0 }, held(TEXTS.slice(1), ['message 0', 'message 1'], 1)],
  ])('with %s is caught', (_, said, is) => {
    expect(saidFaults('move', said, is, TEXTS)).toHaveLength(1);
  });
});

describe('the service', () => {
  test('with everything once has no fault', () => {
    expect(serviceFaults('move', TEXTS, held([], TEXTS), 0, true)).toEqual([]);
    expect(serviceFaults('copy', TEXTS, held(TEXTS, TEXTS), 0, true)).toEqual([]);
    expect(
      serviceFaults(
        'steps',
        TEXTS,
        held(
          [],
          TEXTS.map((text) => text.replace('message', 'changed')),
        ),
        0,
        true,
      ),
    ).toEqual([]);
    expect(serviceFaults('delete', TEXTS, held([], []), 0, true)).toEqual([]);
  });

  test.each([
    ['a lost message', 'move', held([], TEXTS.slice(1)), 4, true],
    // A journal that does not write "about to send" before it sends names no copy whose answer was lost.
    ['a copy that the journal never noted', 'move', held(TEXTS.slice(3), TEXTS), 0, false],
    ['a message added twice', 'import', held([], [...TEXTS, 'message 0']), 0, true],
    ['a message that was not added', 'import', held([], TEXTS.slice(1)), 0, true],
    ['a text that nobody wrote', 'move', held(['something'], TEXTS), 4, false],
    ['one that was left behind', 'move', held(['message 0'], TEXTS), 0, true],
  ])('with %s is caught', (_, kind, is, named, isOver) => {
    expect(serviceFaults(/** @type {any} */ (kind), TEXTS, is, named, isOver).length).toBeGreaterThan(0);
  });

  test('with a copy that is named has no fault', () => {
    expect(serviceFaults('move', TEXTS, held(TEXTS.slice(3), TEXTS), 1, false)).toEqual([]);
  });
});
