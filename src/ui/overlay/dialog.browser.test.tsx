import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { Button } from '../controls/button';
import { NumberInput, TextInput } from '../controls/field';
import { ConfirmByName, Dialog, FormDialog } from './dialog';
import { DialogFactsProvider } from './dialog-context';
import { holdTabOnGuards } from './focus-guards';
import { Menu } from './menu';

/** Mounted only while open, as the app does it. */
function Opener() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>New queue</Button>
      <Button>Elsewhere</Button>
      {open && (
        <Dialog title="Create queue" onClose={() => setOpen(false)} footer={<Button size="lg">Create queue</Button>}>
          <TextInput aria-label="Queue name" />
        </Dialog>
      )}
    </>
  );
}

/** True when all of a button is within a window of this width in px. */
function isWithin(width: number, name = ''): boolean {
  const { left, right } = page.getByRole('button', { name }).element().getBoundingClientRect();
  return Math.round(left) >= 0 && Math.round(right) <= width;
}

describe('Enter in a field of a dialog without a form', () => {
  const onDone = vi.fn<() => void>();
  const onLength = vi.fn<(length: number) => void>();
  const dialog = (reason?: string) => (
    <Dialog
      title="Faults"
      onClose={() => {}}
      footer={
        <>
          <Button>Cancel</Button>
          <Button variant="primary" reason={reason} onClick={onDone}>
            Done
          </Button>
        </>
      }
    >
      <TextInput aria-label="Label" />
      <NumberInput aria-label="Latency" value={3} min={0} max={10} onChange={onLength} />
      <textarea aria-label="Text" />
      <input type="checkbox" aria-label="Read-only" />
      <form onSubmit={(event) => event.preventDefault()}>
        <input aria-label="Of a form" />
      </form>
    </Dialog>
  );
  const pressIn = async (name: string) => {
    (page.getByLabelText(name).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    return onDone.mock.calls.length;
  };

  test('does what the button does that ends it, and nothing in what has another use for the key', async () => {
    onDone.mockClear();
    await render(dialog());
    expect(await pressIn('Label')).toBe(1);
    expect(await pressIn('Latency')).toBe(2);
    for (const other of ['Text', 'Read-only', 'Of a form']) expect(await pressIn(other)).toBe(2);
    // A number out of range becomes one that is shown, and is not sent unseen.
    await page.getByLabelText('Latency').fill('99');
    expect(await pressIn('Latency')).toBe(2);
    expect(onLength.mock.calls.at(-1)).toEqual([10]);
  });

  test('does nothing while the button is off', async () => {
    onDone.mockClear();
    await render(dialog('Not now'));
    expect(await pressIn('Label')).toBe(0);
  });
});

describe('a dialog', () => {
  test('in a short window the last button of a foot too wide for it is in sight, and the first is reached', async () => {
    const before = [innerWidth, innerHeight] as const;
    await page.viewport(320, 256);
    const names = ['Keep messages', 'Try 5 first', 'Delete 6 messages'];
    await render(
      <Dialog
        title="Delete?"
        onClose={() => {}}
        footer={names.map((name) => (
          <Button key={name} size="lg">
            {name}
          </Button>
        ))}
      >
        <TextInput aria-label="Parallel requests" />
      </Dialog>,
    );
    await expect.element(page.getByRole('textbox')).toHaveFocus();
    await expect.poll(() => isWithin(320, names[2])).toBe(true);
    page.getByRole('dialog').element().querySelector('footer')?.scrollTo(0, 0);
    await expect.poll(() => isWithin(320, names[0])).toBe(true);
    await page.viewport(...before);
  });

  test('F6 goes through its parts, and round again', async () => {
    await render(
      <Dialog title="Parts" onClose={() => {}} footer={<Button>Send</Button>}>
        <section aria-label="One">
          <button type="button">one</button>
          <button type="button">beside one</button>
        </section>
        <section aria-label="Two">
          <button type="button">two</button>
        </section>
      </Dialog>,
    );
    await expect.element(page.getByRole('button', { name: 'one', exact: true })).toHaveFocus();
    const visited: (string | null | undefined)[] = [];
    for (let press = 0; press < 4; press++) {
      await userEvent.keyboard('{F6}');
      visited.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    }
    expect(visited).toEqual(['two', 'Send', 'Close', 'one']);
    await userEvent.keyboard('{Shift>}{F6}{/Shift}');
    await expect.element(page.getByRole('button', { name: 'Close' })).toHaveFocus();
  });

  test('is named by its title, starts in its first field, keeps focus inside and gives it back on Esc', async () => {
    await render(<Opener />);
    await page.getByRole('button', { name: 'New queue' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Create queue' })).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: 'Queue name' })).toHaveFocus();

    const visited = new Set<string>();
    for (let press = 0; press < 5; press++) {
      await userEvent.tab();
      const focused = document.activeElement;
      if (focused?.closest('[role=dialog]')) visited.add(focused.getAttribute('aria-label') ?? focused.textContent);
    }
    expect(visited).toEqual(new Set(['Create queue', 'Close', 'Queue name']));

    await userEvent.keyboard('{Escape}');
    await expect.poll(() => page.getByRole('dialog').elements()).toHaveLength(0);
    await expect.element(page.getByRole('button', { name: 'New queue' })).toHaveFocus();
  });

  test('keeps focus when Tab is pressed again before the next frame', async () => {
    const release = holdTabOnGuards();
    await render(<Opener />);
    await page.getByRole('button', { name: 'New queue' }).click();
    await expect.element(page.getByRole('textbox', { name: 'Queue name' })).toHaveFocus();
    const frames: FrameRequestCallback[] = [];
    const clock = vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame));

    for (let press = 0; press < 5; press++) await userEvent.tab();
    expect(document.activeElement).toHaveAttribute('data-base-ui-focus-guard');
    clock.mockRestore();
    for (const frame of frames) frame(performance.now());
    expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull();
    release();
  });

  test('holds the menus that are opened in it, which are then in sight of assistive technology and of the mouse', async () => {
    const choose = vi.fn<() => void>();
    await render(
      <Dialog title="Choose a queue" onClose={vi.fn<() => void>()}>
        <Menu trigger={<Button>Sort</Button>} items={[{ label: 'By count', onSelect: choose }]} />
      </Dialog>,
    );
    const dialog = page.getByRole('dialog', { name: 'Choose a queue' });
    await dialog.getByRole('button', { name: 'Sort' }).click();
    await expect.element(dialog.getByRole('menu')).toBeVisible();
    const menu = dialog.getByRole('menu').element().getBoundingClientRect();
    const button = dialog.getByRole('button', { name: 'Sort' }).element().getBoundingClientRect();
    expect(Math.abs(menu.top - button.bottom)).toBeLessThan(12);

    await dialog.getByRole('menuitem', { name: 'By count' }).click();
    expect(choose).toHaveBeenCalledOnce();
    await expect.element(dialog).toBeVisible();
  });

  test('is closed by its button', async () => {
    await render(<Opener />);
    await page.getByRole('button', { name: 'New queue' }).click();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('dialog').elements()).toHaveLength(0);
    await expect.element(page.getByRole('button', { name: 'New queue' })).toHaveFocus();
  });

  test('fills a small screen', async () => {
    await page.viewport(390, 700);
    await render(<Opener />);
    await page.getByRole('button', { name: 'New queue' }).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expect
      .poll(() => {
        const box = page.getByRole('dialog').element().getBoundingClientRect();
        return [box.left, box.top, box.width, box.height];
      })
      .toEqual([0, 0, 390, 700]);
    await page.viewport(1000, 700);
  });
});

const confirmation = (onConfirm: () => void, onClose = () => {}) => (
  <ConfirmByName
    title="Delete queue orders?"
    name="orders"
    consequence="About 10,432 messages go with it. You cannot undo this."
    confirmLabel="Delete queue"
    keepLabel="Keep queue"
    onConfirm={onConfirm}
    onClose={onClose}
  />
);
const field = () => page.getByRole('textbox', { name: 'Type orders to confirm' });
const confirm = () => page.getByRole('button', { name: 'Delete queue' });

describe('a dialog with a form', () => {
  test('Ctrl Enter submits it from any field, once, and not while there is a reason against it', async () => {
    const submit = vi.fn<() => void>();
    const form = (reason?: string) => (
      <FormDialog title="Redrive" label="Redrive" reason={reason} onSubmit={submit} onClose={() => {}}>
        <textarea aria-label="Why" />
        <input type="radio" aria-label="These" />
      </FormDialog>
    );
    const { rerender } = await render(form('Read-only'));
    await expect.element(page.getByRole('textbox', { name: 'Why' })).toHaveFocus();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(submit).not.toHaveBeenCalled();
    await rerender(form());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(submit).toHaveBeenCalledTimes(1);
    await expect.element(page.getByRole('textbox', { name: 'Why' })).toHaveValue('');
    await userEvent.tab();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(submit).toHaveBeenCalledTimes(2);
  });
});

describe('a confirmation by name', () => {
  test('starts in the field and does nothing, not even on Enter, until the name matches exactly', async () => {
    const onConfirm = vi.fn<() => void>();
    await render(confirmation(onConfirm));
    await expect.element(page.getByRole('alertdialog', { name: 'Delete queue orders?' })).toBeVisible();
    await expect.element(field()).toHaveFocus();
    await expect.element(confirm()).toBeDisabled();
    await userEvent.keyboard('{Enter}order{Enter}');
    expect(onConfirm).not.toHaveBeenCalled();
    await userEvent.keyboard('S');
    await expect.element(confirm()).toBeDisabled();
    await userEvent.keyboard('{Backspace}s');
    await expect.element(confirm()).toBeEnabled();
    await userEvent.keyboard('{Enter}');
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });

  test('asks once, however often it is confirmed in one moment', async () => {
    const onConfirm = vi.fn<() => void>();
    await render(confirmation(onConfirm));
    await field().fill('orders');
    await expect.element(confirm()).toBeEnabled();
    const { form } = field().element() as HTMLInputElement;
    for (let time = 0; time < 2; time++) form?.requestSubmit();
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });

  test('does nothing without the right, and says why', async () => {
    const onConfirm = vi.fn<() => void>();
    const reason = 'Read-only: allow changes to this connection first';
    await render(<DialogFactsProvider value={{ reason }}>{confirmation(onConfirm)}</DialogFactsProvider>);
    await field().fill('orders');
    await userEvent.keyboard('{Enter}');
    await expect.element(confirm()).toHaveAttribute('aria-description', reason);
    expect(onConfirm).not.toHaveBeenCalled();
  });

  test('Esc and the safe button keep it', async () => {
    const onClose = vi.fn<() => void>();
    const onConfirm = vi.fn<() => void>();
    await render(confirmation(onConfirm, onClose));
    await page.getByRole('button', { name: 'Keep queue' }).click();
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(2);
    expect(onConfirm).not.toHaveBeenCalled();
  });
});
