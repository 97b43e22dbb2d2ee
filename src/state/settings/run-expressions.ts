import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Expressions and columns of the body that are remembered; the oldest are asked about again. */
const MOST = 200;

const store = create<{ sources: readonly string[] }>()(
  persist(() => ({ sources: [] as readonly string[] }), { name: 'queuescope.run-expressions', version: 1 }),
);

/** What a person has run in this browser: sources of expressions, and columns of the body as `path:order.total`. */
export const useRunExpressions = () => store((state) => state.sources);

/** Remembers what a person runs, so that a link which has it runs it without asking. */
export function noteRun(sources: readonly string[]): void {
  const { sources: before } = store.getState();
  const fresh = sources.filter((source) => !before.includes(source));
  if (fresh.length > 0) store.setState({ sources: [...before, ...fresh].slice(-MOST) });
}
