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
