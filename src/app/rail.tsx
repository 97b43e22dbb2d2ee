import { goToActions, goToConnection, layoutActions, pageActions } from '@/actions/app-actions';
import { connectionLabel } from '@/features/connections/shared/connection-name';
import { ConnectionTile } from '@/features/connections/shared/connection-tile';
import { useConnections } from '@/state/connections/connections';
import { useRoute } from '@/state/navigation/route';
import { Logo } from './logo';
import { usePage } from './page';
import { RailAction, ThemeButton } from './rail-button';
import { preload } from './screens';

const currentIf = (isHere: boolean) => (isHere ? 'page' : undefined);

/** Connections above, tools below; 52 px wide. */
export function Rail() {
  const connections = useConnections();
  const page = usePage();
  const screen = useRoute()?.screen;
  return (
    <nav
      aria-label="Connections and tools"
      className="flex w-13 flex-none flex-col items-center gap-1.5 overflow-y-auto border-r border-line bg-canvas pt-2.5 pb-2 max-desk:hidden"
    >
      <span className="mb-1 grid size-8 flex-none place-items-center">
        <Logo />
      </span>
      {connections.map((connection, index) => (
        <RailAction
          key={connection.id}
          action={goToConnection(connection, index)}
          on={page}
          label={connectionLabel(connection)}
          icon={<ConnectionTile connection={connection} current={connection.id === page.connection?.id} />}
          aria-current={connection.id === page.connection?.id}
          className="relative aria-[current=true]:before:absolute aria-[current=true]:before:top-2 aria-[current=true]:before:-left-2.25 aria-[current=true]:before:h-4.5 aria-[current=true]:before:w-[3px] aria-[current=true]:before:rounded-r-[3px] aria-[current=true]:before:bg-ink aria-[current=true]:before:content-[''] forced-colors:aria-[current=true]:before:bg-[CanvasText]"
        />
      ))}
      <RailAction
        action={pageActions.connect}
        on={page}
        aria-current={currentIf(screen === 'connect')}
        onMouseEnter={preload.connect}
        className="border border-dashed border-line-control text-text-3"
      />
      <span className="flex-1" />
      {page.explorer && (
        <RailAction action={goToActions.explorer} on={page} aria-current={currentIf(screen === 'explorer')} />
      )}
      <RailAction
        action={goToActions.wire}
        on={page}
        aria-current={currentIf(screen === 'wire')}
        onMouseEnter={preload.wire}
      />
      <RailAction
        action={goToActions.settings}
        on={page}
        aria-current={currentIf(screen === 'settings')}
        onMouseEnter={preload.settings}
      />
      <span className="my-1 h-px w-6 flex-none bg-line-strong" />
      <RailAction action={layoutActions.shortcuts} on={page} aria-haspopup="dialog" />
      <ThemeButton />
    </nav>
  );
}
