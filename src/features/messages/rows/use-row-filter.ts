import { type ExplorerRoute, goTo, type Narrowing, type Only, useRoute } from '@/state/navigation/route';

const NO_EXPRESSIONS: readonly string[] = [];

/**
 * What narrows and orders the rows. It is in the address, so that a reload, the way back and a link keep it; what is set to
 * undefined is off.
 */
export function useRowFilter() {
  // The screen of a queue is shown for no other route.
  const route = useRoute() as ExplorerRoute;
  const { filter, only = [], expressions = NO_EXPRESSIONS, picked, sort } = route;
  const narrow = (change: Narrowing & { filter?: string }) => goTo({ ...route, ...change }, { replace: true });
  return {
    filter,
    /** Sources of the expressions that are on. */
    expressions,
    picked,
    sort,
    narrow,
    isOn: (chip: Only) => only.includes(chip),
    toggle: (chip: Only, isOn: boolean) =>
      narrow({ only: [...only.filter((one) => one !== chip), ...(isOn ? [chip] : [])] }),
    clear: () => narrow({ filter: '', only: undefined, expressions: undefined, picked: undefined }),
  };
}
