/** All nodes of the syntax tree of an expression, each once, whatever links to whatever. */
export function* nodesOf(root: unknown): Generator<object> {
  const seen = new WeakSet<object>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    open.push(...Object.values(node));
    yield node;
  }
}
