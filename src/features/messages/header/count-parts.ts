import { count, counted } from '@/words/counts';

/** What is known of the messages of a queue, part by part. */
export type CountParts = {
  /** Azure's own count, of visible and hidden messages together; undefined when the account hides it. */
  total: number | undefined;
  visible: number;
  /** Whether these are all that are visible; else there are at least so many. */
  isAllVisible: boolean;
  /** Hidden by leases of this tab. */
  held: number;
  /** The total without the others: inferred. Undefined without a total. */
  rest: number | undefined;
};

type Known = {
  total: number | undefined;
  /** Messages that a peek saw and nobody here holds; undefined before the first. */
  peeked: number | undefined;
  /** Messages that it could have seen. */
  asked: number;
  /** Messages that a browse of the whole queue saw and returned. */
  browsed: number | undefined;
  held: number;
};

/** A peek that saw fewer messages than it asked for saw all of them; a full one saw at least so many. */
export function countParts({ total, peeked, asked, browsed, held }: Known): CountParts {
  const visible = browsed ?? peeked ?? 0;
  const isAllVisible = browsed !== undefined || (peeked !== undefined && peeked < asked);
  // The total lags behind what this tab does.
  const rest = total === undefined ? undefined : Math.max(0, total - visible - held);
  return { total, visible, isAllVisible, held, rest };
}

/** `About 18 messages: 12 visible, 4 held here, 2 hidden or delayed elsewhere`. */
export function countText({ total, visible, isAllVisible, held, rest }: CountParts): string {
  const parts = [
    `${isAllVisible ? '' : 'at least '}${count(visible)} visible`,
    held > 0 && `${count(held)} held here`,
    rest !== undefined &&
      rest > 0 &&
      `${count(rest)} ${isAllVisible ? 'hidden or delayed elsewhere' : 'further back or hidden elsewhere'}`,
  ];
  const all = total === undefined ? 'Number of messages unknown' : `About ${counted(total, 'message')}`;
  return `${all}: ${parts.filter(Boolean).join(', ')}`;
}
