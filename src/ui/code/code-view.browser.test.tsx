import '../../styles.css';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { CodeView } from './code-view';
import { HexView } from './hex-view';

const box = { height: 300, width: 500, display: 'grid', gridTemplate: 'minmax(0, 1fr) / minmax(0, 1fr)' };
const body = () => document.querySelector<HTMLElement>('[aria-label="Message body"]');

/** What the view puts on the clipboard; the system's own is not there for a headless page. */
function copied(element: Element | null) {
  const clipboardData = new DataTransfer();
  element?.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData('text/plain');
}

const show = (text: string, wrap = false) =>
  render(
    <div style={box}>
      <CodeView text={text} language="json" wrap={wrap} label="Message body" />
    </div>,
  );

test('five thousand lines put only those in sight on the page', async () => {
  await show(Array.from({ length: 5000 }, (_, line) => `"line ${line}"`).join('\n'));
  await expect.poll(() => body()?.textContent).toContain('"line 3"');
  expect(body()?.querySelectorAll('code').length).toBeLessThan(120);
  body()?.scrollTo({ top: 1e7 });
  await expect.poll(() => body()?.textContent).toContain('"line 4999"');
});

test('Ctrl A and copy give the exact text, also of lines that are not drawn', async () => {
  const text = `${'x'.repeat(65_000)}\r\n\u0001\n${'row\n'.repeat(2000)}`;
  const screen = await show(text, true);
  await expect.poll(() => body()?.textContent).toContain('xxx');
  screen.getByRole('region', { name: 'Message body' }).element().focus();
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(copied(body())).toBe(text);
});

test('copying a part over wrapped rows adds no line ends of its own', async () => {
  const text = 'abcdefgh'.repeat(40);
  await show(text, true);
  await expect.poll(() => body()?.querySelectorAll('code').length).toBeGreaterThan(2);
  const rows = body()?.querySelectorAll('code') ?? [];
  const first = rows[0]?.firstChild?.firstChild;
  const second = rows[1]?.firstChild?.firstChild;
  if (!first || !second) throw new Error('No rows');
  getSelection()?.setBaseAndExtent(first, 3, second, 5);
  const end = Number(rows[1]?.getAttribute('data-start')) + 5;
  expect(copied(body())).toBe(text.slice(3, end));
});

test('control characters are drawn by name', async () => {
  await show('a\u0000b');
  await expect.poll(() => body()?.querySelector('[data-name="NUL"]')).toBeTruthy();
});

test('a character that changes the direction is drawn by name, and turns nothing around', async () => {
  await show('safe\u202egpj.exe');
  await expect.poll(() => body()?.querySelector('[data-name="U+202E"]')).toBeTruthy();
  const after = body()?.querySelector('[data-name]')?.nextElementSibling?.firstChild;
  if (!after) throw new Error('Nothing is drawn after it');
  const left = (at: number) => {
    const range = document.createRange();
    range.setStart(after, at);
    range.setEnd(after, at + 1);
    return range.getBoundingClientRect().left;
  };
  expect(left(0)).toBeLessThan(left(6));
});

test('a button stands before the character that it is about, and is not in what is copied', async () => {
  const pressed: string[] = [];
  const text = '{\n  "a": "b"\n}';
  const button = { at: text.indexOf('"b"'), key: 'a', name: 'Open a', title: 'Open', onPress: () => pressed.push('a') };
  const screen = await render(
    <div style={box}>
      <CodeView text={text} language="json" label="Message body" buttons={[button]} />
    </div>,
  );
  await screen.getByRole('button', { name: 'Open a' }).click();
  expect(pressed).toEqual(['a']);
  const row = body()?.querySelectorAll('code')[1];
  expect(row?.textContent).toBe('  "a": "b"');
  if (!row) throw new Error('No row');
  getSelection()?.selectAllChildren(row);
  expect(copied(body())).toBe('  "a": "b"');
});

test('what is marked as wrong is marked over the colours of its line', async () => {
  const text = '{"a": NaN, "b": "x"}';
  const start = text.indexOf('NaN');
  await render(
    <div style={box}>
      <CodeView text={text} language="code" label="Message body" faults={[{ start, end: start + 3 }]} />
    </div>,
  );
  await expect.poll(() => body()?.querySelector('.decoration-wavy')?.textContent).toBe('NaN');
});

test('bytes are drawn as offset, hex and ASCII', async () => {
  const screen = await render(
    <div style={{ ...box, width: 800 }}>
      <HexView bytes={Uint8Array.from({ length: 40 }, (_, at) => at + 60)} label="Message body" />
    </div>,
  );
  await expect.element(screen.getByText('00000020')).toBeVisible();
  await expect.element(screen.getByText('3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b')).toBeVisible();
  await expect.element(screen.getByText('<=>?@ABCDEFGHIJK')).toBeVisible();
});
