import { Activity, Keyboard, Layers, Plus, Settings2 } from 'lucide-react';
import { connectionLabel } from '@/features/connections/shared/connection-name';
import { ConnectionTile } from '@/features/connections/shared/connection-tile';
import { useConnections } from '@/state/connections/connections';
import { openDialog } from '@/state/navigation/open-dialog';
import { goTo, useRoute } from '@/state/navigation/route';
import { explorerOf, useCurrentConnection, useExplorerRoute } from './last-route';
import { Logo } from './logo';
import { RailButton } from './rail-button';
import { preload } from './screens';
import { ThemeButton } from './theme-button';

/** Connections above, tools below; 52 px wide. */
export function Rail() {
  const route = useRoute();
  const connections = useConnections();
  const current = useCurrentConnection();
  const explorer = useExplorerRoute();
  return (
    <nav
      aria-label="Connections and tools"
      className="flex w-13 flex-none flex-col items-center gap-1.5 overflow-y-auto border-r border-line bg-canvas pt-2.5 pb-2 max-desk:hidden"
    >
      <span className="mb-1 grid size-8 flex-none place-items-center">
        <Logo />
      </span>
      {connections.map((connection, index) => (
        <RailButton
          key={connection.id}
          label={connectionLabel(connection)}
          keys={index < 9 ? `G ${index + 1}` : undefined}
          icon={<ConnectionTile connection={connection} current={connection.id === current?.id} />}
          onClick={() => goTo(explorerOf(connection.id))}
          aria-current={connection.id === current?.id}
          className="relative aria-[current=true]:before:absolute aria-[current=true]:before:top-2 aria-[current=true]:before:-left-2.25 aria-[current=true]:before:h-4.5 aria-[current=true]:before:w-[3px] aria-[current=true]:before:rounded-r-[3px] aria-[current=true]:before:bg-ink aria-[current=true]:before:content-[''] forced-colors:aria-[current=true]:before:bg-[CanvasText]"
        />
      ))}
      <RailButton
        label="Add connection"
        icon={<Plus />}
        onClick={() => goTo({ screen: 'connect' })}
        aria-current={route?.screen === 'connect' ? 'page' : undefined}
        onMouseEnter={preload.connect}
        className="border border-dashed border-line-control text-text-3"
      />
      <span className="flex-1" />
      {explorer && (
        <RailButton
          label="Explorer"
          keys="G E"
          icon={<Layers />}
          onClick={() => goTo(explorer)}
          aria-current={route?.screen === 'explorer' ? 'page' : undefined}
        />
      )}
      <RailButton
        label="Wire inspector"
        keys="G W"
        icon={<Activity />}
        onClick={() => goTo({ screen: 'wire' })}
        aria-current={route?.screen === 'wire' ? 'page' : undefined}
        onMouseEnter={preload.wire}
      />
      <RailButton
        label="Settings"
        icon={<Settings2 />}
        onClick={() => goTo({ screen: 'settings' })}
        aria-current={route?.screen === 'settings' ? 'page' : undefined}
        onMouseEnter={preload.settings}
      />
      <span className="my-1 h-px w-6 flex-none bg-line-strong" />
      <RailButton
        label="Keyboard shortcuts"
        keys="?"
        icon={<Keyboard />}
        aria-haspopup="dialog"
        onClick={() => openDialog({ kind: 'shortcuts' })}
      />
      <ThemeButton />
    </nav>
  );
}
