/** A name and value being typed; `id` only tells rows apart. */
export type MetadataRow = { id: number; name: string; value: string };

/** What stops a row from being saved. */
export type MetadataProblem = { name?: string; value?: string };

/** Azure's limit for all metadata of one queue, in bytes. */
export const METADATA_LIMIT = 8 * 1024;

let lastId = 0;
/** A row of its own identity. */
export const metadataRow = (name = '', value = ''): MetadataRow => {
  lastId += 1;
  return { id: lastId, name, value };
};

export const toRows = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata).map(([name, value]) => metadataRow(name, value));

/** A row left empty means nothing and is left out. */
const isBlank = ({ name, value }: MetadataRow) => name === '' && value === '';

export const toMetadata = (rows: readonly MetadataRow[]): Record<string, string> =>
  Object.fromEntries(rows.filter((row) => !isBlank(row)).map(({ name, value }) => [name, value]));

/** Bytes that count against the limit: names and values, all ASCII where the rules are kept. */
export const metadataSize = (rows: readonly MetadataRow[]) =>
  rows.reduce((total, { name, value }) => total + name.length + value.length, 0);

/**
 * What is wrong with each row, by id. Names are C# identifiers in ASCII and differ in more than case; values are header
 * text, so printable ASCII without spaces at the ends or in runs.
 * Rules: learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
 */
export function metadataProblems(rows: readonly MetadataRow[]): ReadonlyMap<number, MetadataProblem> {
  const problems = new Map<number, MetadataProblem>();
  const taken = new Set<string>();
  for (const row of rows) {
    if (isBlank(row)) continue;
    const name = nameProblem(row.name, taken);
    const value = valueProblem(row.value);
    if (name || value) problems.set(row.id, { ...(name && { name }), ...(value && { value }) });
    taken.add(row.name.toLowerCase());
  }
  return problems;
}

function nameProblem(name: string, taken: ReadonlySet<string>) {
  if (name === '') return 'Needs a name';
  if (!/^[A-Za-z_]/.test(name)) return 'Starts with a letter or underscore';
  if (!/^\w+$/.test(name)) return 'Only letters a to z, digits and underscores';
  if (taken.has(name.toLowerCase())) return 'Already used above; case makes no difference';
  return undefined;
}

function valueProblem(value: string) {
  if (value === '') return 'Needs a value';
  if (!/^[\x20-\x7e]*$/.test(value)) return 'Only printable ASCII can travel in a header';
  if (value !== value.trim()) return 'Spaces at the ends would be lost';
  if (value.includes('  ')) return 'Spaces in a row would be lost';
  return undefined;
}
