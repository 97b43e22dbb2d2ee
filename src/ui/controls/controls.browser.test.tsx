import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { Tooltips } from '../overlay/tooltips';
import { Button, IconButton } from './button';
import { Checkbox } from './checkbox';
import { Field, NumberInput } from './field';
import { Segmented } from './segmented';
import { Splitter } from './splitter';
import { Switch } from './switch';

function Mode() {
  const [mode, setMode] = useState('peek');
  return (
    <Segmented
      label="How to read messages"
      value={mode}
      onChange={setMode}
      options={[
        { value: 'peek', label: 'Peek' },
        { value: 'receive', label: 'Receive' },
        { value: 'off', label: 'Off', disabled: true },
      ]}
    />
  );
}

describe('a segmented control', () => {
  test('is one tab stop; arrows choose, go round and skip what is off', async () => {
    await render(<Mode />);
    await expect.element(page.getByRole('radiogroup', { name: 'How to read messages' })).toBeVisible();
    const peek = page.getByRole('radio', { name: 'Peek' });
    const receive = page.getByRole('radio', { name: 'Receive' });
    await userEvent.tab();
    await expect.element(peek).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(receive).toHaveFocus();
    await expect.element(receive).toHaveAttribute('aria-checked', 'true');
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(peek).toHaveFocus();
    await expect.element(peek).toHaveAttribute('aria-checked', 'true');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(receive).toHaveAttribute('aria-checked', 'true');
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('role')).not.toBe('radio');
  });
});

function Panes({ inverted = false }: { inverted?: boolean }) {
  const [width, setWidth] = useState(400);
  return (
    <div style={{ display: 'flex', height: 100 }}>
      <div style={{ width: 300 }} />
      <Splitter
        label="Resize details"
        orientation="vertical"
        value={width}
        min={320}
        max={640}
        onChange={setWidth}
        inverted={inverted}
      />
    </div>
  );
}
const width = () => page.getByRole('separator', { name: 'Resize details' }).element().getAttribute('aria-valuenow');

describe('a splitter', () => {
  test('moves 16 px with arrows, to its ends with Home and End, and not beyond', async () => {
    await render(<Panes />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(width()).toBe('416');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(width()).toBe('384');
    await userEvent.keyboard('{End}{ArrowRight}');
    expect(width()).toBe('640');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(width()).toBe('320');
  });

  test('moves the other way for a pane on its right, by keys and by drag', async () => {
    await render(<Panes inverted />);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}');
    expect(width()).toBe('416');

    const line = page.getByRole('separator').element();
    const { left, top } = line.getBoundingClientRect();
    // A synthetic pointer cannot be captured; the events go to the line all the same.
    vi.spyOn(line, 'setPointerCapture').mockImplementation(() => {});
    const pointer = (type: string, x: number) =>
      line.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: top + 10, bubbles: true, pointerId: 1 }));
    pointer('pointerdown', left);
    pointer('pointermove', left - 50);
    await expect.poll(width).toBe('466');
    pointer('pointermove', left + 500);
    await expect.poll(width).toBe('320');
    pointer('lostpointercapture', left + 500);
    pointer('pointermove', left);
    await expect.poll(width).toBe('320');
  });
});

describe('a button that is off', () => {
  test('for a reason keeps its place in the tab order, says the reason, and does nothing', async () => {
    const onClick = vi.fn<() => void>();
    await render(
      <>
        <Button disabled title="Lease it to edit" onClick={onClick}>
          Edit
        </Button>
        <IconButton label="Delete" icon={null} disabled reason="Lease it to delete" onClick={onClick} />
        <Tooltips />
      </>,
    );
    await userEvent.tab();
    await expect.element(page.getByRole('button', { name: 'Edit' })).toHaveFocus();
    await expect.element(page.getByText('Lease it to edit')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await userEvent.tab();
    await expect.element(page.getByRole('button', { name: 'Delete' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onClick).not.toHaveBeenCalled();
  });

  test('without a reason is out of it', async () => {
    await render(<Button disabled>Edit</Button>);
    await expect.element(page.getByRole('button', { name: 'Edit' })).toBeDisabled();
  });
});

test('an icon button has a name and shows it with its key on focus', async () => {
  await render(
    <>
      <IconButton label="Refresh" keys="R" icon={null} />
      <Tooltips />
    </>,
  );
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Refresh' })).toHaveAttribute('aria-keyshortcuts', 'R');
  await expect.element(page.getByText('Refresh')).toBeVisible();
});

test('a switch is a switch and turns with Space', async () => {
  const onChange = vi.fn<(on: boolean) => void>();
  await render(<Switch label="Live" checked={false} onChange={onChange} />);
  await expect.element(page.getByRole('switch', { name: 'Live' })).not.toBeChecked();
  await userEvent.tab();
  await userEvent.keyboard(' ');
  expect(onChange.mock.calls).toEqual([[true]]);
});

test('a checkbox can be indeterminate', async () => {
  await render(<Checkbox label="Select all loaded messages" checked="mixed" onChange={() => {}} />);
  await expect.element(page.getByRole('checkbox', { name: 'Select all loaded messages' })).toBePartiallyChecked();
});

function TimeToLive({ onChange }: { onChange: (value: number) => void }) {
  const [value, setValue] = useState(7);
  return (
    <Field label="Time to live" hint="Expires 24 Nov, 09:42">
      <NumberInput
        value={value}
        min={1}
        max={30}
        onChange={(next) => {
          setValue(next);
          onChange(next);
        }}
      />
    </Field>
  );
}

describe('a number with a unit', () => {
  test('is named and described by its field, may be emptied while typing, and never reports what is out of range', async () => {
    const onChange = vi.fn<(value: number) => void>();
    await render(<TimeToLive onChange={onChange} />);
    const input = page.getByRole('spinbutton', { name: 'Time to live' });
    await expect.element(input).toHaveAccessibleDescription('Expires 24 Nov, 09:42');
    await input.fill('');
    await expect.element(input).toHaveAttribute('aria-invalid', 'true');
    await input.fill('12');
    await input.fill('99');
    await expect.element(input).toHaveAttribute('aria-invalid', 'true');
    await userEvent.tab();
    await expect.element(input).toHaveValue(30);
    expect(onChange.mock.calls).toEqual([[12], [30]]);
  });
});
