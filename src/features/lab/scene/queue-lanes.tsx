import type { LabView } from '../play/use-view';
import { Lanes } from './lanes';

/** The lanes as the view has them. `isAsked`: a question is open about what a peek will show. */
export function QueueLanes({ view, isAsked = false }: { view: LabView; isAsked?: boolean }) {
  const { scene, params, asConsumer, caption, setOpened } = view;
  return (
    <Lanes
      world={scene.world}
      now={scene.now}
      tries={params.tries}
      vis={params.vis}
      asConsumer={asConsumer}
      subject={caption.id}
      onOpen={setOpened}
      isAsked={isAsked}
    />
  );
}

/** Switches between what the lab knows and what a consumer can see. */
export const ConsumerSwitch = ({ view: { asConsumer, toggle } }: { view: LabView }) => (
  <label className="flex items-center gap-1.5 text-12 text-text-2">
    <input type="checkbox" checked={asConsumer} onChange={() => toggle('consumer')} />
    As a consumer sees it
  </label>
);
