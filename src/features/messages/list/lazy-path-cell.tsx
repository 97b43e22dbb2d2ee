import { type ComponentProps, lazy, Suspense } from 'react';

const PathCell = lazy(async () => ({ default: (await import('./path-cell')).PathCell }));

/** Few look at a queue by its keys: what reads them comes with the first such column. */
export const LazyPathCell = (props: ComponentProps<typeof PathCell>) => (
  <Suspense>
    <PathCell {...props} />
  </Suspense>
);
