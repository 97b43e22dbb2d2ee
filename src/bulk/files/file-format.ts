/** The formats that are written: JSON Lines, one JSON array, or comma-separated values by RFC 4180. */
export type FileFormat = 'jsonl' | 'json' | 'csv';
