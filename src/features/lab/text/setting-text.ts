import type { ParamName, Params } from '@/lab/run/params';
import { ACT_MS, type Act, type Input } from '@/lab/run/run';
import { counted, percent } from '@/words/counts';
import { duration } from '@/words/times';
import type { Caption } from './event-text';

/** The value of a setting as its slider shows it. */
export function settingText(name: ParamName, value: number): string {
  switch (name) {
    case 'crash':
      return percent(value / 100);
    case 'tries':
      return value === 0 ? 'no rule' : counted(value, 'try', 'tries');
    case 'bad':
      return value === 0 ? 'none' : value === 1 ? 'all' : `one in ${value}`;
    case 'batch':
      return `up to ${value}`;
    case 'ttl':
      return value < 0 ? 'for ever' : duration(value * 1000);
    case 'vis':
    case 'work':
    case 'restart':
    case 'delay':
    case 'poll':
      return `${value} s`;
    case 'rate':
      return `${value}/s`;
    case 'workers':
      return counted(value, 'worker');
    case 'extend':
    case 'vary':
      return value === 1 ? 'on' : 'off';
  }
}

const NAMES: Record<ParamName, string> = {
  vis: 'The visibility timeout',
  work: 'The processing time',
  crash: 'The crash probability',
  tries: 'The poison rule',
  batch: 'The number of messages of a receive',
  bad: 'The share of broken orders',
  restart: 'The time until a crashed worker is back',
  ttl: 'The time to live',
  delay: 'The visibility delay',
  poll: 'The longest wait between two receives',
  rate: 'The rate of the producers',
  workers: 'The number of workers',
  extend: 'Extending the lease',
  vary: 'Varying the processing time',
};

const ACTS: Record<Exclude<Act['act'], 'set'>, string> = {
  view: 'Look as a consumer does',
  send: 'Send one',
  burst: 'Send a burst',
  receive: 'Receive',
  peek: 'Peek',
  count: 'Count',
  delete: 'Delete',
  deleteOld: 'Delete with the first receipt',
  extend: 'Extend',
  create: 'Create the queue',
  redrive: 'Take one back from orders-poison',
  slip: 'Crash between copy and delete',
  note: 'Write a note',
  addWorker: 'Add a worker',
  removeWorker: 'Remove a worker',
  crash: 'Crash a worker',
};

const WAITING: Caption = {
  title: '',
  detail: 'Time stands still. Press Play or Step to see what comes of it.',
  concept: '',
  tone: 'neutral',
};

/** Ms of the run for which a change of a setting is what the caption tells. */
const TOLD_MS = 4000;

/**
 * The caption of what the person did last, while it is new: what is set now and what follows from it, or that an act waits for
 * time to go on.
 */
export function actCaption(inputs: readonly Input[], params: Params, now: number): Caption | undefined {
  const last = inputs.findLast(({ at }) => at <= now + ACT_MS);
  if (!last || now - last.at > TOLD_MS) return undefined;
  if (last.act !== 'set')
    return last.at > now ? { ...WAITING, title: `${ACTS[last.act]}: as soon as time goes on` } : undefined;
  const { name } = last;
  const value = params[name];
  const text =
    typeof value === 'number'
      ? settingText(name, value)
      : name === 'poll'
        ? `${value[1]} s`
        : value.map((rate) => settingText('rate', rate)).join(' and ');
  return {
    title: `${NAMES[name]}: ${text}`,
    detail: follows(params) ?? 'It holds from here on. What began before goes on as it was begun.',
    concept: 'Settings',
    tone: follows(params) === undefined ? 'neutral' : 'leased',
  };
}

/** What follows from settings that are sound one by one and not together, the gravest first; undefined when nothing does. */
export function follows(params: Params): string | undefined {
  const { vis, work, batch, extend, tries, bad, ttl, delay, crash, restart, workers } = params;
  if (ttl >= 0 && delay >= ttl)
    return `A delay of ${delay} s is not shorter than the life of ${duration(ttl * 1000)}: the service refuses every new order with 400.`;
  if (workers === 0) return 'Nobody receives but you.';
  if (crash === 100) return 'Every worker crashes at every order: none is ever done.';
  if (work > vis && extend === 0)
    return `The work takes longer than the lease of ${vis} s: the message is visible again while it is worked on, another worker gets it, and the older receipt is refused.`;
  if (work * batch > vis && extend === 0)
    return `${counted(batch, 'message')} take ${duration(work * batch * 1000)} one after the other, and their leases all end after ${vis} s: the last ones are visible again before their turn.`;
  if (bad > 0 && tries === 0) return 'Broken orders come back for ever: no worker sets them aside.';
  if (ttl >= 0 && ttl < work) return `An order lives for ${duration(ttl * 1000)}: it expires while it is worked on.`;
  if (tries === 1 && crash > 0) return 'One crash is enough to set a good order aside.';
  if (restart > vis && crash > 0)
    return 'The lease ends before the crashed worker is back: another one gets the message.';
  return undefined;
}
