/** Part of a row's element from its start to a point inside it, in characters of the source. */
function charactersBefore(row: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(row, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/**
 * The stretch of source that a selection covers, from rows that carry their offsets as `data-start` and `data-end`.
 * Undefined when it touches no row. Needed because rows leave out line ends and continue long lines.
 */
export function selectedSource(
  container: Element,
  selection: Selection | null,
): [from: number, to: number] | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const rows = [...container.querySelectorAll('[data-start]')].filter((row) => range.intersectsNode(row));
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const from = first.contains(range.startContainer)
    ? Number(first.getAttribute('data-start')) + charactersBefore(first, range.startContainer, range.startOffset)
    : Number(first.getAttribute('data-start'));
  const to = last.contains(range.endContainer)
    ? Number(last.getAttribute('data-start')) + charactersBefore(last, range.endContainer, range.endOffset)
    : Number(last.getAttribute('data-end'));
  return to > from ? [from, to] : undefined;
}
