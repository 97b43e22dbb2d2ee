/** A piece of XML text from `start` up to `end`. */
export type XmlToken = {
  kind: 'open' | 'close' | 'empty' | 'text' | 'cdata' | 'aside';
  start: number;
  end: number;
  name: string;
};

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*/uy;

/**
 * Returns the tokens of an XML text, or undefined for other text: tags that do not nest, text outside the root, no root.
 * Checks neither references nor attribute syntax: it is no validator.
 */
export function xmlTokens(text: string): XmlToken[] | undefined {
  const tokens: XmlToken[] = [];
  const open: string[] = [];
  let roots = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const token = text[at] === '<' ? markup(text, at) : chars(text, at);
    if (!token) return undefined;
    if (open.length === 0) {
      if (token.kind === 'open' || token.kind === 'empty') roots++;
      else if (token.kind !== 'aside' && !isBlank(text, token)) return undefined;
    }
    if (token.kind === 'open') open.push(token.name);
    if (token.kind === 'close' && open.pop() !== token.name) return undefined;
    tokens.push(token);
    at = token.end;
  }
  return open.length === 0 && roots === 1 ? tokens : undefined;
}

/** True for one XML document. */
export const isXml = (text: string) => /^\uFEFF?\s*</.test(text) && xmlTokens(text) !== undefined;

function markup(text: string, start: number): XmlToken | undefined {
  const until = (kind: XmlToken['kind'], close: string, from: number): XmlToken | undefined => {
    const end = text.indexOf(close, from);
    return end < 0 ? undefined : { kind, start, end: end + close.length, name: '' };
  };
  if (text.startsWith('<!--', start)) return until('aside', '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return until('cdata', ']]>', start + 9);
  if (text.startsWith('<?', start)) return until('aside', '?>', start + 2);
  if (text.startsWith('<!DOCTYPE', start)) {
    const subset = text.indexOf('[', start);
    const end = text.indexOf('>', start);
    return subset > 0 && subset < end ? until('aside', ']>', subset) : until('aside', '>', start);
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
