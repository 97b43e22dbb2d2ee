import { trimCharacters } from './normalise-whitespace';

/** Why a value is none yet: nobody has filled the template in, or something has hidden it. */
export type Unfilled = 'template' | 'masked';

/** What tools write in place of a value that they will not show. */
const HIDDEN_WORDS = 'hidden|redacted|sensitive|sensitive value|masked|secret|removed|omitted|private|filtered|snip';
const MASKED = new RegExp(
  String.raw`^[<[({]*\s*(?:${HIDDEN_WORDS}|\*+ ?(?:${HIDDEN_WORDS}) ?\*+)\s*[>\])}]*$|([*•●∙·×])\1{2}|^(?:x{3,}|X{3,}|\.{3,}|…+|-{3,}|_{3,})$|(?:\.{3}|…)$|^(?:\.{3}|…)`,
  'i',
);

/** Placeholders of shells, pipelines, templates and documents. */
const TEMPLATE = new RegExp(
  [
    String.raw`\$\{`, // Bicep, shells, Terraform, Spring, JavaScript
    String.raw`\$\(`, // pipelines, make
    String.raw`\{\{`, // Helm, GitHub, Jinja, Postman
    '#\\{', // Octopus, Ruby
    String.raw`^\$(?:env:)?[A-Za-z_]\w*$`,
    String.raw`^%[A-Za-z_]\w*%$`,
    String.raw`\{\w{0,60}\}`,
    String.raw`^@\{`,
    String.raw`<(?![!?/]|html|add\b|configuration)[^<>]{1,80}>`,
    String.raw`^<[^<>]{1,80}$`,
    String.raw`^__\w+__$`,
    String.raw`^\[?(?:parameters|variables|concat|listKeys|reference|format)\(`,
    String.raw`^(?:your|my|the|insert|enter|replace|change|put|add|todo)[-_ ]?[A-Za-z_ -]{0,40}(?:key|name|account|here|me|string|token)[A-Za-z_ -]{0,20}$`,
    String.raw`^(?:process\.env|os\.environ|env|var|data|local|module|secrets)\.[A-Za-z_]`,
  ].join('|'),
  'i',
);

/** Characters of a value that are looked at. */
const LONGEST = 2_000;

/** Whether a value is a placeholder or masked; undefined for a value. */
export function unfilled(value: string): Unfilled | undefined {
  const bare = trimCharacters(value.slice(0, LONGEST), ' "\'`,;');
  if (bare === '') return undefined;
  return MASKED.test(bare) ? 'masked' : TEMPLATE.test(bare) ? 'template' : undefined;
}

export const TEMPLATE_TEXT = 'This is a template: its placeholders are not filled in yet.';
export const MASKED_TEXT = 'The connection is masked here. Paste it from where it can be read.';
const ENCRYPTED_TEXT =
  'These settings are encrypted. Decrypt them first ("func settings decrypt" for local.settings.json), and paste them again.';

/** Names of settings that hold a connection or a secret of it. */
const ABOUT_A_CONNECTION = /connection|storage|queue|account|key|secret|sas|token|azurite|value$/i;

/** True for one word, and for one line that speaks of a connection. */
const isAboutOne = (text: string): boolean =>
  !/\s/.test(text) || (!text.includes('\n') && /Account(?:Name|Key)|connection|_(?:key|secret)\b/i.test(text));

/** Why a text of settings holds no connection yet, as a sentence; undefined when no placeholder is the reason. */
export function unfilledText(parts: readonly { label: string; value: string }[]): string | undefined {
  let found: Unfilled | undefined;
  for (const { label, value } of parts) {
    const bare = trimCharacters(value, ' "\'`,;\n');
    // What ASP.NET and the tools of Functions encrypt begins so.
    if (/^CfDJ8[\w-]{20}/.test(bare)) return ENCRYPTED_TEXT;
    if (label === '' ? parts.length === 1 && isAboutOne(bare) : ABOUT_A_CONNECTION.test(label)) {
      found ??= bare.length < 300 ? unfilled(bare) : undefined;
    }
  }
  return found && (found === 'masked' ? MASKED_TEXT : TEMPLATE_TEXT);
}
