/** A member of a JSON object; `value` is its JSON as it stands in the text. */
export type JsonMember = { name: string; value: string };

/**
 * Yields the members of a JSON object in their order, also those with one name; nothing for any other value. Of a text that
 * breaks off, the last value is as much of it as is there. Takes time by the length of the text, however deep it nests.
 */
export function* jsonMembers(json: string): Generator<JsonMember> {
  let at = afterBlanks(json, 0);
  if (json[at] !== '{') return;
  at = afterBlanks(json, at + 1);
  while (json[at] === '"') {
    const nameEnd = endOfString(json, at);
    const name = textOf(json.slice(at, nameEnd));
    const colon = afterBlanks(json, nameEnd);
    if (name === undefined || json[colon] !== ':') return;
    const from = afterBlanks(json, colon + 1);
    const end = endOfValue(json, from);
    yield { name, value: json.slice(from, end) };
    at = afterBlanks(json, end);
    if (json[at] !== ',') return;
    at = afterBlanks(json, at + 1);
  }
}

/** The text of a JSON string; undefined for any other JSON. */
export function textOf(json: string): string | undefined {
  if (!json.startsWith('"')) return undefined;
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}

function endOfValue(json: string, from: number): number {
  const first = json[from];
  if (first === '"') return endOfString(json, from);
  if (first !== '{' && first !== '[') return endOfWord(json, from);
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const character = json[at];
    if (character === '"') at = endOfString(json, at) - 1;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return json.length;
}

/** After the closing quote of the string that begins at `from`. */
function endOfString(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    const character = json[at];
    if (character === '\\') at++;
    else if (character === '"') return at + 1;
  }
  return json.length;
}

function endOfWord(json: string, from: number): number {
  let at = from;
  while (at < json.length && !/[\s,}\]]/.test(json[at] ?? '')) at++;
  return at;
}

function afterBlanks(json: string, from: number): number {
  let at = from;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++;
  return at;
}
