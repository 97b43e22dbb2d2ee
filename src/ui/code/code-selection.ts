/** Characters of the source from the start of a row's element to a point inside it. */
function charactersBefore(row: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(row, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/**
 * Offsets of the source that a selection covers, from rows with `data-start` and `data-end`, since rows have no line ends and
 * split long lines. Undefined when it touches no row.
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
