import type { LabView } from '../play/use-view';
import { Lanes } from './lanes';

/** The lanes as the view has them. */
export function QueueLanes({ view }: { view: LabView }) {
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
