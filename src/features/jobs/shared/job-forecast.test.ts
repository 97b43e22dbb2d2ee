import { beforeEach, describe, expect, test } from 'vitest';
import { forecastJob } from '@/bulk/planning/forecast';
import { SANDBOX } from '@/sandbox/sandbox-account';
import { dropConnectionLeases } from '@/state/leases/leases';
import { receiveNow } from '@/state/messages/lease.fixture';
import { recordsOf } from '@/state/messages/records';
import { costsPreflights } from '@/state/start/preflights';
import { forecastConsequences, type PlanOptions, planOf } from './job-forecast';
import { scopeOf } from './scope';

const orders = { connectionId: 'harborlane@local', queue: 'orders' };
type Known = { reach?: number; approximate?: number | undefined };
const scope = (ids?: string[], { reach, ...known }: Known = {}) =>
  scopeOf(
    recordsOf(orders.connectionId, orders.queue),
    { queue: 'orders', ...(ids && { ids }), ...(reach !== undefined && { reach }) },
    { approximate: 40, threshold: 5, ...known },
  );

beforeEach(() => dropConnectionLeases(orders.connectionId));

const options: PlanOptions = { steps: ['send', 'delete'], concurrency: 8 };
const told = (of: ReturnType<typeof scope>, change: Partial<PlanOptions> = {}, roundTrip?: number, preflights = 0) => {
  const plan = planOf(of, { ...options, ...change }, roundTrip);
  return forecastConsequences(plan && { ...forecastJob(plan), plan, roundTrip, preflights }).filter(
    (one) => one !== false,
  );
};

describe('what a dialog forecasts', () => {
  test('for chosen messages is what finding, moving and returning them takes', () => {
    expect(told(scope(['a', 'b', 'c'], { reach: 40, approximate: 50 }), { limit: 320 }, 44)).toEqual([
      'Receives 50 messages, of which 47 are only passed and go back beside the work.',
      'About 55 requests: 2 receive, 3 put, 3 delete, 47 return.',
      'Hides 50 messages, each until its turn, and after a closed tab for up to 2 min. Others see meanwhile: none of the messages that are there now, until they go back.',
      'About 3 s at 44 ms a request.',
    ]);
  });

  test('for what is in hand has no receive and no return', () => {
    for (const id of ['a', 'b']) receiveNow(orders, id);
    expect(told(scope(['a', 'b'], { reach: 2 }), { steps: ['change', 'send', 'delete'] })).toEqual([
      'About 4 requests: 2 put, 2 delete.',
    ]);
  });

  test('is a range that says why, where nobody knows how far the last message is', () => {
    expect(told(scope(['a', 'b', 'c'], { approximate: 5000 }), { limit: 320, steps: ['delete'] }, 50)).toEqual([
      'Receives 32 to 320 messages, of which 29 to 317 are only passed and go back beside the work.',
      'About 33 to 330 requests: 1 to 10 receive, 3 delete, 29 to 317 return. Which, depends on how far from the front the last of them is.',
      'Hides 320 messages at most, each until its turn, and after a closed tab for up to 2 min. Others see meanwhile: about 4,680 messages of those that are there now.',
      'About 2 s to 17 s at 50 ms a request.',
    ]);
  });

  test('for a whole queue counts what others of this tab have not, up to the limit, and needs its count', () => {
    expect(told(scope(undefined, { approximate: 500 }))).toEqual([
      'About 1,017 requests: 17 receive, 500 put, 500 delete.',
      'Hides 72 messages at a time, each until its turn, and after a closed tab for up to 2 min. Others see meanwhile: the messages whose turn has not come, as long as there are some.',
    ]);
    expect(told(scope(undefined, { approximate: 64 }), { steps: ['write'], limit: 10 })[0]).toBe(
      'About 11 requests: 1 receive, 10 return.',
    );
    receiveNow(orders, 'a');
    expect(told(scope(undefined, { approximate: 33 }), { steps: ['delete'] })[0]).toBe(
      'About 35 requests: 2 receive, 33 delete.',
    );
    expect(told(scope(undefined, { approximate: undefined }))).toEqual([]);
  });

  test('names preflights apart, and only where the browser sends them', () => {
    expect(told(scope(undefined, { approximate: 64 }), {}, undefined, 130)).toContain(
      'Up to 130 CORS preflights beside them: the browser asks about each address.',
    );
    const azure = { endpoint: 'https://harborlane.queue.core.windows.net' };
    expect(costsPreflights(azure, 'https://queuescope.example')).toBe(true);
    expect(costsPreflights({ ...azure, relay: true }, 'https://queuescope.example')).toBe(false);
    expect(costsPreflights(SANDBOX, 'https://queuescope.example')).toBe(false);
    expect(costsPreflights({ endpoint: 'http://127.0.0.1:10001/devstoreaccount1' }, 'http://127.0.0.1:10001')).toBe(
      false,
    );
  });

  test('follows the order that was chosen', () => {
    const whole = scope(undefined, { approximate: 64 });
    expect(told(whole, { steps: ['change'], order: 'kept' })[0]).toBe(
      'About 131 requests: 3 receive, 64 update, 64 return.',
    );
    expect(told(whole, { steps: ['change'], order: 'fast' })[0]).toBe('About 67 requests: 3 receive, 64 update.');
  });
});
