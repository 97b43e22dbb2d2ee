import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { clearExchanges, recordExchange } from '@/state/activity/request-log';
import { goTo } from '@/state/navigation/route';
import { glyphOrder, orderAlone, TURNING_VALUES } from '@/ui/format/glyph-order.fixture';
import '../../styles.css';
import { anExchange } from './an-exchange.fixture';
import { WireScreen } from './wire-screen';

beforeEach(async () => {
  await page.viewport(1440, 900);
  clearExchanges();
});

test('texts in an answer and values of headers stand as they do alone', async () => {
  const exchange = anExchange({
    response: {
      status: 200,
      statusText: 'OK',
      headers: TURNING_VALUES.map((value, index) => [`x-ms-meta-${index}`, value] as const),
      body: `<List>${TURNING_VALUES.map((value) => `<Text>${value}</Text>`).join('')}</List>`,
    },
  });
  recordExchange('harborlane')(exchange);
  goTo({ screen: 'wire', exchange: exchange.id });
  const { container } = await render(
    <div style={{ display: 'flex', height: 800 }}>
      <WireScreen exchange={exchange.id} />
    </div>,
  );
  /** The element of that kind which shows the value. */
  async function withValue(kind: string, shown: string) {
    const found = () => [...container.querySelectorAll(kind)].find(({ textContent }) => textContent.includes(shown));
    await expect.poll(() => found() !== undefined).toBe(true);
    return found() as Element;
  }
  for (const value of TURNING_VALUES)
    expect(glyphOrder(await withValue('code', `<Text>${value}</Text>`), value)).toBe(orderAlone(value));
  await page.getByRole('tab', { name: /^Headers/ }).click();
  for (const value of TURNING_VALUES) expect(glyphOrder(await withValue('dd', value), value)).toBe(orderAlone(value));
});
