import { jsonTokens } from '@/azure/bodies/json-tokens';

/** Names of members and indexes of elements, from the outside in. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.?([^.[\]"']+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** `customer.lines[0].sku`, `["a.b"].c`; a leading `$` may be there. Undefined for what is no path. */
export function parsePath(written: string): JsonPath | undefined {
  const path = written.trim().replace(/^\$\.?/, '');
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const from = STEP.lastIndex;
    const found = STEP.exec(path);
    if (!found || (from === 0 && path.startsWith('.'))) return undefined;
    const [, name, index, quoted] = found;
    if (index !== undefined) steps.push(Number(index));
    else if (quoted === undefined) steps.push(name ?? '');
    else {
      const key = unquoted(quoted);
      if (key === undefined) return undefined;
      steps.push(key);
    }
  }
  return steps;
}

type Frame = { at: string | number; isOnPath: boolean };

/**
 * Replaces the value at a path and nothing else: not one character before or behind it, so that long numbers, the order
 * of keys and blanks stay. `value` is JSON. Of a key that is there twice the last one counts, as to most readers.
 */
export function replaceAt(text: string, path: JsonPath, value: string): { text: string } | { refused: string } {
  const frames: Frame[] = [];
  let found: { start: number; end: number } | undefined;
  let openedAt: { start: number; depth: number } | undefined;
  const isWanted = () => {
    const parent = frames.at(-1);
    return parent === undefined || (parent.isOnPath && parent.at === path[frames.length - 1]);
  };
  const tokens = jsonTokens(text);
  let next = tokens.next();
  for (; !next.done; next = tokens.next()) {
    const { kind, start, end } = next.value;
    const parent = frames.at(-1);
    if (kind === 'key' && parent) parent.at = unquoted(text.slice(start, end)) ?? '';
    else if (kind === 'comma' && parent && typeof parent.at === 'number') parent.at++;
    else if (kind === 'value') {
      if (frames.length === path.length && isWanted()) found = { start, end };
    } else if (kind === 'open') {
      const isOnPath = isWanted();
      if (frames.length === path.length && isOnPath) openedAt = { start, depth: frames.length };
      const isObject = text[start] === '{';
      frames.push({ at: isObject ? '' : 0, isOnPath: isOnPath && frames.length < path.length });
    } else if (kind === 'close') {
      frames.pop();
      if (openedAt?.depth === frames.length) {
        found = { start: openedAt.start, end };
        openedAt = undefined;
      }
    }
  }
  if (next.value) return { refused: `It is not JSON: ${next.value.message}.` };
  if (!found) return { refused: 'There is nothing at this path.' };
  return { text: text.slice(0, found.start) + value + text.slice(found.end) };
}

function unquoted(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}
