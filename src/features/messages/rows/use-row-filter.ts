import { type ExplorerRoute, goTo, type Narrowing, type Only, useRoute } from '@/state/navigation/route';
import { useQueueView } from '@/state/settings/queue-view-settings';
import { noteRun, useRunExpressions } from '@/state/settings/run-expressions';

const NO_EXPRESSIONS: readonly string[] = [];

/**
 * What narrows and orders the rows. It is in the address, so that a reload, the way back and a link keep it; what is set to
 * undefined is off. What runs over bodies is off, too, until the person has run it in this browser: a link may be anybody's.
 */
export function useRowFilter() {
  // The screen of a queue is shown for no other route.
  const route = useRoute() as ExplorerRoute;
  const { filter, only = [], expressions = NO_EXPRESSIONS, picked, sort } = route;
  const run = useRunExpressions();
  const own = useQueueView(route.connectionId, route.queue ?? '');
  const isKnown = (source: string) =>
    run.includes(source) ||
    own.expressions.some((one) => one.source === source) ||
    own.paths.some((path) => source === `path:${path}`);
  const isAsked = (source: string | undefined) => source !== undefined && !isKnown(source);
  const shown = {
    picked: isAsked(columnOf(picked?.column)) ? undefined : picked,
    sort: isAsked(columnOf(sort?.id)) ? undefined : sort,
    expressions: expressions.filter(isKnown),
  };
  const asked = [...expressions, ...columnsIn({ picked, sort })].filter(isAsked);
  const write = (change: Narrowing & { filter?: string }) => goTo({ ...route, ...change }, { replace: true });

  /** Changes what the person narrows by. Expressions that wait to be asked about stay in the address. */
  function narrow(change: Narrowing & { filter?: string }) {
    noteRun([...(change.expressions ?? []), ...columnsIn(change)]);
    const waiting = change.expressions ? expressions.filter(isAsked) : [];
    write(waiting.length > 0 ? { ...change, expressions: [...(change.expressions ?? []), ...waiting] } : change);
  }
  return {
    filter,
    /** The sources of the expressions that are on, the picked value and the order. */
    ...shown,
    /** Expressions and columns of the body that came by a link, and were never run in this browser. */
    asked,
    narrow,
    runAsked: () => noteRun(asked),
    leaveOutAsked: () => write(shown),
    isOn: (chip: Only) => only.includes(chip),
    toggle: (chip: Only, isOn: boolean) =>
      narrow({ only: [...only.filter((one) => one !== chip), ...(isOn ? [chip] : [])] }),
    clear: () => write({ filter: '', only: undefined, expressions: undefined, picked: undefined }),
  };
}

/** The columns of the body that are picked from or sorted by, as `path:order.total`. */
const columnsIn = ({ picked, sort }: Narrowing) =>
  [picked?.column, sort?.id].flatMap((column) => columnOf(column) ?? []);
const columnOf = (column: string | undefined) => (column?.startsWith('path:') ? column : undefined);
