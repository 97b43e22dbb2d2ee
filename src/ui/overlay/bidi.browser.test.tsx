import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { isolated } from '@/words/isolate';
import { Button } from '../controls/button';
import { glyphOrder, orderAlone, TURNING_VALUES } from '../format/glyph-order.fixture';
import { Dialog } from './dialog';
import { Menu } from './menu';
import { Toasts } from './toast';
import { dismissToast, readToasts, toast } from './toast-store';

/* What lies over the page is told as a text, so that the values in it are isolated by characters. */

afterEach(() => {
  for (const { id } of readToasts()) dismissToast(id);
});

const VALUE = 'abc אבג 123';
const sentenceOf = (value: string) => `12 of ${isolated(value)}: 34, 56`;

/** The value stands as it does alone, and the numbers around it stay where they are in the sentence. */
function expectInOrder(element: Element, value: string) {
  expect(glyphOrder(element, value)).toBe(orderAlone(value));
  const shown = glyphOrder(element, element.textContent).replaceAll(/[\u2068\u2069]/g, '');
  expect(shown.startsWith('12of')).toBe(true);
  expect(shown.endsWith(':34,56')).toBe(true);
}

test('a toast and the title of a dialog say a value in its order, and what stands beside it', async () => {
  await render(
    <>
      <Toasts />
      <Dialog title={sentenceOf(VALUE)} onClose={() => {}}>
        <p>Text</p>
      </Dialog>
    </>,
  );
  toast({ title: sentenceOf(VALUE) });
  await expect.element(page.getByText('12 of')).toHaveLength(2);
  for (const title of page.getByText('12 of').elements()) expectInOrder(title, VALUE);
});

test('so do the items of a menu, each', async () => {
  const items = TURNING_VALUES.map((value) => ({ label: sentenceOf(value), onSelect: () => {} }));
  await render(<Menu trigger={<Button>More</Button>} items={items} />);
  await page.getByRole('button', { name: 'More' }).click();
  const labels = page.getByText('12 of');
  await expect.element(labels).toHaveLength(items.length);
  for (const [index, value] of TURNING_VALUES.entries()) expectInOrder(labels.nth(index).element(), value);
});
