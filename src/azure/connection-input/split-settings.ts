import { FIELD_NAMES } from './find-connection-strings';
import { normaliseWhitespace, straightenQuotes, trimCharacters } from './normalise-whitespace';

/** A value in a pasted text with its label: the name of a variable, the path in a JSON document. */
export type TextPart = { label: string; value: string };

/** Levels; deeper than any template has, and shallow enough not to overflow the stack. */
const DEEPEST = 40;
/** What may precede a setting's name on its line. */
const BEFORE =
  /^(?:[-*] |export |setx? |ENV |ARG |const |let |var |final |string |String |public |private |static |readonly |-e |--env |\$env:|\$(?=\w))+/;
const SETTING = /^["']?([A-Za-z_][\w.:-]{2,80}?)["']? ?(?::=|=>|[:=]) ?(?=[^\s=;])/;
const FIELD_OF_A_CONNECTION_STRING = new RegExp(`^["'\`]?(?:${FIELD_NAMES}) ?=`, 'i');

/** Splits a pasted text into the strings of a JSON document, the settings of a file, or one part. */
export function textParts(text: string): TextPart[] {
  const plain = straightenQuotes(text).trim();
  const json = /^[[{]/.test(plain) ? parsed(plain) : undefined;
  return json === undefined ? settingsIn(normaliseWhitespace(plain)) : stringsIn(json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON with comments or cut off is read line by line like other settings.
    return undefined;
  }
}

function stringsIn(json: unknown): TextPart[] {
  const parts: TextPart[] = [];
  const walk = (value: unknown, path: readonly string[]) => {
    if (typeof value === 'string') parts.push({ label: path.join('.'), value: normaliseWhitespace(value) });
    else if (typeof value === 'object' && value !== null && path.length < DEEPEST) {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, [...path, (Array.isArray(value) ? nameOf(inner) : undefined) ?? key]);
      }
    }
  };
  walk(json, []);
  return parts;
}

/** Items such as `{"name": "AzureWebJobsStorage", "value": …}` are called by their names. */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, keyName } = item as { name?: unknown; keyName?: unknown };
  return [name, keyName].find((one) => typeof one === 'string');
}

/** A line with a label begins a part, to which all lines up to the next label belong. */
function settingsIn(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let yamlName: string | undefined;
  for (const line of text.split('\n')) {
    const bare = line.trim().replace(BEFORE, '');
    const [match = '', label = ''] = FIELD_OF_A_CONNECTION_STRING.test(bare) ? [] : (SETTING.exec(bare) ?? []);
    const value = bare.slice(match.length);
    if (label === '' || isNoSetting(label, value)) {
      const last = parts.at(-1);
      if (last) last.value += `\n${line}`;
      else parts.push({ label: '', value: line });
    } else if (label === 'name' && /^[\w.:-]+$/.test(trimCharacters(value, '"\''))) {
      yamlName = trimCharacters(value, '"\'');
    } else {
      parts.push({ label: label === 'value' ? (yamlName ?? label) : label, value: trimCharacters(value, ', ') });
    }
  }
  return parts;
}

/** True for addresses, which have a colon, and parts of signatures, which look like settings. */
const isNoSetting = (label: string, value: string): boolean =>
  value.startsWith('//') ||
  /^(?:https?|azure-(?:storage-)?queue|srt|sip|spr|sig|ses|skoid|sktid|skt|ske|sks|skv|sduoid|skdutid)$/i.test(label);
