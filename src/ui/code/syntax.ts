export type Language = 'json' | 'xml' | 'code' | 'text';
export type TokenTone = 'key' | 'str' | 'num' | 'kw' | 'punct';
/** Offsets are within the line; text between tokens has no colour. */
export type Token = { start: number; end: number; tone: TokenTone };

/** Construct that is open at the end of a line; always '' for JSON and code. */
type State = '' | 'tag' | '-->' | ']]>' | '?>';

/** Longer lines are not coloured. */
const MAX_LINE_CHARACTERS = 10_000;
/** Characters of XML before a line that is coloured; what is open there is known only from them. */
const MAX_CHARACTERS_BEFORE = 1_000_000;

const JSON_TOKEN = /("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|(:)/g;
const CODE_TOKEN =
  /("[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*')|((?:^|\s)(?:#|\/\/)\s.*)|\b(\d[\d_.]*)\b|\b(from|import|as|using|var|const|let|new|await|async|return|with|if|true|false|null|None|True|False)\b/g;
const TAG_TOKEN = /([^\s=<>"'/]+)(\s*=)?|("[^"]*"?|'[^']*'?)|(\/?>|=)/g;

/** Returns a function that makes the colour tokens of a line. Any text gets tokens; nothing is an error. */
export function createTokeniser(lineAt: (index: number) => string, language: Language) {
  const states: State[] = [''];
  let read = 0;
  // The rows of a long line ask for the same tokens one after the other.
  let last: { index: number; tokens: Token[] } | undefined;
  return (index: number): Token[] => {
    if (last?.index !== index) last = { index, tokens: tokensOf(index) };
    return last.tokens;
  };

  function tokensOf(index: number): Token[] {
    const line = lineAt(index);
    if (language === 'text' || line.length > MAX_LINE_CHARACTERS) return [];
    if (language === 'json') return jsonLine(line);
    if (language === 'code') return codeLine(line);
    for (let at = states.length - 1; at < index; at++) {
      const before = lineAt(at);
      read += before.length;
      if (read > MAX_CHARACTERS_BEFORE) return [];
      states.push(xmlLine(before, states[at] ?? '').state);
    }
    return xmlLine(line, states[index] ?? '').tokens;
  }
}

function jsonLine(line: string): Token[] {
  return [...line.matchAll(JSON_TOKEN)].flatMap(
    ({ index, 0: all, 1: string, 2: colon, 3: number, 4: word }): Token[] => {
      const end = index + all.length;
      if (string === undefined) return [{ start: index, end, tone: number ? 'num' : word ? 'kw' : 'punct' }];
      if (colon === undefined) return [{ start: index, end, tone: 'str' }];
      const endOfKey = index + string.length;
      return [
        { start: index, end: endOfKey, tone: 'key' },
        { start: endOfKey, end, tone: 'punct' },
      ];
    },
  );
}

function codeLine(line: string): Token[] {
  return [...line.matchAll(CODE_TOKEN)].map(({ index, 0: all, 1: string, 2: comment, 3: number }) => ({
    start: index,
    end: index + all.length,
    tone: string ? 'str' : comment ? 'punct' : number ? 'num' : 'kw',
  }));
}

function xmlLine(line: string, open: State): { tokens: Token[]; state: State } {
  const tokens: Token[] = [];
  let state = open;
  let at = 0;
  while (at < line.length) {
    if (state === 'tag') {
      const close = closeOfTag(line, at);
      for (const { index, 0: all, 1: name, 2: equals, 3: value } of line.slice(at, close.end).matchAll(TAG_TOKEN)) {
        const start = at + index;
        const end = start + all.length;
        if (name && equals)
          tokens.push({ start, end: start + name.length, tone: 'kw' }, { start: end - 1, end, tone: 'punct' });
        else if (!name) tokens.push({ start, end, tone: value ? 'str' : 'punct' });
      }
      at = close.end;
      if (close.isClosed) state = '';
    } else if (state) {
      const close = line.indexOf(state, at);
      const end = close < 0 ? line.length : close + state.length;
      tokens.push({ start: at, end, tone: state === ']]>' ? 'str' : 'punct' });
      at = end;
      if (close >= 0) state = '';
    } else {
      const start = line.indexOf('<', at);
      if (start < 0) break;
      at = start;
      if (line.startsWith('<!--', at)) state = '-->';
      else if (line.startsWith('<![CDATA[', at)) state = ']]>';
      else if (line.startsWith('<?', at)) state = '?>';
      else {
        const [all = '<', bracket = '<', name = ''] = /^(<[/!]?)([^\s/>]*)/.exec(line.slice(at, at + 300)) ?? [];
        tokens.push({ start: at, end: at + bracket.length, tone: 'punct' });
        if (name) tokens.push({ start: at + bracket.length, end: at + all.length, tone: 'key' });
        at += all.length;
        state = 'tag';
      }
    }
  }
  return { tokens, state };
}

function closeOfTag(line: string, from: number): { end: number; isClosed: boolean } {
  let quote = '';
  for (let at = from; at < line.length; at++) {
    const char = line.charAt(at);
    if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return { end: at + 1, isClosed: true };
  }
  return { end: line.length, isClosed: false };
}
