import { expect, test } from './fixtures';

test('the first lesson is done by keyboard alone, and ticks itself off', async ({ page }) => {
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

test('free play: what is set and done is in the link, and the link is the same run', async ({ page, context }) => {
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

test('an address that the lab cannot take says what is wrong, and nothing in it reaches an account', async ({
  page,
}) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  await page.goto('/#/lab/free?vis=0&crash=lots&nonsense=1&seed=-4&in=zz@9,c2@16');
  await expect(page.getByText('The setting "vis" goes from 1 to 604800: 30 is taken.')).toBeVisible();
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
