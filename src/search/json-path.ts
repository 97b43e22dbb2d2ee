import { type JsonProblem, jsonTokens } from '@/azure/bodies/json-tokens';

/** Keys and list positions from the outside in: `order.lines[0].sku`. */
export type Path = readonly (string | number)[];

const PART = /\.?([^.[\]"']+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/uy;

/**
 * Parses `order.lines[0]["a.b"]`, also after a `$` or `$.`; returns a sentence for a syntax error. A key needs quotes only for
 * a dot, a bracket or a quotation mark. The empty text is the path of the whole value.
 */
export function parsePath(text: string): Path | string {
  const trimmed = text.trim().replace(/^\$\.?(?!\.)/, '');
  const path: (string | number)[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < trimmed.length) {
    const at = PART.lastIndex;
    const [, name, position, quoted] = PART.exec(trimmed) ?? [];
    const key = name ?? (position === undefined ? unquoted(quoted) : Number(position));
    if (key === undefined)
      return `Expected a key or a place in a list at character ${at + 1}, as in order.lines[0].sku`;
    path.push(key);
  }
  return path;
}

function unquoted(quoted: string | undefined): string | undefined {
  try {
    return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
  } catch {
    return undefined;
  }
}

/** Writes a path so that `parsePath` parses it. */
export const printPath = (path: Path) =>
  path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(part) || (index === 0 && part.startsWith('$')))
        return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');

/**
 * Where a path of a parsed body leads: to a value, which is undefined when there is none, or to a string on the way, `inside`
 * of which the rest of the path may go on.
 */
export type Way = { value: unknown; inside?: undefined } | { value: undefined; inside: string; rest: Path };

/** Goes along a path of a parsed body, as far as it goes. */
export function goAlong(root: unknown, path: Path): Way {
  let value = root;
  for (const [index, part] of path.entries()) {
    if (typeof value === 'string') return { value: undefined, inside: value, rest: path.slice(index) };
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return { value: undefined };
    value = (value as Record<string | number, unknown>)[part];
  }
  return { value };
}

/** Values that are looked at for a cell or a list of paths; a message of 64 KiB that is not packed has fewer. */
const MOST_VALUES = 50_000;
/** Characters of a path that is offered. */
const LONGEST_PATH = 500;

/** Characters of a value that a cell and its tooltip show. */
const MOST_SHOWN = 2000;

/**
 * The values at paths of a JSON text as a cell shows them, by path: exactly as written, strings without their quotes. One
 * walk finds them all, among the first 50,000 values; undefined when there is none or a syntax error precedes it.
 */
export function shownAt(text: string, paths: readonly string[]): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>(paths.map((path) => [path, undefined]));
  const wanted = paths.flatMap((path) => {
    const parts = parsePath(path);
    return typeof parts === 'string' ? [] : [{ path, parts }];
  });
  let values = 0;
  const at = new Map<string, { start: number; end: number }>();
  if (wanted.length > 0)
    for (const piece of jsonPieces(text)) {
      if (++values > MOST_VALUES) break;
      // The last of duplicate keys counts, as for JSON.parse.
      for (const { path, parts } of wanted)
        if (isAt(piece, parts)) at.set(path, { start: piece.start, end: piece.end });
    }
  for (const [path, { start, end }] of at) found.set(path, shown(text, start, end));
  return found;
}

function shown(text: string, start: number, end: number): string {
  const source = text.slice(start, end);
  return (source.startsWith('"') ? (JSON.parse(source) as string) : source).slice(0, MOST_SHOWN);
}

/** The first `most` paths to plain values of a JSON text, of at most 500 characters and among its first 50,000 values. */
export function pathsIn(text: string, most: number): Path[] {
  const paths = new Map<string, Path>();
  let values = 0;
  for (const { path, isPlain } of jsonPieces(text)) {
    if (++values > MOST_VALUES || paths.size === most) break;
    if (isPlain && path.length > 0 && isShort(path)) paths.set(printPath(path), [...path]);
  }
  return [...paths.values()];
}

const isShort = (path: Path) => path.reduce<number>((size, part) => size + String(part).length + 1, 0) <= LONGEST_PATH;

/**
 * A value of a JSON text from `start` up to `end`; `isPlain` is neither an object nor a list. `path` changes with the next
 * piece: a copy for each would take time that grows with the square of the depth.
 */
type Piece = { path: Path; start: number; end: number; isPlain: boolean };

export const isAt = (piece: Piece, path: Path): boolean =>
  piece.path.length === path.length && piece.path.every((part, index) => part === path[index]);

/** Yields the values of a JSON text, each after its children; returns the syntax error, if any. */
export function* jsonPieces(text: string): Generator<Piece, JsonProblem | undefined> {
  const open: { start: number; part: string | number }[] = [];
  const path: (string | number)[] = [];
  let part: string | number = 0;
  const tokens = jsonTokens(text);
  for (let next = tokens.next(); ; next = tokens.next()) {
    if (next.done) return next.value;
    const { kind, start, end } = next.value;
    if (kind === 'key') part = keyOf(text.slice(start, end));
    else if (kind === 'open') {
      if (open.length > 0) path.push(part);
      open.push({ start, part });
      part = 0;
    } else if (kind === 'comma') part = typeof part === 'number' ? part + 1 : part;
    else if (kind === 'value') {
      if (open.length > 0) path.push(part);
      yield { path, start, end, isPlain: true };
      path.pop();
    } else if (kind === 'close') {
      const closed = open.pop();
      part = closed?.part ?? 0;
      yield { path, start: closed?.start ?? 0, end, isPlain: false };
      path.pop();
    }
  }
}

const keyOf = (source: string) => JSON.parse(source) as string;
