import type { Plain } from './compare-values';
import { type ColumnId, PATH } from './protocol';

/** Label of a group. `key` is a `Group.key`, possibly from a URL and invalid. */
export function groupLabel(column: ColumnId, key: string): string {
  if (!column.startsWith(PATH)) return key || 'Cannot be read';
  if (key === '') return 'Not there';
  const value = read(key);
  return value === '' ? 'Empty text' : String(value);
}

function read(key: string): Plain {
  try {
    return JSON.parse(key) as Plain;
  } catch {
    return key;
  }
}
