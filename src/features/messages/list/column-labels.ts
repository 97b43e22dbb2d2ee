import { PATH } from '@/search/protocol';

/** Columns that a person can hide; the body always stays. */
export const OPTIONAL_COLUMNS = [
  { id: 'position', label: 'Position' },
  { id: 'id', label: 'ID' },
  { id: 'inserted', label: 'Inserted' },
  { id: 'expires', label: 'Expires' },
  { id: 'dequeues', label: 'Dequeue count' },
  { id: 'lease', label: 'Lease' },
  { id: 'size', label: 'Size' },
  { id: 'format', label: 'Format' },
] as const;

/** What a column is called: by its name, or by the path of the body that it shows. */
export const columnLabel = (id: string): string =>
  id.startsWith(PATH) ? id.slice(PATH.length) : (OPTIONAL_COLUMNS.find((column) => column.id === id)?.label ?? id);
