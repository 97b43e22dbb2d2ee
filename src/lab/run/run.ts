import { clamped, DEFAULTS, type ParamName, type Params, RANGES, readParam, writeParam } from './params';

/**
 * What a person does in a run. `create` makes the queue in a run that starts without one. `deleteOld` deletes with the first
 * receipt of the message in hand, not with the newest. `redrive` takes one message back from the poison queue. `slip` has the
 * next worker that moves a message crash after the copy, before the delete. `view` looks at the queue as a consumer does: it
 * sends nothing.
 */
export type Act =
  | {
      act:
        | 'send'
        | 'receive'
        | 'peek'
        | 'count'
        | 'delete'
        | 'deleteOld'
        | 'extend'
        | 'create'
        | 'redrive'
        | 'slip'
        | 'view'
        | 'addWorker';
    }
  /** From 1; without a number it is the worker that came last. It goes when what it has in hand is done. */
  | { act: 'removeWorker'; worker?: number }
  | { act: 'burst'; count: number }
  /** Writes that `part` of the parts are done into the message in hand; 0 writes an empty text. */
  | { act: 'note'; part: number }
  /** From 1; 0 is the worker that has been at work the longest. */
  | { act: 'crash'; worker: number }
  | { act: 'set'; name: ParamName; value: Params[ParamName] };

/** An act that is done at a moment has its time at most so many ms after it. */
export const ACT_MS = 2;

/** An act at a time, in ms from the start of the run. */
export type Input = Act & { at: number };

/** Everything that a run follows from: the same value gives the same run, on every machine. */
export type Run = {
  /** Of the rules of the engine; a run of another version cannot be played. */
  version: typeof VERSION;
  params: Params;
  /** 0 to 2³² − 1. */
  seed: number;
  /** In the order of their times. */
  inputs: readonly Input[];
  /** The run starts without its queues. */
  bare?: boolean;
};

export const VERSION = 1;
const DEFAULT_SEED = 42;
const MOST_INPUTS = 2000;
const MOST_SEED = 2 ** 32 - 1;
/** A simulated day: no run is longer. */
export const LAST_MS = 86_400_000;

/** Letters of the acts without a value in an address. */
const LETTERS = {
  send: 's',
  receive: 'r',
  peek: 'k',
  count: 'm',
  delete: 'd',
  deleteOld: 'o',
  extend: 'x',
  create: 'q',
  redrive: 'y',
  slip: 'z',
  view: 'e',
  addWorker: 'w',
  removeWorker: 'v',
} as const;
type Plain = keyof typeof LETTERS;
const PLAIN = new Map(Object.entries(LETTERS).map(([act, letter]) => [letter as string, act as Plain]));

/** A new run with these settings in place of the usual ones. */
export const newRun = (change: Partial<Params> = {}, seed = DEFAULT_SEED): Run => ({
  version: VERSION,
  params: { ...DEFAULTS, ...change },
  seed,
  inputs: [],
});

/**
 * The run with one act more, at its place in time; what came after that time is cut off. A setting that is set once more in the
 * same ms is set once: a slider that is moved by keys while time stands leaves one act.
 */
export const withInput = (run: Run, input: Input): Run => ({
  ...run,
  inputs: [...run.inputs.filter((one) => one.at <= input.at && !isSameSetting(one, input)), input],
});

const isSameSetting = (one: Input, other: Input): boolean =>
  one.act === 'set' && other.act === 'set' && one.name === other.name && one.at === other.at;

/** The settings with another value of one. */
export const withParam = (params: Params, name: ParamName, value: Params[ParamName]): Params => ({
  ...params,
  [name]: value,
});

/** Parameters of an address for what differs from `usual`, in a fixed order; all of them where nothing is usual. */
export function writeRun(run: Run, usual: Partial<Params> = DEFAULTS): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of PARAM_NAMES) {
    const text = writeParam(run.params[name], name);
    const other = usual[name];
    if (other === undefined || text !== writeParam(other, name)) query.set(name, text);
  }
  if (run.seed !== DEFAULT_SEED) query.set('seed', String(run.seed));
  if (run.inputs.length > 0) query.set('in', run.inputs.map(writeInput).join(','));
  return query;
}

/**
 * The run that an address has, over `usual` settings. In place of a number that is out of its range the nearest one is taken; what
 * is no number is left out. Both are told in a sentence in `problems`. Never throws.
 */
export function readRun(
  query: URLSearchParams,
  usual: Params = DEFAULTS,
): { run: Run; problems: string[] /** Ms of the run at which it is to be shown, if any. */; at?: number } {
  const problems: string[] = [];
  let moment: number | undefined;
  let params = usual;
  let seed = DEFAULT_SEED;
  let inputs: Input[] = [];
  for (const [name, text] of query) {
    if (name === 'in') {
      const read = readInputs(text.slice(0, 80_000));
      inputs = read.inputs;
      problems.push(...read.problems);
    } else if (name === 'seed') {
      const isNumber = /^-?\d+$/.test(text);
      if (isNumber) seed = clamped(Number(text), { least: 0, most: MOST_SEED });
      if (!isNumber || seed !== Number(text))
        problems.push(`The seed is a whole number up to ${MOST_SEED}: ${seed} is taken.`);
    } else if (name === 'v') {
      if (text !== String(VERSION))
        problems.push(`This run is of version ${text.slice(0, 20)}; this lab plays version ${VERSION}.`);
    } else if (isParamName(name)) {
      const read = readParam(name, text);
      const value = read.problem === undefined ? read.value : (read.nearest ?? params[name]);
      params = withParam(params, name, value);
      if (read.problem !== undefined)
        problems.push(`The setting "${name}" ${read.problem}: ${writeParam(value, name)} is taken.`);
    } else if (name === 't') {
      moment = readTime(text);
      if (moment === undefined) {
        const isLate = /^\d+(?:\.\d+)?$/.test(text) && Number(text) * 1000 > LAST_MS;
        if (isLate) moment = LAST_MS;
        problems.push(`The time "t" is seconds of a day at most: the ${isLate ? 'end of the day' : 'start'} is shown.`);
      }
    } else problems.push(`There is no setting "${name.slice(0, 40)}".`);
  }
  return {
    run: { version: VERSION, params, seed, inputs },
    problems,
    ...(moment !== undefined && { at: moment }),
  };
}

const PARAM_NAMES = [...(Object.keys(RANGES) as ParamName[]), 'rate' as const, 'poll' as const].toSorted();
const isParamName = (name: string): name is ParamName => (PARAM_NAMES as readonly string[]).includes(name);

/** `c2@16` crashes worker 2 after 16 seconds; a setting is `vis:10@12.5`, its own commas are blanks. */
function writeInput(input: Input): string {
  const at = `@${input.at / 1000}`;
  if (input.act === 'crash') return `c${input.worker}${at}`;
  if (input.act === 'burst') return `b${input.count}${at}`;
  if (input.act === 'note') return `u${input.part}${at}`;
  if (input.act === 'removeWorker') return `${LETTERS.removeWorker}${input.worker ?? ''}${at}`;
  if (input.act === 'set') return `${input.name}:${writeParam(input.value, input.name).replaceAll(',', ' ')}${at}`;
  return `${LETTERS[input.act]}${at}`;
}

function readInputs(text: string): { inputs: Input[]; problems: string[] } {
  const problems: string[] = [];
  const parts = text.split(',');
  if (parts.length > MOST_INPUTS) problems.push(`Only the first ${MOST_INPUTS} acts are taken.`);
  const inputs: Input[] = [];
  for (const part of parts.slice(0, MOST_INPUTS)) {
    const input = readInput(part);
    if (input) inputs.push(input);
    else problems.push(`"${part.slice(0, 40)}" is no act at a time, such as c2@16.`);
  }
  return { inputs: inputs.toSorted((a, b) => a.at - b.at), problems };
}

function readInput(text: string): Input | undefined {
  const [, what = '', seconds = ''] = /^([a-z]+\d*|[a-z]+:[\d. -]+)@(\d{1,5}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  const at = readTime(seconds);
  if (at === undefined) return undefined;
  const act = readAct(what);
  return act && { ...act, at };
}

/** Seconds of a run as ms; undefined for what is none, or is later than a day. */
function readTime(seconds: string): number | undefined {
  const at = /^\d{1,5}(?:\.\d{1,3})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : undefined;
  return at === undefined || at > LAST_MS ? undefined : at;
}

function readAct(text: string): Act | undefined {
  const plain = PLAIN.get(text);
  if (plain) return { act: plain };
  const [, letter, digits] = /^([bcuv])(\d{1,4})$/.exec(text) ?? [];
  const number = Number(digits);
  if (letter === 'c') return number <= MOST_WORKERS ? { act: 'crash', worker: number } : undefined;
  if (letter === 'v')
    return number >= 1 && number <= MOST_WORKERS ? { act: 'removeWorker', worker: number } : undefined;
  if (letter === 'u') return number <= MOST_PARTS ? { act: 'note', part: number } : undefined;
  if (letter === 'b') return number >= 1 && number <= MOST_BURST ? { act: 'burst', count: number } : undefined;
  const [name = '', value = ''] = text.split(':');
  if (!isParamName(name)) return undefined;
  const read = readParam(name, value.replaceAll(' ', ','));
  return read.problem === undefined ? { act: 'set', name, value: read.value } : undefined;
}

const MOST_BURST = 1000;
const MOST_PARTS = 9;
/** Of all that ever join a run. */
const MOST_WORKERS = 99;
