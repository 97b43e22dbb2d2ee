import type { ReactNode } from 'react';

export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className="h-dvh">
      <main className="h-full min-h-0 bg-surface">{children}</main>
    </div>
  );
}
