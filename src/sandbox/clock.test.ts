import { describe, expect, test, vi } from 'vitest';
import { createClock } from './clock';

/** A clock on a device whose time is set by hand. */
function setUp(options: Parameters<typeof createClock>[0] = {}) {
  let device = 1_000_000;
  const clock = createClock({ deviceTime: () => device, ...options });
  return { clock, pass: (ms: number) => (device += ms) };
}

describe('a clock', () => {
  test('shows the time of the device, and goes on with it', () => {
    const { clock, pass } = setUp();
    expect(clock.now()).toBe(1_000_000);
    pass(250);
    expect(clock.now()).toBe(1_000_250);
  });

  test('starts at another time when it is told', () => {
    const { clock, pass } = setUp({ startsAt: 5 });
    pass(10);
    expect(clock.now()).toBe(15);
  });

  test('stands still while it is paused, but for steps', () => {
    const { clock, pass } = setUp({ startsAt: 0, paused: true });
    pass(100);
    clock.advance(7);
    expect([clock.now(), clock.paused]).toEqual([7, true]);
    clock.resume();
    pass(100);
    clock.pause();
    pass(100);
    expect(clock.now()).toBe(107);
  });

  test('goes faster or slower from the moment on at which it is told, in whole milliseconds', () => {
    const { clock, pass } = setUp({ startsAt: 0 });
    pass(100);
    clock.setSpeed(60);
    pass(100);
    expect([clock.now(), clock.speed]).toEqual([6100, 60]);
    clock.setSpeed(0.5);
    pass(25);
    expect(clock.now()).toBe(6112);
    pass(25);
    expect(clock.now()).toBe(6125);
  });

  test('loses nothing to being asked often', () => {
    const { clock, pass } = setUp({ startsAt: 0 });
    clock.setSpeed(0.3);
    for (let i = 0; i < 1000; i++) {
      pass(1);
      clock.now();
    }
    expect(clock.now()).toBe(300);
  });

  test('does not go back with the device', () => {
    const { clock, pass } = setUp({ startsAt: 0 });
    pass(100);
    expect(clock.now()).toBe(100);
    pass(-5000);
    expect(clock.now()).toBe(100);
    pass(10);
    expect(clock.now()).toBe(110);
  });

  test.each([-1, Number.NaN, Infinity])('is not moved by %d ms', (ms) => {
    expect(() => setUp().clock.advance(ms)).toThrow(RangeError);
  });

  test.each([0, -1, Number.NaN, Infinity])('does not go %d times as fast', (times) => {
    expect(() => setUp().clock.setSpeed(times)).toThrow(RangeError);
  });

  test('tells of what is done to it, and not of ticking', () => {
    const { clock, pass } = setUp();
    const listener = vi.fn<() => void>();
    const stop = clock.subscribe(listener);
    pass(1000);
    clock.now();
    expect(listener).not.toHaveBeenCalled();
    clock.pause();
    clock.advance(1);
    clock.setSpeed(2);
    clock.resume();
    expect(listener).toHaveBeenCalledTimes(4);
    stop();
    clock.pause();
    expect(listener).toHaveBeenCalledTimes(4);
  });

  test('goes on elsewhere: what went by meanwhile counts once, whatever the speed was', () => {
    const before = setUp({ startsAt: 0 });
    before.clock.advance(3_600_000);
    before.clock.setSpeed(60);
    const after = setUp();
    after.pass(5000);
    after.clock.restore(before.clock.state());
    expect([after.clock.now(), after.clock.speed]).toEqual([3_605_000, 60]);
  });

  test('stands elsewhere where it stood when it was paused', () => {
    const before = setUp({ startsAt: 77, paused: true });
    const after = setUp();
    after.pass(5000);
    after.clock.restore(before.clock.state());
    expect([after.clock.now(), after.clock.paused]).toEqual([77, true]);
  });
});
