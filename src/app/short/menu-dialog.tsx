import { Layers, List, LockKeyhole, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { runAction, textOf } from '@/actions/action';
import { cycleTheme, explorerOf, goToActions, layoutActions } from '@/actions/app-actions';
import { ConnectionSwitcher } from '@/features/connections/connection-switcher';
import { connectionLabel } from '@/features/connections/shared/connection-name';
import { ConnectionTile } from '@/features/connections/shared/connection-tile';
import { useConnections } from '@/state/connections/connections';
import { isEnded, useJobs } from '@/state/jobs/job-store';
import { openLeases } from '@/state/leases/lease-tray';
import { openDialog } from '@/state/navigation/open-dialog';
import { queueRoute, type Route, routeHref, useRoute } from '@/state/navigation/route';
import { isSandbox } from '@/state/sandbox/sandbox';
import { usePreference } from '@/state/settings/preferences';
import { cx } from '@/ui/format/cx';
import { Dialog } from '@/ui/overlay/dialog';
import { count } from '@/words/counts';
import { EnvironmentButton } from '../late';
import { usePage } from '../page';
import { ConnectionState } from '../status-bar';
import { themeLabel } from '../theme';

const item =
  'flex min-h-9 w-full items-center gap-2.5 rounded-6 px-2 text-left hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:font-semibold [&>.lucide]:text-text-2';

/** Connections, queues and the other screens, with the state of the connection that is open. */
export default function MenuDialog({ onClose }: { onClose: () => void }) {
  const connections = useConnections();
  const page = usePage();
  const route = useRoute();
  const theme = usePreference('theme');
  const running = useJobs().filter(({ job }) => !isEnded(job)).length;
  const { connection } = page;
  const link = (to: Route, isHere: boolean, icon: ReactNode, text: string) => (
    <li>
      <a href={routeHref(to)} aria-current={isHere ? 'page' : undefined} className={item} onClick={onClose}>
        {icon}
        <span className="min-w-0 flex-1 truncate">{text}</span>
      </a>
    </li>
  );
  const press = (run: () => void, icon: ReactNode, text: string) => (
    <li>
      <button
        type="button"
        className={item}
        onClick={() => {
          onClose();
          run();
        }}
      >
        {icon}
        {text}
      </button>
    </li>
  );
  return (
    <Dialog title="Menu" size="sm" onClose={onClose}>
      <nav aria-label="Connections and tools" className="-mx-2 -my-2 grid grid-cols-1 gap-x-4 gap-y-1 line:grid-cols-2">
        <ul className="grid grid-cols-1 content-start">
          {connection &&
            link(
              queueRoute(connection.id, undefined),
              route?.screen === 'explorer' && route.queue === undefined,
              <List />,
              `Queues of ${connectionLabel(connection)}`,
            )}
          {page.explorer?.queue !== undefined &&
            link(
              page.explorer,
              route?.screen === 'explorer' && route.queue !== undefined,
              <Layers />,
              page.explorer.queue,
            )}
          {(['lab', 'wire', 'settings'] as const).map((screen) => (
            <li key={screen}>
              <a
                href={routeHref({ screen })}
                aria-current={route?.screen === screen ? 'page' : undefined}
                className={item}
                onClick={onClose}
              >
                {goToActions[screen].icon}
                {screen === 'wire' ? 'Requests' : textOf(goToActions[screen].label, page)}
              </a>
            </li>
          ))}
          {press(
            () => openDialog({ kind: 'jobs' }),
            <Layers />,
            running > 0 ? `Jobs, ${count(running)} running` : 'Jobs',
          )}
          {connection && press(() => openLeases(true), <LockKeyhole />, 'Leases')}
          {press(() => runAction(goToActions.commands, page), null, textOf(goToActions.commands.label, page))}
          {press(() => runAction(layoutActions.shortcuts, page), layoutActions.shortcuts.icon, 'Keyboard shortcuts')}
          <li>
            <button type="button" className={item} onClick={cycleTheme}>
              {themeLabel(theme)}
            </button>
          </li>
        </ul>
        <ul
          aria-label="Connections"
          className="grid grid-cols-1 content-start max-line:border-t max-line:border-line max-line:pt-1"
        >
          {connections.map((one) => (
            <li key={one.id}>
              <a
                href={routeHref(explorerOf(one.id))}
                aria-current={one.id === connection?.id ? 'true' : undefined}
                className={cx(item, one.id === connection?.id && 'font-semibold')}
                onClick={onClose}
              >
                <ConnectionTile connection={one} current={one.id === connection?.id} />
                <span className="min-w-0 flex-1 truncate">{connectionLabel(one)}</span>
              </a>
            </li>
          ))}
          {link({ screen: 'connect' }, route?.screen === 'connect', <Plus />, 'Add connection')}
        </ul>
      </nav>
      {connection && (
        <section
          aria-label="Connection"
          className="mt-3 flex flex-wrap items-center gap-1 border-t border-line pt-2 text-12"
        >
          <ConnectionSwitcher connection={connection} />
          <EnvironmentButton connection={connection} />
          {isSandbox(connection) ? (
            <button
              type="button"
              className="min-h-9 rounded-6 px-2 hover:bg-hover"
              onClick={() => {
                onClose();
                openDialog({ kind: 'sandbox' });
              }}
            >
              Clock and faults of the sandbox
            </button>
          ) : (
            <ConnectionState connection={connection} />
          )}
        </section>
      )}
    </Dialog>
  );
}
