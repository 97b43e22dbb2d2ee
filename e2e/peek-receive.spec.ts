import { dequeueCounts, expect, lengthOf, test, textsIn } from './queue-screen';

const messages = (count: number) => Array.from({ length: count }, (_, index) => `message ${index + 1}`);

test('Peek shows 1 to 32 messages from the front and changes nothing', { tag: '@engines' }, async ({ page, seed }) => {
  const { queue, screen } = await seed(...messages(34));
  await screen.open();
  await expect(screen.rows.first()).toContainText('message 1');
  await screen.grid.focus();
  await page.keyboard.press('End');
  await expect(screen.rows.last()).toContainText('message 32');
  await expect(page.getByText('Peek shows the first 32 and changes nothing.')).toBeVisible();

  const few = page.getByRole('spinbutton', { name: 'Messages to peek' });
  await few.fill('1');
  await expect(screen.rows).toHaveCount(1);
  await expect(screen.rows).toContainText('message 1');
  // A number above the service's limit becomes the limit.
  await few.fill('99');
  await few.blur();
  await expect(few).toHaveValue('32');
  await screen.grid.focus();
  await page.keyboard.press('End');
  await expect(screen.rows.last()).toContainText('message 32');
  for (let look = 0; look < 3; look++) await page.keyboard.press('r');

  expect(await dequeueCounts(queue)).toEqual(Array(32).fill(0));
  expect(await lengthOf(queue)).toBe(34);
});

test('Receive leases the chosen number for the chosen time, and says so before', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed(...messages(5));
  await screen.open();
  await page.getByRole('radio', { name: 'Receive' }).click();
  const bar = page.getByRole('region', { name: 'Receive', exact: true });
  await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('33');
  await expect(bar.getByRole('alert')).toContainText('32');
  await expect(bar.getByRole('button', { name: 'Receive', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('spinbutton', { name: 'Messages to receive' }).fill('2');
  await page.getByRole('combobox', { name: 'Unit of visibility timeout' }).selectOption('days');
  await page.getByRole('spinbutton', { name: 'Visibility timeout' }).fill('7');
  await expect(
    page.getByText(
      'Receive hides up to 2 messages from every consumer for 7 days and raises their dequeue counts by 1.',
    ),
  ).toBeVisible();
  expect(await dequeueCounts(queue)).toEqual([0, 0, 0, 0, 0]);

  const received = page.waitForRequest(/numofmessages=2&visibilitytimeout=604800/);
  await page.getByRole('button', { name: 'Receive 2' }).click();
  await received;

  await expect(screen.leases).toHaveCount(2);
  await expect(screen.leases.first()).toHaveAccessibleName(/^Leased by you, 16[78]:\d\d:\d\d left$/);
  expect(await dequeueCounts(queue)).toEqual([0, 0, 0]);
  // Only received messages have been dequeued.
  await page.getByRole('button', { name: 'Release them' }).click();
  await expect.poll(() => dequeueCounts(queue)).toHaveLength(5);
  expect((await dequeueCounts(queue)).filter((count) => count === 1)).toHaveLength(2);
});

test('a link to receive mode, opened or loaded again, receives nothing', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed('a', 'b');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).search));

  await screen.open({ mode: 'receive' });
  await expect(screen.rows).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Receive' })).toBeChecked();
  await expect(screen.rows).toHaveCount(2);
  await page.keyboard.press('r');
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(screen.rows).toHaveCount(2);

  // Every request for messages was a peek.
  expect(asked.filter((search) => search.includes('numofmessages')).length).toBeGreaterThan(1);
  expect(asked.filter((search) => search.includes('numofmessages') && !search.includes('peekonly=true'))).toEqual([]);
  expect(await dequeueCounts(queue)).toEqual([0, 0]);
});

test('leased rows are pinned on top, count down, and return to the others when the lease ends', {
  tag: '@engines',
}, async ({ page, seed }) => {
  const { queue, short, screen } = await seed('a', 'b', 'c');
  const [a = '', b = ''] = short;
  await page.clock.install();
  await screen.open({ mode: 'receive' });
  await expect(screen.rows).toHaveCount(3);
  // Another consumer leases the first one, so ours is from the middle.
  const [other] = (await queue.receiveMessages({ visibilityTimeout: 1 })).receivedMessageItems;
  expect(other?.messageText).toBe('a');
  await page.getByRole('button', { name: '1 for 30 s' }).click();
  await expect(screen.row(b).getByRole('img', { name: /^Leased by you/ })).toBeVisible();
  await expect.poll(() => textsIn(queue)).toEqual(['c', 'a']);
  await page.keyboard.press('r');
  await expect(screen.row(a)).toBeVisible();
  await expect(screen.rows).toHaveCount(3);
  await expect(screen.rows.first()).toHaveAccessibleName(new RegExp(b));
  await expect(page.getByText('Your 1 lease stays on top.')).toBeVisible();
  await page.getByRole('columnheader', { name: 'ID' }).click();
  await expect(screen.rows.first()).toHaveAccessibleName(new RegExp(b));

  const lease = screen.row(b).getByRole('img', { name: /^Leased by you/ });
  await expect(lease).toHaveAccessibleName(/0:(30|29|28) left/);
  await page.clock.fastForward(10_000);
  await expect(lease).toHaveAccessibleName(/0:(20|19|18|17|16) left/);
  await page.clock.fastForward(9_000);
  await expect(page.getByText(`Lease on ${b}: 10 seconds left`)).toBeAttached();

  await page.clock.fastForward(20_000);
  await expect(page.getByText(`Lease on ${b} ended`)).toBeAttached();
  await expect(lease).toBeHidden();
  // The next peek shows its position, once the service shows it again.
  await expect(screen.row(b)).toBeVisible();
});

for (const [said, minutes] of [
  ['ahead of', 3],
  ['behind', -3],
] as const) {
  test(`countdowns hold with this clock ${Math.abs(minutes)} minutes ${said} the service`, { tag: '@engines' }, async ({
    page,
    seed,
  }) => {
    const { screen } = await seed('a');
    await page.clock.install({ time: Date.now() + minutes * 60_000 });
    await screen.open({ mode: 'receive' });
    await expect(screen.rows).toHaveCount(1);
    // By the clock of the service.
    await expect(screen.rows.first()).toContainText(/^1[0-9a-f]{8}\d{1,2} s/);

    await page.getByRole('button', { name: '1 for 30 s' }).click();

    await expect(screen.leases).toHaveAccessibleName(/^Leased by you, 0:(31|30|29|28) left$/);
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(
      new RegExp(`Clock skew ${minutes > 0 ? '−' : '\\+'}1(79|80)\\.\\d s`),
    );
    await page.clock.fastForward(15_000);
    await expect(screen.leases).toHaveAccessibleName(/0:1[0-6] left/);
  });
}

test('receive 16 for five minutes and delete them all, in three clicks', { tag: '@engines' }, async ({
  page,
  seed,
}) => {
  const { queue, screen } = await seed(...messages(18));
  await page.clock.install();
  await screen.open();
  await expect(screen.rows.first()).toBeVisible();
  await page.evaluate(() => {
    document.documentElement.dataset['clicks'] = '0';
    addEventListener(
      'click',
      ({ isTrusted }) => {
        const { dataset } = document.documentElement;
        if (isTrusted) dataset['clicks'] = String(Number(dataset['clicks']) + 1);
      },
      true,
    );
  });

  await page.getByRole('radio', { name: 'Receive' }).click();
  await page.getByRole('button', { name: '16 for 5 min' }).click();
  await page.getByRole('button', { name: 'Delete them' }).click();

  await expect(screen.notes).toContainText('Deleting 16 messages');
  await expect(screen.rows).toHaveCount(2);
  await page.clock.fastForward(6000);
  await expect.poll(() => lengthOf(queue)).toBe(2);
  await expect(page.locator('html')).toHaveAttribute('data-clicks', '3');
  expect(await dequeueCounts(queue)).toEqual([0, 0]);
});
