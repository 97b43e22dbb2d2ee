import type { LabEvent } from '@/lab/film/lab-event';
import { WATCHER, type World } from '@/lab/film/world';
import { type Call, ORDERS } from '@/lab/run/calls';
import { actorName } from '../text/names';

/** A request that the service carried out. */
export type Served = Extract<LabEvent, { what: 'served' }>;

/** What the wire shows beside the picture. */
export type Shown = {
  /** Whose requests: an actor, or the observer of the checks. */
  actor: string | undefined;
  /** "What worker 2 sent" */
  title: string;
  /** The latest last; receives that found nothing only where there is nothing else. */
  served: readonly Served[];
  /** The request that the actor died before. */
  unsent?: Call;
  /** The request whose answer is shown, and the title of that. */
  got: Served | undefined;
  gotTitle: string;
};

/** Requests that are shown at once. */
const MOST = 4;

type Moment = {
  events: readonly LabEvent[];
  world: World;
  /** The call that is asked for: the proof of a step. */
  call: number | undefined;
  /** The actor that the caption speaks of. */
  subject: string | undefined;
};

/** Whose requests are shown at a moment, and which: those that proved a step, or else those of the one it is about. */
export function shownRequests({ events, world, call, subject }: Moment): Shown {
  const served = events.filter((event) => event.what === 'served');
  const proof = call === undefined ? undefined : served.find((one) => one.call === call);
  if (proof?.actor === WATCHER) return looked(served, proof);
  const asked = served.filter(({ actor }) => actor !== WATCHER);
  const told = asked.filter(tells);
  const isKnown = subject !== undefined && told.some(({ actor }) => actor === subject);
  const actor = proof?.actor ?? (isKnown ? subject : (told.at(-1) ?? asked.at(-1))?.actor);
  if (actor === undefined)
    return { actor, title: 'What was sent', served: [], got: undefined, gotTitle: 'What came back' };
  const name = spoken(actor);
  const upTo = proof
    ? told.filter(({ at, number }) => at < proof.at || (at === proof.at && number <= proof.number))
    : told;
  const own = upTo.filter((one) => one.actor === actor);
  const shown = own.length > 0 ? own : asked.filter((one) => one.actor === actor).slice(-1);
  const unsent = proof ? undefined : unsentBy(actor, world, own);
  return {
    actor,
    title: `What ${name} sent`,
    served: shown.slice(-MOST),
    ...(unsent && { unsent }),
    got: shown.at(-1),
    gotTitle: `What ${name} got`,
  };
}

/** All that the observer asked of the queue of that look. */
function looked(served: readonly Served[], proof: Served): Shown {
  const { at, request } = proof;
  return {
    actor: WATCHER,
    title: 'What the lab asked',
    served: served.filter((one) => one.actor === WATCHER && one.at === at && one.request.queue === request.queue),
    got: proof,
    gotTitle: `What the ${request.op} gave`,
  };
}

/** False for a receive that found nothing. */
const tells = ({ request, reply }: Served): boolean =>
  request.op !== 'receive' || !reply.ok || (reply.messages ?? []).length > 0;

/** The delete that an actor which crashed has not sent, as long as the service waits for it. */
function unsentBy(actor: string, { actors, messages }: World, own: readonly Served[]): Call | undefined {
  if (actors[actor]?.phase !== 'crashed') return undefined;
  const lost = Object.values(messages).find(
    ({ by, isVisible, queue }) => by === actor && !isVisible && queue === ORDERS,
  );
  if (!lost) return undefined;
  for (const { request, reply } of own.toReversed()) {
    if (!reply.ok) continue;
    const receipt =
      request.op === 'update' && request.id === lost.id
        ? reply.receipt
        : reply.messages?.find(({ id }) => id === lost.id)?.receipt;
    if (receipt !== undefined) return { op: 'delete', queue: ORDERS, id: lost.id, receipt };
  }
  return undefined;
}

/** An actor within a sentence: `worker 2`, `you`. */
const spoken = (actor: string): string =>
  actor === WATCHER ? 'the lab' : actor === 'you' || actor.startsWith('worker') ? actor : actorName(actor);
