import jsonata from 'jsonata';
import { nodesOf } from './expression-nodes';
import { goThroughStrings, INSIDE } from './through-strings';

/** Work that an expression may do on one message. It is counted, so that it ends at the same place everywhere. */
export type ExpressionLimits = {
  /** Parts of the expression that are evaluated, each as often as it is. */
  steps: number;
  /** Items of lists, and 16 characters of text, that are made, or read by a function. */
  made: number;
};

export const EXPRESSION_LIMITS: ExpressionLimits = { steps: 200_000, made: 4_000_000 };

/** Reads a value for `$decode`: what is inside of a text; the value itself where nothing is. */
export type Decode = (value: string) => Promise<unknown>;
const asItIs: Decode = (value) => Promise.resolve(value);
/** What a call of `$decode` costs, in items, besides what it reads and makes. */
const DECODE_COST = 5000;

/** Calls in calls, and items of one list that an operator makes. */
const MOST = { depth: 500, items: 100_000 };
const CHARACTERS_AN_ITEM = 16;

/** The expression reached a limit on this message; the message says which, to follow "stopped: ". */
export class ExpressionStopped extends Error {}

export type CountedExpression = {
  /** @throws ExpressionStopped at a limit, and what JSONata throws */
  evaluate: (input: unknown, bindings: Record<string, unknown>, limits?: ExpressionLimits) => Promise<unknown>;
};

type Left = ExpressionLimits;
type Builtin = { implementation: (this: unknown, ...args: unknown[]) => unknown; signature?: unknown };

/** The functions of JSONata that read or make lists and texts. */
const FUNCTIONS =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis clone'.split(
    ' ',
  );

/** Operators that read their operands to the last item. */
const READS_ALL: ReadonlySet<unknown> = new Set(['=', '!=', 'in', '&']);
/** Parts of an expression whose result is new, and not one that was there before. */
const MAKES: ReadonlySet<string> = new Set(['binary', 'unary', 'function', 'apply', 'path', 'wildcard', 'descendant']);

type CompileOptions = {
  /** What `$decode` does. */
  decode?: Decode;
  /** Whether paths go on inside strings, by `decode`. */
  isThrough?: boolean;
};

/**
 * Compiles a JSONata expression with one more function, `$decode`. Its work is counted: each part that is evaluated, and each
 * list and text that it makes, before a function makes more of them than is left. A regular expression that backtracks cannot
 * be counted. `$eval` is refused, since a message would be run as an expression.
 * @throws what JSONata throws at a syntax error
 */
export function compileCounted(
  source: string,
  { decode = asItIs, isThrough = false }: CompileOptions = {},
): CountedExpression {
  let left: Left = { steps: 0, made: 0 };
  const spend = (made: number) => {
    left.made -= made;
    if (left.made < 0) throw new ExpressionStopped('it makes more than one message may have');
  };
  const step = () => {
    if (--left.steps < 0) throw new ExpressionStopped('it takes more steps than one message may have');
  };

  class CountedRegExp extends RegExp {
    override exec(text: string) {
      spend(sizeOf(text));
      return super.exec(text);
    }
  }
  const compiled = jsonata(source, {
    RegexEngine: CountedRegExp as unknown as RegExpConstructor,
    stack: MOST.depth,
    sequence: MOST.items,
  });
  if (isThrough) goThroughStrings(compiled.ast());
  const readToEnd = operandsOf(compiled.ast());
  const exit = (node: Node, _input: unknown, _environment: unknown, result: unknown) => {
    step();
    if (MAKES.has(node.type ?? '')) spend(sizeOf(result));
    if (readToEnd.has(node)) readAll(result, spend);
  };
  // The library calls this after each part that it evaluates.
  compiled.assign(Symbol.for('jsonata.__evaluate_exit') as unknown as string, exit);
  compiled.assign('eval', {
    _jsonata_function: true,
    implementation() {
      throw new Error('$eval is not available: a message would be run as an expression');
    },
  });

  async function paidDecode(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) {
      const read: unknown[] = [];
      for (const one of value) read.push(await paidDecode(one));
      return read;
    }
    if (typeof value !== 'string') return value;
    step();
    spend(sizeOf(value) + DECODE_COST);
    const read = await decode(value);
    readAll(read, spend);
    return read;
  }
  /** A list inside a string is gone through like any other: its strings are read, too. */
  async function goInside(value: unknown): Promise<unknown> {
    const read = await paidDecode(value);
    return typeof value === 'string' && Array.isArray(read) ? paidDecode(read) : read;
  }
  compiled.registerFunction('decode', paidDecode, '<x-:x>');
  compiled.registerFunction(INSIDE, goInside, '<x-:x>');

  let areCounted: Promise<void> | undefined;
  async function countFunctions() {
    const originals = await Promise.all(FUNCTIONS.map((name) => builtin(name)));
    for (const [index, name] of FUNCTIONS.entries()) {
      const original = originals[index];
      if (original) compiled.assign(name, counted(name, original, spend));
    }
  }

  return {
    async evaluate(input, bindings, limits = EXPRESSION_LIMITS) {
      await (areCounted ??= countFunctions());
      left = { ...limits };
      try {
        return await compiled.evaluate(input, bindings);
      } catch (error) {
        throw stoppedBy(error) ?? error;
      }
    },
  };
}

const builtins = new Map<string, Promise<Builtin>>();

function builtin(name: string): Promise<Builtin> {
  const known = builtins.get(name) ?? (jsonata(`$${name}`).evaluate(undefined) as Promise<Builtin>);
  builtins.set(name, known);
  return known;
}

/** A function that pays for what it reads before it runs, and for what it has made after. */
function counted(name: string, original: Builtin, spend: (made: number) => void): Builtin {
  const { implementation } = original;
  async function paying(this: unknown, ...args: unknown[]) {
    for (const arg of args) spend(sizeOf(arg));
    BEFORE[name]?.(args, spend);
    const result = await implementation.apply(this, args);
    spend(sizeOf(result));
    return result;
  }
  // JSONata reads the number and the names of the parameters.
  Object.defineProperty(paying, 'length', { value: implementation.length });
  paying.toString = () => implementation.toString();
  return { ...original, implementation: paying };
}

/** Functions whose result, or whose work, can be far larger than what they are given. */
const BEFORE: Record<string, (args: unknown[], spend: (made: number) => void) => void> = {
  pad: ([, width, filler = ' '], spend) =>
    spend((Math.abs(numberOf(width)) * Math.max(1, lengthOf(filler))) / CHARACTERS_AN_ITEM),
  join: ([texts, separator = ''], spend) => {
    const list = Array.isArray(texts) ? texts : [texts];
    for (const text of list) spend((lengthOf(text) + lengthOf(separator)) / CHARACTERS_AN_ITEM);
  },
  replace([text, pattern, replacement], spend) {
    const places = 1 + lengthOf(text) / Math.max(1, lengthOf(pattern));
    spend((places * lengthOf(replacement)) / CHARACTERS_AN_ITEM);
  },
  string: ([value, isLaidOut], spend) => readAll(value, spend, isLaidOut === true),
  clone: ([value], spend) => readAll(value, spend),
  distinct([list], spend) {
    readAll(list, spend);
    // Each item is compared with those before it.
    if (Array.isArray(list)) spend((list.length * list.length) / 8);
  },
  sort: ([list], spend) => spend(Array.isArray(list) ? list.length * Math.log2(list.length + 1) : 0),
  formatNumber: ([, picture], spend) => spend(widthOf(picture)),
  formatInteger: ([, picture], spend) => spend(widthOf(picture)),
  fromMillis: ([, picture], spend) => spend(widthOf(picture)),
};

const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0);
const lengthOf = (value: unknown) => (typeof value === 'string' ? value.length : 0);
const sizeOf = (value: unknown) =>
  typeof value === 'string' ? value.length / CHARACTERS_AN_ITEM : Array.isArray(value) ? value.length : 0;
/** The widths that a picture asks for. */
const widthOf = (picture: unknown) =>
  typeof picture === 'string'
    ? [...picture.matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Number(digits), 0) / CHARACTERS_AN_ITEM
    : 0;

/** What reading a value costs, in items. */
const NODE = 4;

/** Pays for a value with all that is in it, each time that it is in it; laid out, with its indents. */
function readAll(value: unknown, spend: (made: number) => void, isLaidOut = false) {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: one, depth } = next;
    spend(NODE + (isLaidOut ? (2 * depth) / CHARACTERS_AN_ITEM : 0) + lengthOf(one) / CHARACTERS_AN_ITEM);
    if (typeof one !== 'object' || one === null || '_jsonata_lambda' in one || '_jsonata_function' in one) continue;
    for (const inner of Object.values(one)) open.push({ value: inner, depth: depth + 1 });
  }
}

type Node = { type?: string };

/** The operands of operators that read them to the last item. */
function operandsOf(root: unknown): WeakSet<object> {
  const operands = new WeakSet<object>();
  for (const node of nodesOf(root)) {
    const { type, value, lhs, rhs } = node as { type?: unknown; value?: unknown; lhs?: unknown; rhs?: unknown };
    if (type === 'binary' && READS_ALL.has(value))
      for (const side of [lhs, rhs]) if (typeof side === 'object' && side !== null) operands.add(side);
  }
  return operands;
}

/** The errors of JSONata and of JavaScript that are limits too. */
function stoppedBy(error: unknown): ExpressionStopped | undefined {
  if (error instanceof ExpressionStopped) return error;
  const { code } = error as { code?: unknown };
  if (code === 'D2014' || code === 'D2015') return new ExpressionStopped('it makes a list that is too long');
  if (code === 'D1011' || error instanceof RangeError) return new ExpressionStopped('it calls itself too deep');
  return undefined;
}
