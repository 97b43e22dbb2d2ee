import type { AlmostToken } from './almost-tokens';

/** Levels; deeper ones get no more indent, as in JSON. */
const DEEPEST_INDENT = 32;
/** Characters of a flat list or object that stays on one line. */
const MOST_ON_ONE_LINE = 60;
/** Stretches that are marked. */
const MOST_FAULTS = 100;

/**
 * Writes the tokens of a text that is almost JSON with line breaks and two-space indents; what follows from `end` on stands
 * on a line of its own, as it came. `faults`: the stretches of the result that are not JSON.
 */
export function layOutAlmost(text: string, tokens: readonly AlmostToken[], end: number) {
  const inline = shortContainers(text, tokens);
  const faults: { start: number; end: number }[] = [];
  const out: string[] = text.startsWith('\uFEFF') ? ['\uFEFF'] : [];
  let size = out.length;
  let depth = 0;
  let until = -1;
  let isAfterComment = false;
  const push = (piece: string) => {
    out.push(piece);
    size += piece.length;
  };
  const newLine = () => push(`\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`);
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const isInline = index <= until;
    if (token.kind === 'close') depth--;
    if (isInline) push(inlineGap(text, before, token));
    else if (before && needsLine(before, token, depth, isAfterComment)) newLine();
    else if (before?.kind === 'colon' || (before && token.kind === 'comment')) push(' ');
    if (token.fault && faults.length < MOST_FAULTS) faults.push({ start: size, end: size + token.end - token.start });
    push(text.slice(token.start, token.end));
    isAfterComment = token.kind === 'comment';
    if (token.kind === 'open') {
      depth++;
      const close = inline.get(index);
      if (close !== undefined && !isInline) until = close;
    }
  }
  const rest = text.slice(end);
  if (rest.trim() !== '') {
    push('\n');
    if (faults.length < MOST_FAULTS) faults.push({ start: size, end: size + rest.length });
    push(rest);
  }
  return { laidOut: out.join(''), faults };
}

/** Whether a line ends between two tokens. */
function needsLine(before: AlmostToken, token: AlmostToken, depth: number, isAfterComment: boolean): boolean {
  if (isAfterComment) return true;
  if (token.kind === 'comma' || token.kind === 'colon' || before.kind === 'colon') return false;
  // A comment stays beside what it is about.
  if (token.kind === 'comment') return before.kind === 'open';
  if (before.kind === 'open' || before.kind === 'comma' || token.kind === 'close') return true;
  // Several values, or a comma that is missing.
  return depth >= 0;
}

function inlineGap(text: string, before: AlmostToken | undefined, token: AlmostToken): string {
  if (!before || (before.kind === 'open' && token.kind === 'close')) return '';
  if (before.kind === 'open') return text.charAt(before.start) === '{' ? ' ' : '';
  if (token.kind === 'close') return text.charAt(token.start) === '}' ? ' ' : '';
  return token.kind === 'comma' || token.kind === 'colon' ? '' : ' ';
}

/** Containers that stay on one line: index of the opening token to that of the closing one. */
function shortContainers(text: string, tokens: readonly AlmostToken[]): Map<number, number> {
  const short = new Map<number, number>();
  const open: { index: number; isFlat: boolean; size: number }[] = [];
  for (const [index, token] of tokens.entries()) {
    const parent = open.at(-1);
    if (parent) parent.size += token.end - token.start + 1;
    if (token.kind === 'open') {
      if (parent) parent.isFlat = false;
      open.push({ index, isFlat: true, size: 1 });
    } else if (token.kind === 'comment') {
      if (parent) parent.isFlat = false;
    } else if (token.kind === 'close' && parent) {
      open.pop();
      const isEmpty = parent.index === index - 1;
      // `datetime.date(2026, 11, 30)` reads as one value.
      const isCall = text.charAt((tokens[parent.index]?.end ?? 0) - 1) === '(';
      const isOnOne = parent.isFlat && parent.size <= MOST_ON_ONE_LINE && (open.length > 0 || isCall);
      if (isEmpty || isOnOne) short.set(parent.index, index);
    }
  }
  return short;
}
