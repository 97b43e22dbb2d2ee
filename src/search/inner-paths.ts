import type { DecodedBody } from '@/azure/bodies/model';
import { parseExactly } from './exact-json';
import { chainOf, type InnerOptions, innerValue, innerWork, MOST_LEVELS, paidInnerValue } from './inner-values';
import { goAlong, jsonPieces, type Path, parsePath, pathsIn, printPath, shownAt } from './json-path';
import { contentOf, mayBeInner, mayHoldInner } from './may-be-inner';

/*
 * A path goes on inside a string that is JSON once it is decoded: in `{"body":"eyJvcmRlciI6MX0="}` there is `body.order`.
 */

/** An inner value of a JSON text: its string stands from `start` up to `end`. `chain`: `Base64 → JSON`. */
export type InnerMark = { path: string; start: number; end: number; chain: string };

/** Marks of one text, and paths inside its values. */
const MOST_MARKS = 100;
/** Strings of a text that are looked at for marks. */
const MOST_LOOKED_AT = 50_000;

/** The inner values of a JSON text, and the first `most` paths to plain values inside them. */
export async function innerMarks(
  text: string,
  options: InnerOptions,
  most: number,
): Promise<{ marks: InnerMark[]; paths: string[] }> {
  if (!mayHoldInner(text)) return { marks: [], paths: [] };
  const strings = new Map<string, { path: Path; start: number; end: number }>();
  let seen = 0;
  for (const { path, start, end, isPlain } of jsonPieces(text)) {
    if (++seen > MOST_LOOKED_AT || strings.size >= MOST_MARKS) break;
    if (!isPlain || text.charAt(start) !== '"' || !mayBeInner(text, start, end)) continue;
    // The last of duplicate keys counts, as for columns.
    strings.set(printPath(path), { path: [...path], start, end });
  }
  const work = innerWork();
  const marks: InnerMark[] = [];
  const paths: string[] = [];
  for (const [path, { path: parts, start, end }] of strings) {
    const content = contentOf(text, start, end);
    const body = content === undefined ? undefined : await paidInnerValue(content, options, work);
    if (body === false) break;
    if (!body) continue;
    marks.push({ path, start, end, chain: chainOf(body) });
    const inner = jsonOf(body);
    if (inner === undefined || paths.length >= most) continue;
    for (const below of pathsIn(inner, most - paths.length)) paths.push(printPath([...parts, ...below]));
  }
  return { marks: marks.toSorted((one, other) => one.start - other.start), paths };
}

const jsonOf = ({ stages }: DecodedBody): string | undefined => {
  const last = stages.at(-1);
  return last?.kind === 'json' ? last.text : undefined;
};

/** The content of the string at a path of a JSON text; undefined where there is none. */
export function stringAt(text: string, path: string): string | undefined {
  const parts = parsePath(path);
  if (typeof parts === 'string') return undefined;
  return stringsOn(text, [parts]).get(printPath(parts))?.content;
}

/** The strings of a JSON text on the way of paths, or at their end, by their own path. */
function stringsOn(text: string, wanted: readonly Path[]): Map<string, { path: Path; content: string }> {
  const found = new Map<string, { path: Path; start: number; end: number }>();
  let seen = 0;
  for (const { path, start, end, isPlain } of jsonPieces(text)) {
    if (++seen > MOST_LOOKED_AT) break;
    if (!isPlain || path.length === 0 || text.charAt(start) !== '"') continue;
    if (wanted.some((one) => isBeginningOf(path, one))) found.set(printPath(path), { path: [...path], start, end });
  }
  const strings = new Map<string, { path: Path; content: string }>();
  for (const [name, { path, start, end }] of found) {
    const content = contentOf(text, start, end);
    if (content !== undefined) strings.set(name, { path, content });
  }
  return strings;
}

const isBeginningOf = (path: Path, whole: Path) =>
  path.length <= whole.length && path.every((part, index) => part === whole[index]);

/** As `shownAt`, and inside of inner values. */
export async function shownThrough(
  text: string,
  paths: readonly string[],
  options: InnerOptions,
  level = 1,
): Promise<Map<string, string | undefined>> {
  const shown = shownAt(text, paths);
  const missing = paths.flatMap((path) => {
    const parts = shown.get(path) === undefined ? parsePath(path) : '';
    return typeof parts === 'string' ? [] : [{ path, parts }];
  });
  if (missing.length === 0 || level > MOST_LEVELS || !mayHoldInner(text)) return shown;
  const wanted = missing.map(({ parts }) => parts);
  for (const { path: before, content } of stringsOn(text, wanted).values()) {
    const through = missing.filter(({ parts }) => parts.length > before.length && isBeginningOf(before, parts));
    if (through.length === 0) continue;
    const body = await innerValue(content, options);
    const inner = body && jsonOf(body);
    if (inner === undefined) continue;
    const below = new Map(through.map(({ path, parts }) => [printPath(parts.slice(before.length)), path]));
    for (const [rest, value] of await shownThrough(inner, [...below.keys()], options, level + 1)) {
      const path = below.get(rest);
      if (path !== undefined && value !== undefined) shown.set(path, value);
    }
  }
  return shown;
}

/** The value at the rest of a path inside a string; undefined when it is no inner value, or has none there. */
export async function valueInside(inside: string, rest: Path, options: InnerOptions, level = 1): Promise<unknown> {
  if (level > MOST_LEVELS) return undefined;
  const body = await innerValue(inside, options);
  const inner = body && jsonOf(body);
  if (inner === undefined) return undefined;
  const way = goAlong(parseExactly(inner), rest);
  return way.inside === undefined ? way.value : valueInside(way.inside, way.rest, options, level + 1);
}
