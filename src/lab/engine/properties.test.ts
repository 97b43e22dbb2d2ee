import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createFilm } from '../film/film';
import type { LabEvent } from '../film/lab-event';
import { applyEvent, emptyWorld, type World } from '../film/world';
import { anyRun, RUNS } from '../run/any-run.fixture';
import { createEngine } from './engine';
import type { FromPlayer } from './play-protocol';
import { createRunPlayer } from './play-run';

// Many runs are played, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 });

const MINUTE = 60_000;

async function logOf(run: Parameters<typeof createEngine>[0]): Promise<LabEvent[]> {
  return (await createEngine(run)).advance(MINUTE);
}

/** What is wrong with the ledger of a world, if anything. */
function ledgerFault({ tally, messages, effects }: World): string | undefined {
  const all = Object.values(messages);
  const orders = all.filter(({ queue }) => queue === 'orders').length;
  const poison = all.length - orders;
  if (tally.sent !== tally.done + tally.moved + tally.expired + tally.lost + orders) return 'an order is lost';
  if (tally.poisoned !== poison + tally.poisonGone) return 'a copy is lost';
  if (effects.once < tally.done) return 'an order is done without its effect';
  return effects.all < effects.once ? 'an effect is counted wrongly' : undefined;
}

/** Every moment of a log at which its ledger does not add up. */
function ledgerFaults(events: readonly LabEvent[]): string[] {
  const world = emptyWorld();
  return events.flatMap((event) => {
    applyEvent(world, event);
    const fault = ledgerFault(world);
    return fault === undefined ? [] : [`${fault} at ${event.at} ms`];
  });
}

test('at every event all orders are accounted for, and no order is done without its effect', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (run) => {
      expect(ledgerFaults(await logOf(run))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

/** What the log tells of one message. */
type Told = { receipt: string | undefined; old: Set<string>; receives: number; hiddenUntil: number };

/** What a log says that no queue may do: two holders, a wrong count, an old receipt that opens something. */
function leaseFaults(events: readonly LabEvent[]): string[] {
  const told = new Map<string, Told>();
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => void (holds || faults.push(fault));
  function renew(one: Told, receipt: string | undefined, hiddenUntil: number) {
    if (one.receipt !== undefined) one.old.add(one.receipt);
    Object.assign(one, { receipt, hiddenUntil });
  }
  for (const event of events) {
    if (event.what !== 'served') continue;
    const { request, reply, at } = event;
    const messages = reply.ok ? (reply.messages ?? []) : [];
    if (request.op === 'send')
      for (const { id, receipt } of messages)
        told.set(id, { receipt, old: new Set(), receives: 0, hiddenUntil: at + request.delay * 1000 });
    if (request.op === 'receive')
      for (const { id, receipt, count } of messages) {
        const one = told.get(id);
        if (!one) {
          faults.push(`${id} was received, and is not there`);
          continue;
        }
        check(one.hiddenUntil <= at, `${id} has two holders at ${at} ms`);
        one.receives++;
        check(count === one.receives, `${id} was received ${one.receives} times and counts ${count}`);
        renew(one, receipt, at + request.vis * 1000);
      }
    if (request.op !== 'update' && request.op !== 'delete') continue;
    const one = told.get(request.id);
    // The newest receipt opens the message for as long as it is there, and an older one never.
    check(one !== undefined || !reply.ok, `${request.id} was changed, and is not there`);
    check(!one?.old.has(request.receipt) || !reply.ok, `an old receipt opens ${request.id} at ${at} ms`);
    if (!reply.ok || !one) continue;
    check(request.receipt === one.receipt, `another receipt opens ${request.id} at ${at} ms`);
    if (request.op === 'delete') told.delete(request.id);
    else renew(one, reply.receipt, at + request.vis * 1000);
  }
  return faults;
}

test('a message has one holder, its count is its receives, and its older receipts open nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (run) => {
      expect(leaseFaults(await logOf(run))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('the film at any time is the log played up to it', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.array(fc.nat(MINUTE), { minLength: 1, maxLength: 6 }), async (run, times) => {
      const events = await logOf(run);
      const film = createFilm();
      film.add(events, MINUTE);
      for (const at of times) {
        const world = emptyWorld();
        for (const event of events) if (event.at <= at) applyEvent(world, event);
        expect(film.at(at)).toEqual({ ...world, at });
      }
    }),
    { numRuns: RUNS },
  );
});

test('a run that is forked with the acts that it has goes on as it was', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.integer({ min: 1, max: MINUTE }), async (run, at) => {
      const events: LabEvent[] = [];
      let ends: (() => void) | undefined;
      let until = -1;
      const send = createRunPlayer((answer: FromPlayer) => {
        if (answer.kind !== 'played') return;
        events.push(...answer.events);
        ({ until } = answer);
        ends?.();
      });
      const played = (ms: number) =>
        new Promise<void>((resolve) => {
          ends = () => until >= ms && resolve();
          ends();
        });
      send({ kind: 'start', take: 1, run, watch: false });
      send({ kind: 'advance', take: 1, until: MINUTE });
      await played(MINUTE);
      const whole = events.splice(0);
      until = -1;
      send({ kind: 'fork', take: 2, run, at, have: at - 1 });
      send({ kind: 'advance', take: 2, until: MINUTE });
      await played(MINUTE);
      expect(events).toEqual(whole.filter((event) => event.at >= at));
    }),
    { numRuns: RUNS },
  );
});
