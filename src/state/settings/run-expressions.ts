import { keptStore } from './kept-store';

/** Expressions and columns of the body that are remembered; the oldest are asked about again. */
const MOST = 200;

const store = keptStore('queuescope.run-expressions', { sources: [] as readonly string[] });

/** What a person has run in this browser: sources of expressions, and columns of the body as `path:order.total`. */
export const useRunExpressions = () => store((state) => state.sources);

/** Remembers what a person runs, so that a link which has it runs it without asking. */
export function noteRun(sources: readonly string[]): void {
  store.change(({ sources: before }) => {
    const fresh = sources.filter((source) => !before.includes(source));
    return fresh.length > 0 ? { sources: [...before, ...fresh].slice(-MOST) } : {};
  });
}
