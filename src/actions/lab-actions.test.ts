import { expect, test } from 'vitest';
import { commandOf } from './action';
import { type LabScene, labActions } from './lab-actions';
import { sheetGroups } from './shortcuts-sheet';

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

/** What each key of the lab does, by the name of what the scene is asked for. */
test.each<[string, Partial<LabScene>, string]>([
  ['Space', {}, 'play'],
  ['.', {}, 'step 1'],
  [',', {}, 'step -1'],
  ['ArrowRight', {}, 'scrub 1000'],
  ['ArrowLeft', {}, 'scrub -1000'],
  ['Shift+ArrowRight', {}, 'scrub 10000'],
  ['Shift+ArrowLeft', {}, 'scrub -10000'],
  ['Home', {}, 'toStart'],
  ['End', {}, 'toEnd'],
  ['1', {}, 'setSpeed 1'],
  ['4', {}, 'setSpeed 4'],
  ['6', {}, 'setSpeed 60'],
  ['0', {}, 'setSpeed most'],
  ['n', {}, 'act send'],
  ['b', {}, 'act burst'],
  ['w', {}, 'act addWorker'],
  ['Shift+W', {}, 'act removeWorker'],
  ['c', {}, 'act crash'],
  ['r', {}, 'act receive'],
  ['k', {}, 'act peek'],
  ['d', {}, 'act delete'],
  ['x', {}, 'act extend'],
  ['q', {}, 'predict'],
  ['v', {}, 'toggle consumer'],
  ['l', {}, 'toggle list'],
  ['p', {}, 'toggle present'],
  ['PageDown', {}, 'next 1'],
  ['PageUp', {}, 'next -1'],
  ['a', { isAsking: true, options: 4 }, 'answer 0'],
  ['b', { isAsking: true, options: 4 }, 'answer 1'],
  ['c', { isAsking: true, options: 4 }, 'answer 2'],
  ['d', { isAsking: true, options: 4 }, 'answer 3'],
  ['r', { isPresenting: true }, 'restart'],
])('%s in %o: %s', (key, change, told) => {
  const heard: string[] = [];
  const hear =
    (name: string) =>
    (...what: unknown[]) =>
      void heard.push([name, ...what].join(' '));
  const on = scene({
    ...Object.fromEntries(
      [
        'play',
        'step',
        'scrub',
        'toStart',
        'toEnd',
        'setSpeed',
        'act',
        'answer',
        'toggle',
        'next',
        'restart',
        'predict',
      ].map((name) => [name, hear(name)]),
    ),
    ...change,
  });
  const acting = enabled(on).filter(({ keys }) => keys?.includes(key));
  expect(acting).toHaveLength(1);
  for (const { run } of acting) run?.(on, []);
  expect(heard).toEqual([told]);
});

test('the sheet of shortcuts has all keys of the lab, and only what free play has is left out of lessons', () => {
  const commands = Object.values(labActions).map((action) => commandOf(action, scene({ predict: nothing })));
  const [lab] = sheetGroups(commands);
  expect(lab?.title).toBe('Lab');
  expect(lab?.rows.flatMap(({ keys }) => keys ?? [])).toEqual(expect.arrayContaining(['Space', 'q', 'Shift+W', 'End']));
  expect(commands.every(({ title }) => title !== '')).toBe(true);
  const { isOffered } = labActions.predict;
  expect([isOffered?.(scene({})), isOffered?.(scene({ predict: nothing }))]).toEqual([false, true]);
});
