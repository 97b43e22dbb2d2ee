import { counted, exact } from '@/words/counts';

/**
 * What a refresh brought: "3 new messages, 2 gone", "1 new message", "2 gone", "Nothing new".
 * @param before ids of the rows before it
 * @param waiting rows that are new and wait to be shown
 */
export function refreshedText(before: ReadonlySet<string>, rows: readonly { id: string }[], waiting: number): string {
  const now = new Set(rows.map(({ id }) => id));
  const come = rows.filter(({ id }) => !before.has(id)).length + waiting;
  const gone = [...before].filter((id) => !now.has(id)).length;
  const words = [come > 0 && counted(come, 'new message'), gone > 0 && `${exact(gone)} gone`].filter(Boolean);
  return words.length > 0 ? words.join(', ') : 'Nothing new';
}
