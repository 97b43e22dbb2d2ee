import { metadataNameProblem, metadataValueProblem } from '@/azure/protocol/input-rules';

/** A name and a value in the form; `id` tells rows apart. */
export type MetadataRow = { id: number; name: string; value: string };

/** What stops a row from being saved. */
export type MetadataProblem = { name?: string; value?: string };

let lastId = 0;
/** A row with a new id. */
export const metadataRow = (name = '', value = ''): MetadataRow => {
  lastId += 1;
  return { id: lastId, name, value };
};

export const toRows = (metadata: Readonly<Record<string, string>>) =>
  Object.entries(metadata).map(([name, value]) => metadataRow(name, value));

/** Empty rows are not saved. */
const isBlank = ({ name, value }: MetadataRow) => name === '' && value === '';

export const toMetadata = (rows: readonly MetadataRow[]): Record<string, string> =>
  Object.fromEntries(rows.filter((row) => !isBlank(row)).map(({ name, value }) => [name, value]));

/** Bytes that count against the limit: names and values, which are ASCII when legal. */
export const metadataSize = (rows: readonly MetadataRow[]) =>
  rows.reduce((total, { name, value }) => total + name.length + value.length, 0);

/** The problems of each row by id: the rules of the service, and no name twice in any case. */
export function metadataProblems(rows: readonly MetadataRow[]): ReadonlyMap<number, MetadataProblem> {
  const problems = new Map<number, MetadataProblem>();
  const taken = new Set<string>();
  for (const row of rows) {
    if (isBlank(row)) continue;
    const isTaken = taken.has(row.name.toLowerCase());
    const name = metadataNameProblem(row.name) ?? (isTaken ? 'This name is used above; case makes no difference.' : '');
    const value = metadataValueProblem(row.value);
    if (name || value) problems.set(row.id, { ...(name && { name }), ...(value && { value }) });
    taken.add(row.name.toLowerCase());
  }
  return problems;
}
