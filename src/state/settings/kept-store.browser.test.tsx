import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { followStorage } from './kept-store';
import { saveTemplate, useTemplates } from './message-templates';
import { queueViewOf, setQueueView, useQueueView } from './queue-view-settings';
import { noteRun, useRunExpressions } from './run-expressions';

const NAMES = ['queuescope.templates', 'queuescope.queue-views', 'queuescope.run-expressions'] as const;
const stored = (name: string): unknown => JSON.parse(localStorage.getItem(name) ?? '{}').state;
/** What another tab writes; the browser has not told of it yet. */
const otherWrites = (name: string, state: unknown) => localStorage.setItem(name, JSON.stringify({ state, version: 1 }));
const told = (key: string | null) => dispatchEvent(new StorageEvent('storage', { key }));

let stop: () => void;
beforeEach(() => {
  stop = followStorage();
});
afterEach(() => {
  for (const name of NAMES) localStorage.removeItem(name);
  told(null);
  stop();
});

const Kept = () => {
  const { paths, expressions } = useQueueView('a', 'orders');
  return (
    <output>
      {useTemplates()
        .map(({ name }) => name)
        .join(' ')}
      /{paths.join(' ')}/{expressions.map(({ name }) => name).join(' ')}/{useRunExpressions().join(' ')}
    </output>
  );
};

const THEIRS = {
  'queuescope.templates': { templates: [{ id: '1', name: 'theirs', text: 'x' }] },
  'queuescope.queue-views': {
    views: { 'a/orders': { paths: ['id'], expressions: [{ name: 'big', source: 'body.n > 5' }] } },
  },
  'queuescope.run-expressions': { sources: ['body.n > 5'] },
};

test('templates, views of queues and expressions of another tab are here at once, and answered by no write', async () => {
  const screen = await render(<Kept />);
  for (const name of NAMES) {
    otherWrites(name, THEIRS[name]);
    told(name);
  }
  await expect.element(screen.getByText('theirs/id/big/body.n > 5')).toBeVisible();
  for (const name of NAMES) expect(stored(name)).toEqual(THEIRS[name]);
  for (const name of NAMES) localStorage.removeItem(name);
  told(null);
  await expect.element(screen.getByText('///')).toBeVisible();
});

test('what two tabs save at once is all kept', () => {
  for (const name of NAMES) otherWrites(name, THEIRS[name]);
  saveTemplate('ours', 'y');
  setQueueView('a', 'returns', { paths: ['reason'] });
  noteRun(['body.ok']);
  expect(stored(NAMES[0])).toMatchObject({ templates: [{ name: 'ours' }, { name: 'theirs' }] });
  expect(stored(NAMES[1])).toMatchObject({
    views: { 'a/orders': { paths: ['id'] }, 'a/returns': { paths: ['reason'] } },
  });
  expect(stored(NAMES[2])).toEqual({ sources: ['body.n > 5', 'body.ok'] });
});

test('how single messages are decoded in this tab stays when another changes the view of their queue', () => {
  const own = new Map([['one', []]]);
  setQueueView('a', 'orders', { own });
  otherWrites(NAMES[1], THEIRS[NAMES[1]]);
  told(NAMES[1]);
  expect(queueViewOf('a', 'orders')).toMatchObject({ paths: ['id'], own });
  expect(JSON.stringify(stored(NAMES[1]))).not.toContain('own');
});
