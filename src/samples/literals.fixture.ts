/** The strings of a program and what is left without them. */
export type Scanned = { strings: string[]; rest: string };

const ESCAPES = { '"': '"', '\\': '\\', n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as const;

/**
 * Reads the strings in double quotes of C#, Go or Python as their grammar has them: docs.python.org/3/reference/lexical_analysis,
 * go.dev/ref/spec#String_literals, learn.microsoft.com/dotnet/csharp/language-reference/language-specification/lexical-structure
 * @throws Error for one that is not closed, or an escape that the language does not have
 */
export function scan(code: string, language: 'python' | 'csharp' | 'go'): Scanned {
  const strings: string[] = [];
  let rest = '';
  for (let at = 0; at < code.length; at++) {
    if (code[at] !== '"') {
      rest += code[at];
      continue;
    }
    let value = '';
    for (at++; code[at] !== '"'; at++) {
      const char = code[at];
      if (char === undefined || /[\n\r\u0085\u2028\u2029]/.test(char))
        throw new Error(`A string is not closed: ${value}`);
      if (char !== '\\') {
        value += char;
        continue;
      }
      const name = code[++at] ?? '';
      if (name === 'u') {
        const hex = code.slice(at + 1, at + 5);
        const unit = Number.parseInt(hex, 16);
        if (!/^[\da-f]{4}$/i.test(hex)) throw new Error(`\\u${hex} is no escape.`);
        // Go takes code points alone, and Python leaves two halves of a pair apart.
        if (unit >= 0xd800 && unit <= 0xdfff && language === 'go') throw new Error('Go has no halves of pairs.');
        value += String.fromCharCode(unit);
        at += 4;
      } else if (Object.hasOwn(ESCAPES, name)) value += ESCAPES[name as keyof typeof ESCAPES];
      else throw new Error(`\\${name} is no escape.`);
    }
    strings.push(value);
    rest += '""';
  }
  return { strings, rest };
}
