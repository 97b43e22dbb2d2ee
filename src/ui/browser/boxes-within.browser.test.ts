import { expect, test } from 'vitest';
import { boxesWithin, zoomOf } from './boxes-within';

test.each([1, 1.28])('with a zoom of %s, a box is where it is laid out', (zoom) => {
  const stage = document.createElement('div');
  stage.style.cssText = `position: absolute; left: 10px; top: 20px; width: 400px; height: 300px; zoom: ${zoom}`;
  const card = document.createElement('div');
  card.style.cssText = 'position: absolute; left: 100px; top: 50px; width: 40px; height: 30px';
  stage.append(card);
  document.body.append(stage);
  const { left, right, top, bottom } = boxesWithin(stage)(card);
  for (const [value, laidOut] of [
    [zoomOf(stage), zoom],
    [left, 100],
    [right, 140],
    [top, 50],
    [bottom, 80],
  ] as const)
    expect(value).toBeCloseTo(laidOut, 1);
  stage.remove();
});
