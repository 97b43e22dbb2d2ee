import type { MessageRow } from '@/messages/message-rows';

/** The row that takes the place of those that leave: the next that stays, else the one before. */
export function nextAfter(rows: readonly MessageRow[], id: string, leaving: ReadonlySet<string>) {
  const at = rows.findIndex((row) => row.id === id);
  const stays = (row: MessageRow) => !leaving.has(row.id);
  return (rows.slice(at + 1).find(stays) ?? rows.slice(0, Math.max(0, at)).findLast(stays))?.id;
}
