import { WHOLE } from './budget';
import { type JsonToken, jsonTokens } from './json-tokens';

/** Levels; deeper ones get no more indent, or a hostile body of brackets would grow with the square of its size. */
const DEEPEST_INDENT = 32;
/** Characters of a flat list or object that stays on one line. */
const MOST_ON_ONE_LINE = 60;

/**
 * Formats JSON with line breaks and two-space indents; short flat lists and objects stay on one line. Works on tokens, so
 * digits of long numbers, key order, duplicate keys and escapes do not change. Returns any other text as it is, and one of
 * more than `most` tokens.
 */
export function prettyJson(text: string, most = WHOLE.tokens): string {
  const tokens: JsonToken[] = [];
  const reading = jsonTokens(text, most);
  for (let next = reading.next(); ; next = reading.next()) {
    if (next.done && next.value === undefined) break;
    if (next.done) return text;
    tokens.push(next.value);
  }
  const inline = shortContainers(tokens);
  const out: string[] = text.startsWith('\uFEFF') ? ['\uFEFF'] : [];
  let depth = 0;
  const newLine = () => out.push('\n', '  '.repeat(Math.min(depth, DEEPEST_INDENT)));
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    const source = text.slice(token.start, token.end);
    const close = inline.get(index);
    if (close !== undefined) {
      out.push(onOneLine(text, tokens.slice(index, close + 1)));
      index = close;
      continue;
    }
    if (token.kind === 'close') {
      depth--;
      newLine();
    }
    out.push(source);
    if (token.kind === 'open') depth++;
    if (token.kind === 'open' || token.kind === 'comma') newLine();
    if (token.kind === 'colon') out.push(' ');
  }
  return out.join('');
}

/** Containers that stay on one line: index of the opening token to index of the closing one. */
function shortContainers(tokens: readonly JsonToken[]): Map<number, number> {
  const short = new Map<number, number>();
  const open: { index: number; isFlat: boolean; size: number }[] = [];
  tokens.forEach((token, index) => {
    const parent = open.at(-1);
    if (parent) parent.size += token.end - token.start + (token.kind === 'comma' || token.kind === 'colon' ? 1 : 0);
    if (token.kind === 'open') {
      if (parent) parent.isFlat = false;
      open.push({ index, isFlat: true, size: 1 });
    } else if (token.kind === 'close' && parent) {
      open.pop();
      const isEmpty = parent.index === index - 1;
      const isRoot = open.length === 0;
      if (isEmpty || (parent.isFlat && parent.size <= MOST_ON_ONE_LINE && !isRoot)) short.set(parent.index, index);
    }
  });
  return short;
}

function onOneLine(text: string, tokens: readonly JsonToken[]): string {
  const pad = tokens.length > 2 && text[tokens[0]?.start ?? 0] === '{' ? ' ' : '';
  const source = tokens.map((token) => {
    const piece = text.slice(token.start, token.end);
    if (token.kind === 'open') return piece + pad;
    if (token.kind === 'close') return pad + piece;
    return token.kind === 'comma' || token.kind === 'colon' ? `${piece} ` : piece;
  });
  return source.join('');
}
