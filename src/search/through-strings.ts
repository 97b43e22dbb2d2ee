import { nodesOf } from './expression-nodes';

/** What a path calls between two keys, so that it goes on inside a string. No expression can name it. */
export const INSIDE = ' inside';

type Node = Readonly<Record<string, unknown>>;
type PathNode = { type: 'path'; steps: Node[] };

/**
 * Lets the paths of a parsed JSONata expression go on inside strings, as columns do: between two keys, `a.b`, stands a call
 * of `INSIDE` with what is at the first. The tree is changed in place; returns false, and changes nothing, where no path has
 * two keys. Paths that bind places or parents are left as they are.
 */
export function goThroughStrings(root: unknown): boolean {
  const paths = pathsOf(root);
  for (const path of paths)
    path.steps = path.steps.flatMap((step, index) =>
      isKey(step) && isKey(path.steps[index - 1]) ? [callOf(step), step] : [step],
    );
  return paths.length > 0;
}

const isKey = (step: Node | undefined) => step?.['type'] === 'name';
const callOf = ({ position }: Node): Node => ({
  type: 'function',
  value: '(',
  position,
  arguments: [],
  procedure: { type: 'variable', value: INSIDE, position },
});

const isPath = (node: Node): node is PathNode => node['type'] === 'path' && Array.isArray(node['steps']);
const binds = (step: Node) => ['tuple', 'focus', 'index', 'ancestor'].some((name) => step[name] !== undefined);

/** The paths with two keys in a row, wherever they are in the expression. */
function pathsOf(root: unknown): PathNode[] {
  const found: PathNode[] = [];
  for (const node of nodesOf(root)) {
    const one = node as Node;
    if (!isPath(one) || one.steps.some(binds)) continue;
    if (one.steps.some((step, index) => isKey(step) && isKey(one.steps[index - 1]))) found.push(one);
  }
  return found;
}
