import type { ReactNode } from 'react';
import { accountAndQueue } from '@/state/connections/connection-labels';
import type { StoredConnection } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { isSandbox } from '@/state/sandbox/sandbox';
import { EnvironmentBadge } from '@/ui/controls/badge';

export const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} data-pane="" className="mt-4">
    <h2 className="mb-2 text-15 font-semibold">{title}</h2>
    <div className="rounded-12 border border-line-strong bg-surface">{children}</div>
  </section>
);

type RowProps = { title: ReactNode; hint: ReactNode; children: ReactNode };

export const Row = ({ title, hint, children }: RowProps) => (
  <div
    data-setting={typeof title === 'string' ? title : undefined}
    className="flex min-h-14 flex-wrap items-center gap-x-6 gap-y-2 border-b border-line px-4 py-2 last:border-b-0"
  >
    <div className="min-w-0 flex-1 basis-56">
      <div className="truncate font-medium">{title}</div>
      <div className="text-12 text-pretty text-text-3">{hint}</div>
    </div>
    {children}
  </div>
);

/** What a connection is called in the settings. */
export const nameOf = (connection: StoredConnection): string =>
  isSandbox(connection) ? 'Sandbox' : accountAndQueue(connection);

/** The title of a row about a connection: its name and its label. */
export const ConnectionTitle = ({ connection }: { connection: StoredConnection }) => (
  <span className="flex items-center gap-2">
    <span className="truncate">{nameOf(connection)}</span>
    <EnvironmentBadge environment={environmentOf(connection.environment)} />
  </span>
);
