import { jsonMembers, textOf } from './json-members';

/** A field: a text, or JSON as it stands in the file. */
export type FieldValue = { text: string } | { json: string };

/** A row of a file. */
export type FileRow = {
  /** The row as it stands in the file; of a JSON string its text. */
  whole: string;
  /** True for a row that is a text and has no fields. */
  isText: boolean;
  /** Undefined for a row without fields, such as a number. */
  fields?: ReadonlyMap<string, FieldValue>;
  /** A name that two fields have. */
  twice?: string;
};

/** The row of one JSON value. `json` is well-formed, with or without blanks around it. */
export function rowOfJson(json: string): FileRow {
  const whole = json.trim();
  const text = textOf(whole);
  if (text !== undefined) return { whole: text, isText: true };
  if (!whole.startsWith('{')) return { whole, isText: false };
  return { whole, isText: false, ...fieldsOfJson(whole) };
}

function fieldsOfJson(json: string): { fields: ReadonlyMap<string, FieldValue>; twice?: string } {
  const fields = new Map<string, FieldValue>();
  let twice: string | undefined;
  for (const { name, value } of jsonMembers(json)) {
    if (fields.has(name)) twice ??= name;
    fields.set(name, { json: value });
  }
  return twice === undefined ? { fields } : { fields, twice };
}

/** The value of a field, by its name or by names with dots between; undefined when the row has none. */
export function fieldAt(fields: ReadonlyMap<string, FieldValue>, path: string): FieldValue | undefined {
  const value = fields.get(path);
  if (value) return value;
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const parent = fields.get(path.slice(0, dot));
    if (!parent || !('json' in parent)) continue;
    const inner = fieldAt(fieldsOfJson(parent.json).fields, path.slice(dot + 1));
    if (inner) return inner;
  }
  return undefined;
}

/** The text of a field: a text as it is, an object or array as it stands in the file; undefined for any other value. */
export function messageTextOf(value: FieldValue): string | undefined {
  if ('text' in value) return value.text;
  const { json } = value;
  return json.startsWith('{') || json.startsWith('[') ? json : textOf(json);
}

/** A field as a plain value: a text, a number, null; undefined for others. */
export function plainValueOf(value: FieldValue | undefined): string | number | null | undefined {
  if (!value) return undefined;
  if ('text' in value) return value.text;
  if (value.json === 'null') return null;
  const text = textOf(value.json);
  if (text !== undefined) return text;
  return /^-?\d/.test(value.json) ? Number(value.json) : undefined;
}
