import { PanelLeftClose, Search } from 'lucide-react';

import { runAction, shownKey } from '@/actions/action';
import { goToActions, layoutActions, type Page } from '@/actions/app-actions';
import { ConnectionSwitcher } from '@/features/connections/connection-switcher';
import { QueueSidebar } from '@/features/queues/queue-sidebar';
import type { StoredConnection } from '@/state/connections/connections';
import { setPreference, usePreference } from '@/state/settings/preferences';
import { rem } from '@/ui/browser/text-size';
import { IconButton, Kbd } from '@/ui/controls/button';
import { Splitter } from '@/ui/controls/splitter';
import { Spoken } from '@/ui/controls/spoken';
import { EnvironmentButton } from './late';
import { usePage } from './page';

/** The account and its queues, 200 to 360 px wide. Under 960 px the queue switcher takes its place. */
export function Sidebar({ connection }: { connection: StoredConnection }) {
  const sidebar = usePreference('sidebar');
  const page = usePage();
  return (
    <div
      className="relative flex min-h-0 flex-none flex-col bg-canvas max-wide:hidden"
      style={{ width: rem(sidebar.width) }}
    >
      <section aria-label="Account and search" className="grid grid-cols-1 gap-2 px-2 pt-2.5 pb-2">
        <div className="flex h-8 items-center justify-between gap-1">
          <span className="flex min-w-0 flex-1 items-center gap-0.5">
            <ConnectionSwitcher connection={connection} />
            {connection.environment && <EnvironmentButton connection={connection} />}
          </span>
          <IconButton
            size="sm"
            label="Hide queues"
            keys={shownKey(layoutActions.sidebar)}
            icon={<PanelLeftClose />}
            onClick={() => runAction(layoutActions.sidebar, page)}
          />
        </div>
        <SearchButton page={page} />
        <span className="absolute inset-y-0 right-0 flex">
          <Splitter
            label="Resize queues"
            orientation="vertical"
            value={sidebar.width}
            min={200}
            max={360}
            onChange={(width) => setPreference('sidebar', { ...sidebar, width })}
          />
        </span>
      </section>
      <QueueSidebar connection={connection} />
    </div>
  );
}

const SearchButton = ({ page }: { page: Page }) => (
  <button
    type="button"
    aria-haspopup="dialog"
    aria-keyshortcuts="Control+K"
    onClick={() => runAction(goToActions.commands, page)}
    className="flex h-7 w-full items-center gap-1.5 rounded-6 border border-line-strong bg-surface px-2 text-text-3 transition-colors hover:bg-hover"
  >
    <Search />
    <Spoken as="Search or run a command">
      <span className="flex-1 truncate text-left">Search or run…</span>
    </Spoken>
    <Kbd>{shownKey(goToActions.commands) ?? ''}</Kbd>
  </button>
);
