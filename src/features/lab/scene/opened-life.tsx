import { lazy, Suspense } from 'react';
import type { Player } from '../play/player';
import type { LabView } from '../play/use-view';

const MessageLife = lazy(async () => ({ default: (await import('./message-life')).MessageLife }));

/** The life of the message that was opened, if any. */
export function OpenedLife({ player, view: { scene, opened, setOpened } }: { player: Player; view: LabView }) {
  if (opened === undefined) return null;
  return (
    <Suspense>
      <MessageLife
        id={opened}
        message={scene.world.messages[opened]}
        events={player.film.between(0, scene.now)}
        nameOf={player.nameOf}
        onClose={() => setOpened(undefined)}
      />
    </Suspense>
  );
}
