import { describe, expect, test } from 'vitest';
import { forecastJob, type JobPlan } from './forecast';

const plan = (change: Partial<JobPlan>): JobPlan => ({
  steps: ['delete'],
  isWhole: false,
  inHand: 0,
  toFind: 10,
  reach: 40,
  visible: 100,
  concurrency: 8,
  returnedAtATime: () => 1,
  roundTrip: 50,
  ...change,
});

describe('a forecast', () => {
  test('counts receives, the work, and the returns of those that are passed', () => {
    const { least, most } = forecastJob(plan({}));
    expect(least).toBe(most);
    expect(most).toMatchObject({
      requests: { receive: 2, put: 0, update: 0, delete: 10, return: 54 },
      sum: 66,
      addresses: 66,
      raised: 64,
      passed: 54,
      hidden: 64,
      seenByOthers: 36,
    });
  });

  test('of what is in hand has no receive, no return and no dequeue count that rises', () => {
    const { most } = forecastJob(
      plan({ steps: ['change', 'send', 'delete'], inHand: 1600, toFind: 0, reach: undefined }),
    );
    expect(most).toMatchObject({
      requests: { receive: 0, put: 1600, update: 0, delete: 1600, return: 0 },
      sum: 3200,
      raised: 0,
    });
  });

  test('counts the leases that are ended before anything is received', () => {
    const { most } = forecastJob(plan({ released: 26 }));
    expect(most).toMatchObject({ requests: { return: 80 }, sum: 92, passed: 54 });
  });

  test('of a whole queue counts the answer that ends it, and none once the limit ends it', () => {
    const whole = { isWhole: true, toFind: 64, reach: undefined, visible: 64 } as const;
    expect(forecastJob(plan(whole)).most.requests).toMatchObject({ receive: 3, return: 0, delete: 64 });
    expect(forecastJob(plan({ ...whole, cap: 64 })).most.requests).toMatchObject({ receive: 2 });
  });

  test('of a change counts its return apart only where the order is kept', () => {
    const change = { steps: ['change'], isWhole: true, toFind: 2000, visible: 2000 } as const;
    expect(forecastJob(plan({ ...change, returnedAtATime: () => 24 })).most.requests).toMatchObject({
      update: 2000,
      return: 0,
    });
    expect(forecastJob(plan({ ...change, returnedAtATime: () => 1 })).most.requests).toMatchObject({
      update: 2000,
      return: 2000,
    });
  });

  test('is a range where nobody knows how far the last message is', () => {
    const { least, most } = forecastJob(plan({ reach: undefined, cap: 320, visible: 5000 }));
    expect([least.raised, most.raised]).toEqual([32, 320]);
    expect([least.requests.receive, most.requests.receive]).toEqual([1, 10]);
    expect(forecastJob(plan({ reach: undefined, visible: 50 })).most.raised).toBe(50);
    expect(forecastJob(plan({ reach: undefined, visible: undefined })).most.raised).toBe(32);
  });

  test('of a filter ranges from none to all that it can match, with the share among those loaded as the likely one', () => {
    const filtered = plan({
      steps: ['send', 'delete'],
      isWhole: true,
      toFind: 100,
      reach: undefined,
      matching: { least: 10, most: 60, likely: 30 },
    });
    const { least, most, likely } = forecastJob(filtered);
    expect([least, likely, most].map((one) => [one?.worked, one?.passed, one?.sum])).toEqual([
      [10, 90, 5 + 20 + 90],
      [30, 70, 5 + 60 + 70],
      [60, 40, 5 + 120 + 40],
    ]);
    const walk = { isFinding: true, receives: 2, received: 64, wanted: 32 };
    const later = forecastJob(filtered, { walk, skipped: 0, unplanned: 0 });
    expect([later.least.worked, later.likely?.worked, later.most.worked]).toEqual([32, 50, 60]);
    const over = { isFinding: false, receives: 5, received: 100, wanted: 40 };
    const end = forecastJob(filtered, { walk: over, skipped: 0, unplanned: 3 });
    expect(end.least).toBe(end.most);
    expect(end.most).toMatchObject({ worked: 40, passed: 60, sum: 5 + 80 + 60 + 3 });
  });

  test('narrows while messages are found, and counts repeats and what needs nothing', () => {
    const search = plan({ reach: undefined, cap: 320, visible: 5000 });
    const walk = { isFinding: true, receives: 4, received: 128, wanted: 9 };
    const { least, most } = forecastJob(search, { walk, skipped: 2, unplanned: 5 });
    expect([least.raised, most.raised]).toEqual([160, 320]);
    expect(least.sum).toBe(5 + 8 + 150 + 2 + 5);
  });

  test('has an address for each message, and three for its receives', () => {
    const { addresses } = forecastJob(
      plan({ steps: ['send', 'delete'], inHand: 1600, toFind: 10, reach: 5000, visible: 5000 }),
    ).most;
    expect(addresses).toBe(3 + 1610 + 1610 + 4990);
  });

  test('of a whole queue that is emptied hides what is received ahead of the work', () => {
    const { hidden, raised } = forecastJob(plan({ isWhole: true, toFind: 5000, visible: 5000 })).most;
    expect([hidden, raised]).toEqual([64 + 8, 5000]);
  });

  test('receives no more than its limit', () => {
    expect(forecastJob(plan({ reach: 500, cap: 320, visible: 5000 })).most.raised).toBe(320);
  });

  test('has no time without a measured round trip, and at most the pace that was asked for', () => {
    expect(forecastJob(plan({ roundTrip: undefined })).most.time).toBeUndefined();
    const paced = plan({ inHand: 101, toFind: 0, perSecond: 10, roundTrip: 50 });
    expect(forecastJob(paced).most.time?.all).toBeCloseTo(10.05);
  });
});
