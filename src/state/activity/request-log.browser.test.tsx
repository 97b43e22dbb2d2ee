import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Exchange } from '@/azure/protocol/exchange';
import { clearExchanges, recordExchange, useExchangeTotal } from './request-log';

test('a burst of exchanges is drawn a few times, and not at each', async () => {
  clearExchanges();
  let drawn = 0;
  function Total() {
    const total = useExchangeTotal();
    drawn++;
    return <output>{total}</output>;
  }
  await render(<Total />);
  const observe = recordExchange('devstore');
  const start: Exchange = {
    id: '',
    callId: 'call',
    attempt: 1,
    operation: 'Update Message',
    method: 'PUT',
    url: 'http://127.0.0.1:10001/devstoreaccount1/orders/messages/1',
    startedAt: new Date('2026-11-17T09:41:22Z'),
    request: { headers: [] },
  };
  // Each in a turn of its own, as answers come.
  for (let number = 0; number < 400; number++) {
    observe({ ...start, id: `${number}` });
    await nextTurn();
    observe({ ...start, id: `${number}`, duration: 1 });
    await nextTurn();
  }
  await expect.element(page.getByText('400')).toBeVisible();
  expect(drawn).toBeLessThan(200);
  clearExchanges();
});

const nextTurn = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve());
    port1.start();
    port2.postMessage(undefined);
  });
