import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** One thing that Azure will do; a warning stands out. */
export type Consequence = string | { warning: ReactNode };

/** Lists what Azure will do, before it does. */
export function Consequences({ items }: { items: readonly (Consequence | false | undefined)[] }) {
  return (
    <section className="rounded-8 bg-sunken px-3 py-2.5">
      <h3 className="text-12 font-semibold">What Azure will do</h3>
      <ul className="mt-1.5 grid gap-1.5 text-12 text-pretty text-text-2">
        {items.map(
          (item, index) =>
            item && (
              // oxlint-disable-next-line react/no-array-index-key -- sentences have no identity but their place
              <li key={index} className="flex gap-2 [&>.lucide]:mt-px [&>.lucide]:size-3.5 [&>.lucide]:flex-none">
                {typeof item === 'string' ? <Info className="text-text-3" /> : <TriangleAlert className="text-warn" />}
                <span className="min-w-0">{typeof item === 'string' ? item : item.warning}</span>
              </li>
            ),
        )}
      </ul>
    </section>
  );
}
