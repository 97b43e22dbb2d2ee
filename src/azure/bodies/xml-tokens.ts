import { MAX_DEPTH, MAX_TOKENS, TOO_DEEP, tooManyTokens } from './budget';

/** A piece of XML text from `start` up to `end`. */
export type XmlToken = {
  kind: 'open' | 'close' | 'empty' | 'text' | 'cdata' | 'aside';
  start: number;
  end: number;
  name: string;
};

/** `stopped`: the limit up to which a text was read; it may be XML. */
type XmlProblem = { stopped?: string };

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]{0,999}/uy;

/**
 * Yields the tokens of an XML text; returns a problem for other text: tags that do not nest, text outside the root, no
 * root. Checks neither references nor attribute syntax: it is no validator. It ends at `most` tokens and at 500 levels.
 */
export function* xmlTokens(text: string, most = MAX_TOKENS): Generator<XmlToken, XmlProblem | undefined> {
  const open: string[] = [];
  let roots = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (let count = 0; at < text.length; count++) {
    const token = text[at] === '<' ? markup(text, at) : chars(text, at);
    if (!token) return {};
    if (open.length === 0) {
      if (token.kind === 'open' || token.kind === 'empty') roots++;
      else if (token.kind !== 'aside' && !isBlank(text, token)) return {};
    }
    if (token.kind === 'open') open.push(token.name);
    if (token.kind === 'close' && open.pop() !== token.name) return {};
    if (count >= most) return { stopped: tooManyTokens(most) };
    if (open.length > MAX_DEPTH) return { stopped: TOO_DEEP };
    yield token;
    at = token.end;
  }
  return open.length === 0 && roots === 1 ? undefined : {};
}

/** Why a text is not XML; undefined for one XML document. It reads `most` tokens. */
export function xmlProblem(text: string, most?: number): XmlProblem | undefined {
  const tokens = xmlTokens(text, most);
  for (;;) {
    const next = tokens.next();
    if (next.done) return next.value;
  }
}

/** True for one XML document. */
export const isXml = (text: string) => mayBeXml(text) && xmlProblem(text) === undefined;

/** True for a text that begins as XML does. */
export const mayBeXml = (text: string) => text.trimStart().startsWith('<');

function markup(text: string, start: number): XmlToken | undefined {
  const until = (kind: XmlToken['kind'], close: string, from: number): XmlToken | undefined => {
    const end = text.indexOf(close, from);
    return end < 0 ? undefined : { kind, start, end: end + close.length, name: '' };
  };
  if (text.startsWith('<!--', start)) return until('aside', '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return until('cdata', ']]>', start + 9);
  if (text.startsWith('<?', start)) return until('aside', '?>', start + 2);
  if (text.startsWith('<!DOCTYPE', start)) {
    // Never past the next `>`: a search of the whole text for each of many declarations would be quadratic.
    const end = text.indexOf('>', start);
    const subset = start + text.slice(start, end).indexOf('[');
    return end > 0 && subset > start ? until('aside', ']>', subset) : until('aside', '>', start);
  }
  const isClose = text[start + 1] === '/';
  NAME.lastIndex = start + (isClose ? 2 : 1);
  const name = NAME.exec(text)?.[0];
  if (!name) return undefined;
  const end = endOfTag(text, NAME.lastIndex);
  if (end === undefined) return undefined;
  const kind = isClose ? 'close' : text[end - 2] === '/' ? 'empty' : 'open';
  return { kind, start, end, name };
}

/** Offset after the `>`, past quoted values that may contain one. */
function endOfTag(text: string, from: number): number | undefined {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '<') return undefined;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at + 1;
  }
  return undefined;
}

function chars(text: string, start: number): XmlToken {
  const end = text.indexOf('<', start);
  return { kind: 'text', start, end: end < 0 ? text.length : end, name: '' };
}

export const isBlank = (text: string, token: XmlToken) => text.slice(token.start, token.end).trim() === '';
