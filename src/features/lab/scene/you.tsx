import { User } from 'lucide-react';
import type { World } from '@/lab/film/world';
import { Badge } from '@/ui/controls/badge';
import { orderName } from '../text/names';

/** The person who is the only worker, with what they hold: in place of the list of workers. */
export const You = ({ world }: { world: World }) => (
  <ul className="wks" aria-label="Workers">
    <YourCard world={world} />
  </ul>
);

function YourCard({ world }: { world: World }) {
  const holds = world.actors['you']?.holds ?? [];
  const orders = holds.map((id) => orderName(world.messages[id]?.order ?? 0));
  return (
    <li className="wk" data-stop="actor you">
      <div className="wk__h">
        <User size={16} aria-hidden="true" className="i" />
        <b className="flex-1">You</b>
        <Badge>{orders.length === 0 ? 'Empty hands' : 'Holding'}</Badge>
      </div>
      <div className="wk__d">
        <span>{orders.length === 0 ? 'You are the worker here' : `In your hand: ${orders.join(', ')}`}</span>
      </div>
    </li>
  );
}
