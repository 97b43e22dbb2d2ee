import { connect } from '../../azure/account';
import { makeAccountSas } from '../../azure/credentials/sas-generate';
import { importKey } from '../../azure/credentials/shared-key';
import type { Account } from '../../azure/protocol/model';
import { readPlainXml } from '../../azure/wire/xml';
import { createClock } from '../../sandbox/clock';
import { createRandom, type RandomState } from '../../sandbox/random';
import { SANDBOX } from '../../sandbox/sandbox-account';
import { createSandbox } from '../../sandbox/service';
import type { SandboxSnapshot } from '../../sandbox/snapshot';
import type { Actor, ActorEvent, Wish } from '../actors/actor';
import { producer } from '../actors/producer';
import { watcher } from '../actors/watcher';
import { you } from '../actors/you';
import type { LabEvent, LabFact } from '../film/lab-event';
import { applyEvent, copyWorld, emptyWorld, WATCHER, type World } from '../film/world';
import { carryOut, ORDERS, POISON } from '../run/calls';
import { type Chance, chanceOf } from '../run/chance';
import type { Params } from '../run/params';
import { type Act, type Input, type Run, withParam } from '../run/run';
import { Agenda, type Entry } from './agenda';

/** An actor whose state is of any kind. */
type AnyState = { epoch: number };
type Cast = { actor: Actor<AnyState>; state: AnyState; chance: Chance; net: Chance; shown: string };

/** The engine at one moment, as plain data: another engine of the same run goes on from there. */
export type Checkpoint = {
  at: number;
  /** Of the next event and the next call. */
  numbers: { event: number; call: number; entry: number };
  params: Params;
  agenda: readonly Entry[];
  cast: Record<string, { state: AnyState; chance: RandomState; net: RandomState; shown: string }>;
  world: World;
  service: SandboxSnapshot;
};

export type Engine = {
  /** Ms of the run up to which everything has happened. */
  readonly at: number;
  readonly world: World;
  /** Lets everything happen up to and with that ms, and returns it. */
  advance: (until: number) => Promise<LabEvent[]>;
  checkpoint: () => Checkpoint;
};

/** Ms of the service's clock at the start of a run: Thursday, 1 January 2026, 09:00 UTC. */
export const RUN_START = Date.UTC(2026, 0, 1, 9);
/** Ms of one way between an actor and the service. */
const WAY_MS = { least: 10, most: 40 };

export type Sign = 'sas' | 'key';

/**
 * Plays a run on a service of its own: the account and the sandbox of the explorer, with simulated time. One thing happens after
 * the other, and time moves only between. `from` is a checkpoint of a run that is the same up to there. `sign` is for tests: a
 * SAS costs one signature less a request.
 */
export async function createEngine(
  run: Run,
  { from, watch = false, sign = 'sas' }: { from?: Checkpoint; watch?: boolean; sign?: Sign } = {},
): Promise<Engine> {
  const clock = createClock({ deviceTime: () => 0, startsAt: RUN_START, paused: true });
  const network = { now: () => clock.now(), delay: async () => {} };
  const sandbox = createSandbox({ clock, seed: run.seed, network });
  const account = await accountOf(sandbox.fetch, clock.now, run.seed, sign);
  const worker = await workerOf(run);
  const agenda = new Agenda();
  const cast = new Map<string, Cast>();
  const world = from ? copyWorld(from.world) : emptyWorld();
  const numbers = from ? { ...from.numbers } : { event: 0, call: 0, entry: 0 };
  let params = from?.params ?? run.params;
  let at = from?.at ?? 0;
  let events: LabEvent[] = [];
  let lookedAt: number | undefined;

  const schedule = (when: number, due: Entry['due']): void => agenda.add({ at: when, number: numbers.entry++, due });

  function log(fact: LabFact): void {
    const event: LabEvent = { ...fact, at, number: numbers.event++ };
    applyEvent(world, event);
    events.push(event);
    if (event.what === 'served' && event.reply.ok) watchTimes(event);
    if (event.what === 'expired') agenda.forget(event.id);
  }

  /** Leases, delays and lives that this answer began end by themselves. */
  function watchTimes({ request, reply }: Extract<LabEvent, { what: 'served' }>): void {
    if (reply.ok && request.op === 'delete') agenda.forget(request.id);
    if (!reply.ok || (request.op !== 'send' && request.op !== 'receive' && request.op !== 'update')) return;
    const ids = request.op === 'update' ? [request.id] : (reply.messages ?? []).map(({ id }) => id);
    for (const id of ids) {
      const message = world.messages[id];
      if (!message) continue;
      if (!message.isVisible) schedule(message.visibleAt, { to: 'lease', id, visibleAt: message.visibleAt });
      if (request.op === 'send' && message.expiresAt < Infinity) schedule(message.expiresAt, { to: 'life', id });
    }
  }

  function join(name: string): Cast {
    const actor = actorOf(name, run, worker);
    const member: Cast = {
      actor,
      state: { epoch: 0 },
      chance: chanceOf(run.seed, name),
      net: chanceOf(run.seed, `${name} network`),
      shown: '',
    };
    cast.set(name, member);
    return member;
  }

  function enter(name: string): void {
    const member = join(name);
    member.state = member.actor.begin(contextOf(name, member));
    tell(name, { event: 'start' });
  }

  const contextOf = (name: string, { chance }: Cast) => ({ name, params, chance, now: at });

  function tell(name: string, event: ActorEvent): void {
    const member = cast.get(name);
    if (!member) return;
    const [state, wishes] = member.actor.react(member.state, event, contextOf(name, member));
    member.state = state;
    const view = member.actor.view(state);
    const shown = JSON.stringify(view);
    if (shown !== member.shown) {
      member.shown = shown;
      log({ what: 'viewed', actor: name, view });
    }
    for (const wish of wishes) grant(name, member, wish);
  }

  function grant(name: string, member: Cast, wish: Wish): void {
    const { epoch } = member.state;
    if (wish.wish === 'wake')
      schedule(at + wish.after, { to: 'actor', name, event: { event: 'wake', why: wish.why, epoch } });
    else if (wish.wish === 'effect') log({ what: 'charged', actor: name, order: wish.order });
    else if (wish.wish === 'note') log({ what: 'noted', actor: name, note: wish.note });
    else {
      const call = numbers.call++;
      log({ what: 'asked', actor: name, call, request: wish.call });
      schedule(at + way(name, member), { to: 'service', name, call, request: wish.call, epoch });
    }
  }

  /** The watcher stands beside the service. */
  const way = (name: string, { net }: Cast): number => (name === WATCHER ? 0 : net.between(WAY_MS.least, WAY_MS.most));

  async function serve({ name, call, request, epoch }: Extract<Entry['due'], { to: 'service' }>): Promise<void> {
    const reply = await carryOut(account, request, RUN_START);
    log({ what: 'served', actor: name, call, request, reply });
    const member = cast.get(name);
    if (member) schedule(at + way(name, member), { to: 'answer', name, call, request, reply, epoch });
    if (watch && name !== WATCHER) look();
  }

  /** Has the watcher look once at this ms, whatever happens in it. */
  function look(): void {
    if (lookedAt === at) return;
    lookedAt = at;
    schedule(at, { to: 'actor', name: WATCHER, event: { event: 'wake', why: 'look', epoch: 0 } });
  }

  function act(input: Input): void {
    log({ what: 'did', input });
    if (input.act === 'set') return change(input);
    for (const name of playersOf(input)) tell(name, { event: 'act', act: input });
    if (input.act === 'addWorker') addWorker();
  }

  function change({ name, value }: Extract<Act, { act: 'set' }>): void {
    params = withParam(params, name, value);
    if (name === 'workers') {
      for (let tries = 0; tries < 24 && workersAt().length < params.workers; tries++) addWorker();
      for (const left of workersAt().slice(params.workers)) tell(left, { event: 'act', act: { act: 'removeWorker' } });
    }
    if (name === 'rate')
      for (const [index] of params.rate.entries())
        if (!cast.has(`producer ${index + 1}`)) enter(`producer ${index + 1}`);
    for (const actor of cast.keys()) if (name !== 'rate' || actor.startsWith('producer')) tell(actor, { event: 'set' });
  }

  const workersAt = () =>
    [...cast.keys()].filter((name) => name.startsWith('worker') && world.actors[name]?.phase !== 'gone');

  function addWorker(): void {
    const number = [...cast.keys()].filter((name) => name.startsWith('worker')).length + 1;
    enter(`worker ${number}`);
  }

  function playersOf(input: Input): readonly string[] {
    switch (input.act) {
      case 'crash':
        return input.worker > 0 ? [`worker ${input.worker}`] : busiest();
      case 'removeWorker':
        return input.worker === undefined ? workersAt().slice(-1) : [`worker ${input.worker}`];
      case 'slip':
        return workersAt();
      case 'addWorker':
      case 'view':
      case 'set':
        return [];
      case 'send':
      case 'burst':
      case 'create':
      case 'receive':
      case 'peek':
      case 'count':
      case 'delete':
      case 'deleteOld':
      case 'extend':
      case 'note':
      case 'redrive':
        return ['you'];
    }
  }

  /** The worker whose work ends first. */
  function busiest(): string[] {
    return workersAt()
      .filter((name) => endOfWork(world, name) < Infinity)
      .toSorted((a, b) => endOfWork(world, a) - endOfWork(world, b))
      .slice(0, 1);
  }

  async function happen({ due }: Entry): Promise<void> {
    switch (due.to) {
      case 'actor':
        tell(due.name, due.event);
        return;
      case 'service':
        await serve(due);
        return;
      case 'answer': {
        const { name, call, request, reply, epoch } = due;
        log({ what: 'answered', actor: name, call, request, reply });
        tell(name, { event: 'reply', call: request, reply, epoch });
        return;
      }
      case 'input':
        act(due.input);
        return;
      case 'lease': {
        const message = world.messages[due.id];
        if (!message || message.isVisible || message.visibleAt !== due.visibleAt) return;
        log({ what: 'visible', queue: message.queue, id: due.id });
        if (watch) look();
        return;
      }
      case 'life': {
        const message = world.messages[due.id];
        if (!message) return;
        log({ what: 'expired', queue: message.queue, id: due.id });
        if (watch) look();
      }
    }
  }

  if (from) {
    sandbox.restore(from.service);
    for (const [name, saved] of Object.entries(from.cast)) {
      const member = join(name);
      Object.assign(member, { state: saved.state, shown: saved.shown });
      member.chance.restore(saved.chance);
      member.net.restore(saved.net);
    }
    for (const entry of from.agenda) agenda.add(entry);
  } else {
    if (!run.bare) for (const queue of [ORDERS, POISON]) await account.createQueue(queue);
    for (const name of namesOf(run, watch)) enter(name);
  }

  // Acts come before all else of their ms, whether the run began here or at a checkpoint.
  for (const [index, input] of run.inputs.entries())
    if (!from || input.at > from.at)
      agenda.add({ at: input.at, number: index - run.inputs.length, due: { to: 'input', input } });

  return {
    get at() {
      return at;
    },
    world,
    async advance(until) {
      for (let entry = agenda.first(); entry && entry.at <= until; entry = agenda.first()) {
        agenda.shift();
        if (entry.at > at) {
          at = entry.at;
          clock.advance(RUN_START + at - clock.now());
        }
        await happen(entry);
      }
      at = Math.max(at, until);
      const happened = events;
      events = [];
      return happened;
    },
    checkpoint: () => ({
      at,
      numbers: { ...numbers },
      params,
      agenda: agenda.entries().filter(({ due }) => due.to !== 'input'),
      cast: Object.fromEntries(
        [...cast].map(([name, { state, chance, net, shown }]) => [
          name,
          { state, chance: chance.state(), net: net.state(), shown },
        ]),
      ),
      world: copyWorld(world),
      service: sandbox.snapshot(),
    }),
  };
}

const endOfWork = ({ actors }: World, name: string): number => actors[name]?.until ?? Infinity;

function namesOf({ params }: Run, watch: boolean): string[] {
  const producers = params.rate.map((_, index) => `producer ${index + 1}`);
  const workers = Array.from({ length: params.workers }, (_, index) => `worker ${index + 1}`);
  return ['you', ...producers, ...workers, ...(watch ? [WATCHER] : [])];
}

/** The code of workers, for a run that has any: the first lesson has none. */
const workerOf = async ({ params, inputs }: Run): Promise<Actor<AnyState> | undefined> =>
  params.workers > 0 ||
  inputs.some((input) => input.act === 'addWorker' || (input.act === 'set' && input.name === 'workers'))
    ? (await import('../actors/worker')).worker
    : undefined;

function actorOf(name: string, { params }: Run, worker: Actor<AnyState> | undefined): Actor<AnyState> {
  // Orders of a person who works alone begin at 1001, as those of the first producer do else.
  const alone = params.rate.every((rate) => rate === 0);
  const index = Number(name.split(' ')[1] ?? 1) - 1;
  if (name === WATCHER) return watcher;
  if (name === 'you') return you(alone ? 1 : 9);
  if (name.startsWith('producer')) return producer(index, alone ? index + 2 : index + 1);
  if (!worker) throw new Error(`${name} is in no part of this run`);
  return worker;
}

async function accountOf(
  fetch: typeof globalThis.fetch,
  now: () => number,
  seed: number,
  sign: Sign,
): Promise<Account> {
  const key = await importKey(SANDBOX.key);
  const random = createRandom(seed + 3);
  const token = await makeAccountSas(key, SANDBOX.account, {
    sv: '2024-11-04',
    ss: 'q',
    srt: 'sco',
    sp: 'rwdlacup',
    se: '2126-01-01T00:00:00Z',
  });
  return connect(
    { ...SANDBOX, credential: sign === 'key' ? { kind: 'key', key } : { kind: 'sas', token } },
    {
      fetch,
      readXml: readPlainXml,
      now,
      signingTime: now,
      random: () => random.share(),
      nextId: () => random.guid(),
      delay: async () => {},
    },
  );
}
