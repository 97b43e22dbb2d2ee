import { Activity, Layers, Plug, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Route, routeHref, useRoute } from '@/state/navigation/route';
import { useExplorerRoute } from './page';

/** The screens of the app as tabs at the foot, under 760 px. */
export function TabBar() {
  const explorer = useExplorerRoute();
  return (
    <nav
      aria-label="Places"
      className="flex flex-none border-t border-line bg-canvas pt-1.5 pb-[max(10px,env(safe-area-inset-bottom))] desk:hidden"
    >
      {explorer ? (
        <Tab to={explorer} icon={<Layers className="size-4.5" />}>
          Messages
        </Tab>
      ) : (
        <Tab to={{ screen: 'connect' }} icon={<Plug className="size-4.5" />}>
          Connect
        </Tab>
      )}
      <Tab to={{ screen: 'wire' }} icon={<Activity className="size-4.5" />}>
        Requests
      </Tab>
      <Tab to={{ screen: 'settings' }} icon={<Settings2 className="size-4.5" />}>
        Settings
      </Tab>
    </nav>
  );
}

type TabProps = { to: Route; icon: ReactNode; children: string };

const Tab = ({ to, icon, children }: TabProps) => (
  <a
    href={routeHref(to)}
    aria-current={useRoute()?.screen === to.screen ? 'page' : undefined}
    className="grid min-h-11 flex-1 content-center justify-items-center gap-0.5 text-11 text-text-3 -outline-offset-2! aria-[current=page]:font-semibold aria-[current=page]:text-text"
  >
    {icon}
    {children}
  </a>
);
