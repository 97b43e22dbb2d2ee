import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { followStorage } from './kept-store';
import { forgetProgress, lessonDone, lessonOpened, useLabProgress } from './lab-progress';

const NAME = 'queuescope.lab';
const storedDone = (): unknown => JSON.parse(localStorage.getItem(NAME) ?? '{}').state?.done;
/** What another tab does: it writes, and the browser tells the others. */
function otherTab(state: unknown) {
  localStorage.setItem(NAME, JSON.stringify({ state, version: 1 }));
  dispatchEvent(new StorageEvent('storage', { key: NAME }));
}

const Done = () => <p>{useLabProgress().done.join(' ')}</p>;

let stop: () => void;
beforeEach(() => {
  stop = followStorage();
});
afterEach(() => {
  forgetProgress();
  stop();
});

test('lessons that were done in two tabs are all kept, and shown in both', async () => {
  const screen = await render(<Done />);
  lessonDone('first');
  localStorage.setItem(NAME, JSON.stringify({ state: { done: ['first', 'second'] }, version: 1 }));
  // Before the browser has told of it.
  lessonOpened('third');
  lessonDone('third');
  expect(storedDone()).toEqual(['first', 'second', 'third']);
  otherTab({ done: ['first', 'second', 'third', 'fourth'] });
  await expect.element(screen.getByText('first second third fourth')).toBeVisible();
});

test.each([[{ done: 'all', last: 5 }], [{}], [null], ['text'], [{ done: [1, null, 'first'] }]])(
  'what is stored and is none, %j, is taken as far as it is sound',
  (state) => {
    otherTab(state);
    lessonDone('first');
    expect(storedDone()).toEqual(['first']);
  },
);
