import type { LabView } from '../play/use-view';
import { Lanes, type LanesProps } from './lanes';

/** The lanes as the view has them, with what a question asks for left out. */
export function QueueLanes({
  view,
  isAsked = false,
  isCountAsked = false,
}: { view: LabView } & Pick<LanesProps, 'isAsked' | 'isCountAsked'>) {
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
      isCountAsked={isCountAsked}
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
