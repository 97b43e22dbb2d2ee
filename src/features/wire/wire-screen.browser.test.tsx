import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { clearExchanges, loggedExchanges, noteRefresh, pauseLog, recordExchange } from '@/state/activity/request-log';
import { closeDialog, currentDialog } from '@/state/navigation/open-dialog';
import { goTo, useRoute } from '@/state/navigation/route';
import { Toasts } from '@/ui/overlay/toast';
import '../../styles.css';
import { aMissingQueue, anExchange } from './an-exchange.fixture';
import { WireScreen } from './wire-screen';

const observe = recordExchange('harborlane');
const row = (name: string) => page.getByRole('row', { name });
const details = page.getByRole('region', { name: 'Request details' });

function Here() {
  const route = useRoute();
  return (
    <div style={{ display: 'flex', height: 700 }}>
      <WireScreen exchange={route?.screen === 'wire' ? route.exchange : undefined} />
      <Toasts />
    </div>
  );
}

beforeEach(async () => {
  await page.viewport(1280, 800);
  clearExchanges();
  goTo({ screen: 'wire' }, { replace: true });
});
afterEach(() => {
  clearExchanges();
  pauseLog(false);
});

test('an address with a request opens it', async () => {
  const exchange = anExchange();
  observe(exchange);
  observe(aMissingQueue());
  goTo({ screen: 'wire', exchange: exchange.id });
  await render(<Here />);
  await expect.element(details).toHaveTextContent('Receive 4');
  await expect.element(row('Receive 4')).toHaveAttribute('aria-selected', 'true');
});

test('an address of a request that is no longer in the log says so', async () => {
  goTo({ screen: 'wire', exchange: 'long-gone' });
  await render(<Here />);
  await expect.element(page.getByText('This request is no longer in the log')).toBeVisible();
});

test('the wire inspector filters by text, by writes and by errors', async () => {
  observe(anExchange());
  observe(anExchange({ operation: 'Delete Message', method: 'DELETE' }));
  observe(aMissingQueue());
  await render(<Here />);
  await page.getByRole('textbox', { name: 'Filter requests' }).fill('returns');
  await expect.element(row('QueueNotFound')).toBeVisible();
  await expect.element(row('Receive 4')).not.toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Filter requests' }).fill('');
  await page.getByRole('radio', { name: 'Writes 2' }).click();
  await expect.element(row('Delete message')).toBeVisible();
  await expect.element(row('Receive 4')).toBeVisible();
  await expect.element(row('QueueNotFound')).not.toBeInTheDocument();
  await page.getByRole('radio', { name: 'Errors 1' }).click();
  await expect.element(row('QueueNotFound')).toBeVisible();
});

const polls = () => page.getByRole('row', { name: 'Get queue metadata' }).elements().length;
const aPoll = (queue = 'orders') =>
  anExchange({
    operation: 'Get Queue Metadata',
    url: `https://harborlane.queue.core.windows.net/${queue}?comp=metadata`,
  });
function poll(count: number) {
  for (let number = 0; number < count; number++) {
    const exchange = aPoll();
    observe(exchange);
    noteRefresh(exchange);
  }
}

test('requests that repeat are one row, which a click, Enter and the arrows open and close, and which stays open', async () => {
  observe(anExchange());
  poll(30);
  await render(<Here />);
  const grid = page.getByRole('grid', { name: 'Wire log' });
  await expect.element(row('Get queue metadata ×30 folded')).toBeVisible();
  expect(polls()).toBe(1);
  // What is in a closed fold is no row: the last of so many rows is the last of the log.
  const countsItsRows = async () => {
    const last = grid.getByRole('row').last().element().getAttribute('aria-rowindex');
    await expect.element(grid).toHaveAttribute('aria-rowcount', last);
  };
  await countsItsRows();
  await row('Get queue metadata ×30 folded').click();
  await expect.element(row('Get queue metadata ×30 unfolded')).toBeVisible();
  expect(polls()).toBeGreaterThan(5);
  await expect.element(details).toHaveTextContent('comp=metadata');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.element(details).toHaveTextContent('comp=metadata');
  poll(1);
  await expect.element(row('Get queue metadata ×31 unfolded')).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(row('Get queue metadata ×31 folded')).toHaveAttribute('aria-selected', 'true');
  await countsItsRows();
  // The one whose details are open keeps its row.
  expect(polls()).toBe(2);
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(row('Get queue metadata ×31 unfolded')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(row('Get queue metadata ×31 folded')).toBeVisible();
  await userEvent.keyboard('{End}');
  await expect.element(details).toHaveTextContent('Receive 4');
  expect(polls()).toBe(1);
});

test('Hide refreshes leaves what a person asked for', async () => {
  poll(4);
  observe(aPoll('asked'));
  await render(<Here />);
  const chip = page.getByRole('button', { name: 'Hide refreshes 4' });
  await chip.click();
  await expect.element(chip).toHaveAttribute('aria-pressed', 'true');
  await expect.element(row('×4')).not.toBeInTheDocument();
  await expect.element(row('/asked?comp=metadata')).toBeVisible();
  expect(loggedExchanges()).toHaveLength(5);
});

test('Copy as curl leaves the key out, and says so', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  observe(anExchange());
  await render(<Here />);
  await row('Receive 4').click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await expect.element(page.getByText('Copied as curl, key left out')).toBeVisible();
  expect(write).toHaveBeenCalledWith(expect.stringMatching(/numofmessages=4'"&\$SAS_TOKEN"/));
  expect(write).not.toHaveBeenCalledWith(expect.stringMatching(/SharedKey|•/));
  write.mockRestore();
});

test('Copy as… opens the request as code, and is not there for one that no code does', async () => {
  observe(anExchange());
  observe(anExchange({ operation: 'Get User Delegation Key', url: 'https://harborlane.queue.core.windows.net/?x=1' }));
  await render(<Here />);
  await row('Receive 4').click();
  await page.getByRole('button', { name: 'Copy as…' }).click();
  await vi.waitFor(() =>
    expect(currentDialog()).toMatchObject({
      kind: 'copyAs',
      asked: {
        operation: { name: 'Get Messages', queue: 'orders', count: 4 },
        where: { endpoint: 'https://harborlane.queue.core.windows.net', accountName: 'harborlane' },
      },
    }),
  );
  closeDialog();
  await row('Get User Delegation Key').click();
  await expect.element(page.getByRole('button', { name: 'Copy as curl' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Copy as…' })).not.toBeInTheDocument();
});

test('the string to sign is shown line by line', async () => {
  observe(anExchange());
  await render(<Here />);
  await row('Receive 4').click();
  const signed = page.getByRole('region', { name: 'String to sign' });
  await expect.element(signed).toHaveTextContent('Standard headers, all empty here');
  await expect.element(signed).toHaveTextContent('Date, because x-ms-date is sent');
  await expect.element(signed).toHaveTextContent('Signature••••••••accepted');
});

test('the answer is shown as headers and as records', async () => {
  observe(anExchange());
  await render(<Here />);
  await row('Receive 4').click();
  await page.getByRole('tab', { name: 'Headers 1' }).click();
  await expect.element(details.getByText('application/xml')).toBeVisible();
  await page.getByRole('tab', { name: 'Parsed 1' }).click();
  await expect.element(page.getByRole('tabpanel')).toHaveTextContent('DequeueCount5');
});

test('a paused log records no request', async () => {
  observe(anExchange());
  await render(<Here />);
  await page.getByRole('button', { name: 'Pause log' }).click();
  observe(aMissingQueue());
  await expect.element(page.getByText('1 request, log paused')).toBeVisible();
  await page.getByRole('button', { name: 'Resume log' }).click();
  observe(aMissingQueue());
  await expect.element(row('QueueNotFound')).toBeVisible();
});

test('on a phone the details fill the screen and lead back', async () => {
  await page.viewport(390, 844);
  observe(anExchange());
  await render(<Here />);
  await row('Receive 4').click();
  await expect.element(page.getByRole('grid', { name: 'Wire log' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Back to requests' }).click();
  await expect.element(row('Receive 4')).toBeVisible();
});
