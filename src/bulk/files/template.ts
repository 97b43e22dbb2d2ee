export type TemplateValues = {
  /** Number of this copy, from 1 or the person's own start. */
  counter: number;
  uuid: () => string;
  now: Date;
};

export type Expansion = {
  text: string;
  /** Unknown placeholders as written, each once. They stay in the text. */
  unknown: string[];
};

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;
const COUNTER = /^counter(?::([1-9]|1\d|20))?$/;

/**
 * Replaces `{{counter}}`, `{{counter:5}}` (at least 5 digits, 1 to 20), `{{uuid}}` (a new one each time), `{{now}}` (ISO 8601,
 * UTC) and `{{now:unix}}` (seconds). Blanks inside the braces are ignored.
 */
export function expandTemplate(template: string, values: TemplateValues): Expansion {
  const unknown = new Set<string>();
  const text = template.replace(PLACEHOLDER, (written, inner: string) => {
    const value = valueOf(inner.trim(), values);
    if (value === undefined) unknown.add(written);
    return value ?? written;
  });
  return { text, unknown: [...unknown] };
}

function valueOf(name: string, { counter, uuid, now }: TemplateValues): string | undefined {
  const digits = COUNTER.exec(name);
  if (digits) return String(counter).padStart(Number(digits[1] ?? 0), '0');
  if (name === 'uuid') return uuid();
  if (name === 'now') return now.toISOString();
  if (name === 'now:unix') return String(Math.floor(now.getTime() / 1000));
  return undefined;
}

/** Yields the texts of `copies` messages from a template, counted from `first`. */
export function* textsFrom(
  template: string,
  copies: number,
  {
    first = 1,
    now = () => new Date(),
  }: {
    first?: number;
    now?: () => Date;
  } = {},
): Generator<string> {
  for (let counter = first; counter < first + copies; counter++) {
    yield expandTemplate(template, { counter, uuid: () => crypto.randomUUID(), now: now() }).text;
  }
}
