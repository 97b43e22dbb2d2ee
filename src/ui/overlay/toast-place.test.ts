import { expect, test } from 'vitest';
import { placeToasts } from './toast-place';

const box = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const WINDOW = { width: 1440, height: 900 };
const MAIN = box(300, 0, 1140, 872);
const STACK = { width: 340, height: 120 };

const placed = (obstacles: ReturnType<typeof box>[], window = WINDOW, main = MAIN, stack = STACK) => {
  const { left, bottom } = placeToasts(window, main, stack, obstacles);
  return box(left, window.height - bottom - stack.height, stack.width, stack.height);
};
const overlap = (a: ReturnType<typeof box>, b: ReturnType<typeof box>) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test('toasts stand at the bottom left of the main part when nothing is there', () => {
  expect(placed([])).toEqual(box(316, 740, 340, 120));
});

test('toasts stand above the foot of a list, and above several things that lie over one another', () => {
  const foot = box(300, 840, 1140, 32);
  const bar = box(300, 700, 400, 60);
  for (const obstacles of [[foot], [foot, bar], [bar, foot]])
    for (const one of obstacles) expect(overlap(placed(obstacles), one)).toBe(false);
  expect(placed([foot]).bottom).toBe(828);
});

test('what stands beside them does not move them', () => {
  expect(placed([box(900, 700, 300, 172)])).toEqual(placed([]));
});

test('toasts go to the right when a menu takes all the height at the left', () => {
  const menu = box(310, 10, 240, 860);
  expect(overlap(placed([menu]), menu)).toBe(false);
});

test('on a phone toasts stand above the foot of a dialog over the whole window', () => {
  const window = { width: 390, height: 844 };
  const foot = box(0, 776, 390, 68);
  const place = placed([foot], window, box(0, 0, 390, 784), { width: 366, height: 48 });
  expect(overlap(place, foot)).toBe(false);
  expect(place.left).toBe(12);
});

test('where nothing is clear they stand at the bottom left all the same', () => {
  const all = box(0, 0, 1440, 900);
  expect(placed([all])).toEqual(placed([]));
  expect(placeToasts(WINDOW, MAIN, STACK, [all]).isClear).toBe(false);
  expect(placeToasts(WINDOW, MAIN, STACK, []).isClear).toBe(true);
});
