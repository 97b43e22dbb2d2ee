import { expect, test } from 'vitest';
import { type LabScene, labActions } from './lab-actions';

const nothing = () => {};
const scene = (change: Partial<LabScene>): LabScene => ({
  isPlaying: false,
  isAsking: false,
  options: 0,
  isAlone: true,
  isPresenting: false,
  play: nothing,
  step: nothing,
  scrub: nothing,
  toStart: nothing,
  toEnd: nothing,
  setSpeed: nothing,
  act: nothing,
  answer: nothing,
  toggle: nothing,
  next: nothing,
  goOn: nothing,
  restart: nothing,
  ...change,
});
const enabled = (on: LabScene) => Object.values(labActions).filter(({ isEnabled = () => true }) => isEnabled(on));

test.each<[string, Partial<LabScene>]>([
  ['free play', {}],
  ['workers alone', { isAlone: false }],
  ['an open question', { isAsking: true, options: 4 }],
  ['presenting', { isPresenting: true }],
  ['an open question while presenting', { isAsking: true, options: 2, isPresenting: true }],
])('no key means two things: %s', (_, change) => {
  const keys = enabled(scene(change)).flatMap((action) => action.keys ?? []);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('while a question is open, nothing acts on the queue', () => {
  const acted: string[] = [];
  const on = scene({ isAsking: true, options: 3, act: (what) => acted.push(what) });
  for (const { run } of enabled(on)) run?.(on, []);
  expect(acted).toEqual([]);
  // Beside the answers: how it is looked at, and what shows the question or its answer.
  expect(enabled(on).flatMap(({ keys = [] }) => keys)).toEqual('a b c v l p Enter PageDown PageUp'.split(' '));
});
