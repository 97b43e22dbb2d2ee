import { WHOLE } from './budget';
import { isBlank, type XmlToken, xmlTokens } from './xml-tokens';

/** Levels; deeper ones get no more indent, as in JSON. */
const DEEPEST_INDENT = 32;

/**
 * Formats XML with one element a line and two-space indents. Only blanks between elements change: text beside elements,
 * CDATA and `xml:space="preserve"` do not. Returns any other text as it is, and one of more than `most` tokens.
 */
export function prettyXml(text: string, most = WHOLE.tokens): string {
  const tokens: XmlToken[] = [];
  const reading = xmlTokens(text, most);
  for (let next = reading.next(); ; next = reading.next()) {
    if (next.done && next.value === undefined) break;
    if (next.done) return text;
    tokens.push(next.value);
  }
  const layout = layOut(text, tokens);
  const lines: string[] = [];
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.kind === 'text') continue;
    if (token.kind === 'close') depth--;
    const whole = layout.get(index);
    const end = whole === undefined ? token.end : (tokens[whole]?.end ?? token.end);
    lines.push('  '.repeat(Math.min(depth, DEEPEST_INDENT)) + text.slice(token.start, end));
    if (whole !== undefined) index = whole;
    else if (token.kind === 'open') depth++;
  }
  return (text.startsWith('\uFEFF') ? '\uFEFF' : '') + lines.join('\n');
}

/** Elements not to format (text inside, nothing inside, or `xml:space`): index of the opening tag to the closing one. */
function layOut(text: string, tokens: readonly XmlToken[]): Map<number, number> {
  const untouched = new Map<number, number>();
  const open: { index: number; isPreserved: boolean; hasElements: boolean }[] = [];
  tokens.forEach((token, index) => {
    const parent = open.at(-1);
    if (token.kind === 'open') {
      if (parent) parent.hasElements = true;
      const isPreserved = /\sxml:space\s*=\s*["']preserve/.test(text.slice(token.start, token.end));
      open.push({ index, isPreserved, hasElements: false });
    } else if (token.kind === 'close' && parent) {
      open.pop();
      if (parent.isPreserved || !parent.hasElements) untouched.set(parent.index, index);
    } else if (parent) {
      if (token.kind === 'empty' || token.kind === 'aside') parent.hasElements = true;
      else if (token.kind === 'cdata' || !isBlank(text, token)) parent.isPreserved = true;
    }
  });
  return untouched;
}
