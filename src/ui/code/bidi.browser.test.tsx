import { Tooltip } from '@base-ui/react/tooltip';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { glyphOrder, orderAlone, TURNING_VALUES } from '../format/glyph-order.fixture';
import { Value } from '../format/value';
import { CodeView } from './code-view';
import { DiffView } from './diff-view';
import '@/styles.css';

const box = { display: 'grid', gridTemplate: 'minmax(0, 1fr) / minmax(0, 1fr)', width: 900, height: 300 };

/** Where the first and the last characters of a text stand. */
function edges(element: Element, text: string): { left: number; right: number } {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const at = node.textContent?.indexOf(text) ?? -1;
    if (at < 0) continue;
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    const { left, right } = range.getBoundingClientRect();
    return { left, right };
  }
  throw new Error(`${text} is not there`);
}

test.each(TURNING_VALUES)(
  'a string of JSON stands as it does alone, and its neighbours in their order: %s',
  async (value) => {
    const text = `{"first": ["${value}", "${value}!"], "second": "${value}"}`;
    const { container } = await render(
      <div style={box}>
        <CodeView text={text} language="json" wrap={false} label="Body" />
      </div>,
    );
    await expect.poll(() => container.querySelector('code')?.textContent).toBe(text);
    const row = container.querySelector('code') as Element;
    expect(glyphOrder(row, value)).toBe(orderAlone(value));
    expect(edges(row, '"first"').right).toBeLessThan(edges(row, '"second"').left);
    const [one, other] = [edges(row, `"${value}"`), edges(row, `"${value}!"`)];
    expect(one.right).toBeLessThanOrEqual(other.left);
  },
);

test('a character that turns others around turns nothing beside it, and is copied', async () => {
  const text = '{"name": "safe\u202egpj.exe", "next": 1}';
  const { container } = await render(
    <div style={box}>
      <CodeView text={text} language="json" wrap={false} label="Body" />
    </div>,
  );
  await expect.poll(() => container.querySelector('code')?.textContent).toBe(text);
  const row = container.querySelector('code') as Element;
  expect(glyphOrder(row, 'gpj.exe')).toBe('gpj.exe');
  expect(edges(row, '"next"').left).toBeGreaterThan(edges(row, 'gpj').right);
});

test.each(TURNING_VALUES)(
  'a line of a difference stands as it does alone, changed words included: %s',
  async (value) => {
    const { container } = await render(
      <Tooltip.Provider>
        <DiffView before={`${value} x`} after={`${value} y`} names={['before', 'after']} layout="unified" />
      </Tooltip.Provider>,
    );
    await expect.poll(() => container.querySelectorAll('code').length).toBe(2);
    for (const [index, line] of [`${value} x`, `${value} y`].entries())
      expect(glyphOrder(container.querySelectorAll('code')[index] as Element, line)).toBe(orderAlone(line));
  },
);

test.each(TURNING_VALUES)('a value in a sentence stands as it does alone: %s', async (value) => {
  const { container } = await render(
    <p>
      {'12 in '}
      <Value text={value} />
      {': 34, 56'}
    </p>,
  );
  expect(glyphOrder(container, value)).toBe(orderAlone(value));
  expect(edges(container, '12 in').right).toBeLessThan(edges(container, ': 34').left);
  expect(edges(container, '34').right).toBeLessThan(edges(container, '56').left);
});
