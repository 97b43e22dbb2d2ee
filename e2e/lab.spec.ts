import { expect, test } from './fixtures';
import { tabbedOutOfSight } from './in-sight';

test('the first lesson is done by keyboard alone, and ticks itself off', { tag: '@engines' }, async ({ page }) => {
  await page.goto('/#/lab/first-message');
  const steps = page.getByRole('region', { name: 'Lesson' }).getByRole('listitem');
  const current = page.locator('[aria-current=step]');
  await expect(current).toContainText('Create the queue');

  // PageDown is what a clicker sends: it does what the step asks for.
  for (const title of ['Send an order', 'Receive it']) {
    // A key that comes before the lesson listens is lost.
    await expect(async () => {
      await page.keyboard.press('PageDown');
      await expect(current).toContainText(title, { timeout: 4000 });
    }).toPass();
  }
  await page.keyboard.press('r');
  const question = page.getByRole('radiogroup', { name: /^You received it and have not deleted it yet/ });
  await expect(question).toBeVisible();

  // Time stands still: only answers act.
  await page.keyboard.press('n');
  await page.keyboard.press('Space');
  await page.keyboard.press('b');
  await expect(question.getByRole('radio', { name: '1: it is still in the queue' })).toBeChecked();
  await page.getByRole('button', { name: 'Run and see' }).press('Enter');
  await expect(page.getByRole('status', { name: 'What the run says' })).toContainText('The run agrees with you');
  await page.keyboard.press('d');
  await expect(page.getByText('Receive lends, delete removes.')).toBeVisible();
  await expect(steps.filter({ has: page.getByLabel('Done') })).toHaveCount(5);

  // It is remembered in this browser.
  await page.goto('/#/lab');
  await expect(page.getByRole('link', { name: /First message/ }).getByLabel('Done')).toBeVisible();
});

test('free play: what is set and done is in the link, and the link is the same run', { tag: '@engines' }, async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#/lab/free?seed=7&workers=2');
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  const sent = page.getByRole('definition').first();
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(2);
  for (let times = 0; times < 3; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:30.0');
  const before = Number(await sent.textContent());
  await page.keyboard.press('b');
  await page.keyboard.press('w');
  await page.getByRole('slider', { name: 'Crash probability' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('list', { name: 'Workers' })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:40.0');
  await expect.poll(async () => Number(await sent.textContent())).toBeGreaterThanOrEqual(before + 50);
  const after = await page.getByLabel('Ledger').innerText();

  await page.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('seed=7');
  expect(link.length).toBeLessThan(2000);
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  for (let times = 0; times < 4; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('0:40.0');
  await expect.poll(() => page.getByLabel('Ledger').innerText()).toBe(after);
});

test('free play by keyboard: a scenario, a worker from near, a hand, requests and the life of any message', async ({
  page,
}) => {
  await page.goto('/#/lab/free?scenario=poison');
  const clock = page.getByRole('timer', { name: 'Simulated time' });
  const scenario = page.getByRole('button', { name: /scenario 6 of 7$/ });
  await expect(scenario).toContainText('Poison');
  for (let times = 0; times < 7; times++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock).toHaveText('1:10.0');

  await page.getByRole('button', { name: 'Worker 1', exact: true }).press('Enter');
  const worker = page.getByRole('region', { name: 'Worker 1' });
  await expect(worker.getByRole('button', { name: 'Back to the workers' })).toBeFocused();
  await expect(worker.getByRole('list', { name: 'Requests of Worker 1' }).getByRole('listitem')).not.toHaveCount(0);
  await worker.getByRole('button', { name: 'Remove' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Worker 1', exact: true })).toBeFocused();
  // The arrows of a focused button are its own.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(2);

  // Set aside, and done: neither is a tile of the queue any more.
  const find = page.getByRole('searchbox', { name: 'Find a message' });
  await find.fill('#1001');
  await find.press('Enter');
  const life = page.getByRole('dialog', { name: 'The life of #1001' });
  await expect(life).toContainText('Put #1001 into orders-poison');
  await expect(life).toContainText('Gone from orders');
  await page.keyboard.press('Escape');
  await find.fill('77777');
  await find.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('No such message has been sent yet');

  const hand = page.getByRole('region', { name: 'Your hand' });
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('b');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('r');
  await expect(page.getByRole('status', { name: 'What is happening' })).toContainText('as soon as time goes on');
  await page.keyboard.press('ArrowRight');
  await expect(hand).toContainText('Holding 1');
  await page.keyboard.press('d');
  await page.keyboard.press('ArrowRight');
  await expect(hand).toContainText('Empty hands');

  // What does not go together is told at once, though time stands still.
  await page.getByRole('slider', { name: 'Processing time' }).press('End');
  await expect(page.getByRole('slider', { name: 'Processing time' })).toHaveAttribute('aria-valuetext', '120 s');
  await expect(page.getByRole('status', { name: 'What is happening' })).toContainText('longer than the lease of 6 s');
  await page.getByRole('button', { name: 'Show requests' }).click();
  await expect(page.getByRole('list', { name: 'Requests, the latest first' }).getByRole('listitem')).not.toHaveCount(0);

  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(clock).toHaveText('0:00.0');
  await expect(page.getByRole('slider', { name: 'Processing time' })).toHaveAttribute('aria-valuetext', '2 s');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('slider', { name: 'Processing time' })).toHaveAttribute('aria-valuetext', '120 s');
});

test('free play in small windows and in the colours of the system', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await page.goto('/#/lab/free?in=b30@0');
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  await page.keyboard.press('Shift+ArrowRight');
  const lane = page.getByRole('list', { name: 'Visible messages, the next one last' });
  // Names say when a lease ends, and not each second how long it still is.
  const leased = page.getByRole('list', { name: 'Hidden messages, the first to return first' }).getByRole('listitem');
  await expect(leased.first()).toHaveAccessibleName(/^\d+, dequeue count 1 of 5, leased by worker \d until 0:\d\d$/);
  for (const [width, height] of [
    [720, 450],
    [844, 390],
    [320, 256],
    [390, 844],
  ] as const)
    await test.step(`${width} × ${height}`, async () => {
      await page.setViewportSize({ width, height });
      const head = await page.locator('.lb__h').boundingBox();
      expect(head?.height).toBeLessThan(height / 4);
      await expect(lane).toBeInViewport();
      await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport();
      // All is there and nothing is wider than the window.
      await page.getByRole('button', { name: 'Burst of 50' }).scrollIntoViewIfNeeded();
      await expect(page.locator('.lb__h')).toBeInViewport();
      const wide = () => page.locator('.lb__in').evaluate((all) => all.scrollWidth - all.clientWidth);
      await expect.poll(wide).toBe(0);
      await page.locator('.lb__h').getByRole('button', { name: 'More of the lab' }).click();
      await expect(page.getByRole('menuitem', { name: 'Show requests' })).toBeVisible();
      await page.keyboard.press('Escape');
      await lane.scrollIntoViewIfNeeded();
      await page.locator('.lb__in').evaluate((all) => all.scrollTo(0, 0));
      // On a phone a sentence stays at the foot: what has the focus is above it.
      if (width === 390) expect(await tabbedOutOfSight(page, 80)).toEqual([]);
    });
  // A pip that is lit, and how far work has come, differ from what is around them by more than a colour that is taken away.
  const painted = (part: string) =>
    page
      .locator(part)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await painted('.pips .on')).not.toBe(await painted('.pips i:not(.on)'));
  expect(await painted('.wk__bar i')).not.toBe(await painted('.wk__bar'));
});

test('an address that the lab cannot take says what is wrong, and nothing in it reaches an account', async ({
  page,
}) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  await page.goto('/#/lab/free?vis=0&crash=lots&nonsense=1&seed=-4&in=zz@9,c2@16');
  await expect(page.getByText('The setting "vis" goes from 1 to 604800: 1 is taken.')).toBeVisible();
  await expect(page.getByText('The setting "crash" is not a number: 15 is taken.')).toBeVisible();
  await expect(page.getByText('There is no setting "nonsense".')).toBeVisible();
  await page.goto('/#/lab/no-such-lesson');
  await expect(page.getByText('There is no lesson “no-such-lesson”.')).toBeVisible();
  expect([...hosts]).toEqual(['127.0.0.1']);
});

const LESSONS = [
  'first-message',
  'peek-or-receive',
  'hidden-not-gone',
  'crash-and-redelivery',
  'slow-work',
  'extend-the-lease',
  'note-to-the-next-worker',
  'poison',
];

/** Keys of the lab that do a lesson, each with the step that is the current one after it; undefined: a question is open. */
const BY_KEYS: Readonly<Record<string, readonly (readonly [key: string, then: string | undefined])[]>> = {
  'first-message': [
    ['Enter', 'Send an order'],
    ['n', 'Receive it'],
    ['r', undefined],
    ['b', undefined],
    ['Enter', 'Delete it'],
    ['d', 'end'],
  ],
  'peek-or-receive': [
    ['k', undefined],
    ['b', undefined],
    ['Enter', 'Peek again'],
    ['k', 'end'],
  ],
  'crash-and-redelivery': [
    ['n', 'Crash that worker'],
    ['c', undefined],
    ['a', undefined],
    ['c', undefined],
    ['Enter', 'Let a worker finish the order'],
    ['Enter', 'end'],
  ],
  'extend-the-lease': [
    ['r', 'Extend the lease'],
    ['x', 'Extend it again'],
    ['x', 'And once more'],
    ['x', undefined],
    ['a', undefined],
    ['Enter', 'Delete with the newest receipt'],
    ['d', 'end'],
  ],
  poison: [
    ['n', undefined],
    ['b', undefined],
    ['Enter', 'Give the worker a rule: 5 tries'],
    ['Enter', 'Send another broken order'],
    ['n', 'Have the worker crash while it moves it'],
    ['Enter', 'Send one back'],
    ['Enter', 'end'],
  ],
};

test('lessons are done by the keys of the lab, and the run agrees with the right answers', async ({ page }) => {
  for (const [lesson, keys] of Object.entries(BY_KEYS))
    await test.step(lesson, async () => {
      await page.goto(`/#/lab/${lesson}`);
      await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
      await page.keyboard.press('6');
      const current = page.locator('[aria-current=step]');
      const question = page.getByRole('region', { name: 'Question' });
      for (const [key, then] of keys) {
        const letter = 'abcd'.indexOf(key);
        const isAnswer = letter >= 0 && (await question.isVisible());
        await page.keyboard.press(key);
        if (isAnswer) {
          await expect(question.getByRole('radio').nth(letter)).toBeChecked();
          continue;
        }
        if (then === 'end') await expect(page.getByText('To remember')).toBeVisible();
        else if (then === undefined) await expect(question).toBeVisible();
        else await expect(current).toContainText(then);
      }
    });
});

test('a lesson is presented: the answer is hidden until Enter, R is of the step, and all of it fits', async ({
  page,
}) => {
  await page.goto('/#/lab/crash-and-redelivery');
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  await page.keyboard.press('6');
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await expect(page.getByRole('button', { name: 'End presenting' })).toBeVisible();
  // The button has the focus, and what a clicker sends goes on.
  const current = page.locator('[aria-current=step]');
  await page.keyboard.press('PageDown');
  await expect(current).toContainText('Crash that worker');
  await page.keyboard.press('PageDown');
  const question = page.getByRole('region', { name: 'Question' });
  await expect(question).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [1280, 720],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const part of [
      question,
      page.getByRole('status', { name: 'What is happening' }),
      page.getByRole('list', { name: 'Workers' }).getByRole('listitem').last(),
    ]) {
      await expect(part).toBeInViewport({ ratio: 0.99 });
      const { width: own = 0 } = (await part.boundingBox()) ?? {};
      if (part === question) expect(own).toBeGreaterThan(width * 0.9);
    }
  }
  await page.keyboard.press('c');
  await expect(question.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.keyboard.press('Enter');
  const result = page.getByRole('status', { name: 'What the run says' });
  await expect(result).toContainText('The run agrees with you');
  await expect(result).toContainText('your answer');
  // The step that has just been shown begins anew, with its question.
  await page.keyboard.press('r');
  await expect(question).toBeVisible();
  // What is under it takes no focus, and in a low window all of it is reached by scrolling.
  expect(await tabbedOutOfSight(page)).toEqual([]);
  await page.setViewportSize({ width: 844, height: 390 });
  expect(await tabbedOutOfSight(page)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.keyboard.press('PageUp');
  await expect(current).toContainText('Crash that worker');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menuitem', { name: 'Receive a message' })).toHaveCount(0);
});

test('a tick leads to the request that proved it, and the program shows the line at which the worker died', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#/lab/crash-and-redelivery');
  await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
  await page.keyboard.press('6');
  await page.keyboard.press('n');
  await expect(page.locator('[aria-current=step]')).toContainText('Crash that worker');
  await page.keyboard.press('c');
  await expect(page.getByRole('region', { name: 'Question' })).toBeVisible();
  const wire = page.getByRole('region', { name: 'Code and requests' });
  await expect(wire).toContainText('The worker died before this line');
  for (const language of ['curl', 'Python', 'JavaScript', 'C#', 'Azure CLI', 'Go']) {
    await wire.getByRole('tab', { name: language, exact: true }).click();
    const program = wire.getByRole('region', { name: `${language} program` });
    await expect(program.locator('[aria-current=true]').first()).toContainText(/charge.*died here, 0:\d\d\.\d/i);
    await expect(program).toContainText('never ran');
    const isRun = language === 'curl' || language === 'JavaScript';
    await expect(wire.getByText('This sample is run against Azurite')).toHaveCount(isRun ? 1 : 0);
  }
  await wire.getByRole('button', { name: 'Copy code' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('azqueue');

  await page.getByRole('button', { name: /^seen by peek at/ }).click();
  await expect(wire).toContainText('What the lab asked');
  await expect(wire.getByRole('region', { name: 'What the peek gave' })).toContainText(
    '<DequeueCount>0</DequeueCount>',
  );
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Copy result' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('Queuescope lab: Crash and redelivery, seed 42, 3 of 5 steps, 0 of 1 prediction right');
});

test('every lesson comes to its end with a clicker alone, with the events as a list', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const lesson of LESSONS)
    await test.step(lesson, async () => {
      await page.goto(`/#/lab/${lesson}`);
      await page.getByRole('slider', { name: 'Time of the run' }).waitFor();
      await page.keyboard.press('6');
      const end = page.getByText('To remember');
      const play = page.getByRole('button', { name: 'Play', exact: true });
      // While time goes on, nothing is to be done.
      for (let press = 0; press < 24 && !(await end.isVisible()); press++) {
        await expect(play.or(end).first()).toBeVisible();
        if (!(await end.isVisible())) await page.keyboard.press('PageDown');
      }
      await expect(end).toBeVisible();
      await expect(page.getByRole('region', { name: 'Events as a list' }).getByRole('row')).not.toHaveCount(0);
    });
});
