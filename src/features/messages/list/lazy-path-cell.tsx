import { type ComponentProps, lazy, Suspense } from 'react';

const PathCell = lazy(async () => ({ default: (await import('./path-cell')).PathCell }));

/** The cell of a path, whose code is loaded with the first such column. */
export const LazyPathCell = (props: ComponentProps<typeof PathCell>) => (
  <Suspense>
    <PathCell {...props} />
  </Suspense>
);
