import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { clearExchanges, recordExchange } from '@/state/activity/request-log';
import '../../styles.css';
import { aMissingQueue, anExchange } from './an-exchange.fixture';
import { RequestsDrawer } from './requests-drawer';

const observe = recordExchange('harborlane');
const row = (name: string) => page.getByRole('row', { name });
const details = page.getByRole('region', { name: 'Request details' });

async function open() {
  const onRoomNeeded = vi.fn<(height: number) => void>();
  await render(
    <div style={{ display: 'flex', height: 320, width: 1100 }}>
      <RequestsDrawer onRoomNeeded={onRoomNeeded} />
    </div>,
  );
  return onRoomNeeded;
}

beforeEach(async () => {
  await page.viewport(1280, 800);
  clearExchanges();
});
afterEach(clearExchanges);

test('the drawer says so while no request was sent', async () => {
  await open();
  await expect.element(page.getByText('No requests yet. Each one that is sent appears here.')).toBeVisible();
});

test('the drawer lists requests as they are sent, and their result in the same row', async () => {
  await open();
  const { response, duration, ...start } = anExchange();
  observe(start);
  await expect.element(row('Receive 4')).toHaveTextContent('…');
  observe({ ...start, ...(response && { response }), ...(duration !== undefined && { duration }) });
  await expect.element(row('Receive 4')).toHaveTextContent('20052 ms');
  await expect.element(page.getByText('1 this session')).toBeVisible();
});

test('the drawer opens a request beside the list, and asks for the height it needs', async () => {
  observe(anExchange());
  const onRoomNeeded = await open();
  await row('Receive 4').click();
  await expect.element(details).toHaveTextContent('SharedKey harborlane:••••••••');
  await expect.element(details.getByRole('region', { name: 'String to sign' })).toHaveTextContent('numofmessages:4');
  await expect.element(details.getByRole('region', { name: 'Response XML' })).toHaveTextContent('0b1f6c4e');
  expect(onRoomNeeded).toHaveBeenCalledWith(320);
  await page.getByRole('button', { name: 'Close details' }).click();
  await expect.element(details).not.toBeInTheDocument();
});

test('the drawer can show failures only, with the error code', async () => {
  observe(anExchange());
  observe(aMissingQueue());
  await open();
  await page.getByRole('button', { name: 'Errors 1' }).click();
  await expect.element(row('Receive 4')).not.toBeInTheDocument();
  await row('QueueNotFound').click();
  await expect.element(details.getByText('The specified queue does not exist.')).toBeVisible();
});

test('the arrow keys move through the drawer', async () => {
  observe(anExchange());
  observe(aMissingQueue());
  await open();
  await page.getByRole('grid', { name: 'Wire log' }).click({ position: { x: 5, y: 5 } });
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(details).toHaveTextContent('Receive 4');
  await userEvent.keyboard('{Home}');
  await expect.element(details).toHaveTextContent('QueueNotFound');
});

test('the drawer has few rows in the page, however long the log', async () => {
  for (let index = 0; index < 400; index++) observe(anExchange());
  await open();
  await expect.element(page.getByRole('grid', { name: 'Wire log' })).toHaveAttribute('aria-rowcount', '401');
  expect(page.getByRole('row').elements().length).toBeLessThan(60);
});

test('one button clears the drawer', async () => {
  observe(anExchange());
  await open();
  await page.getByRole('button', { name: 'Clear requests' }).click();
  await expect.element(page.getByText('0 this session')).toBeVisible();
});
