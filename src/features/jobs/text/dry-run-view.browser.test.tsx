import '@/styles.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { message } from '@/actions/message.fixture';
import { type Ear, listen } from '@/ui/feedback/listen.fixture';
import type { DryRun } from './dry-run';
import { DryRunView } from './dry-run-view';
import { NO_CHANGE } from './text-changes';

const FORM = { ...NO_CHANGE, way: 'value' as const, path: '$.name', value: '"new"' };
const ID = '0b1f6c4e-0000-4000-8000-000000000000';
const messages = [{ ...message(ID), text: '{"name":"\u05e9\u05dc\u05d5\u05dd \u202egpj"}' }];
const BEGUN: DryRun = {
  read: 0,
  of: 1,
  changed: [],
  same: 0,
  unreadable: 0,
  refused: 0,
  reason: undefined,
  isDone: false,
};
const view = (run: DryRun) => <DryRunView form={FORM} run={run} messages={messages} total={1} queue="orders" />;

let ear: Ear;
beforeEach(() => {
  ear = listen();
});
afterEach(() => ear.end());

test('what comes of it is said once it is known, and no count on the way', async () => {
  const { rerender } = await render(view(BEGUN));
  await rerender(view({ ...BEGUN, read: 64, of: 100 }));
  await rerender(view({ ...BEGUN, read: 1, same: 1, isDone: true }));
  await expect
    .poll(() => ear.said())
    .toEqual([expect.stringMatching(/^Of 1 loaded message 0 would change, 1 stays the same$/)]);
  await expect.element(page.getByText('1 stays as it is')).toBeVisible();
});

test('a changed line has its own direction, and what turns letters around is named in it', async () => {
  await render(view({ ...BEGUN, read: 1, changed: [ID], isDone: true }));
  const before = page.getByRole('group', { name: /^Message 0b1f6c4e/ });
  await expect.element(before).toBeVisible();
  await expect.element(page.getByText('1 changes')).toBeVisible();
  const lines = [...before.element().querySelectorAll<HTMLElement>('code')];
  expect(lines.map(({ dir }) => dir)).toEqual(['auto', 'auto']);
  expect(lines[0]?.querySelector('[data-name]')?.textContent).toBe('\u202e');
});
