import { PartFailure } from '@/ui/parts/part-failure';
import type { Player, Scene } from '../play/player';

/** Why the run cannot go on, with a way to begin it anew where its worker did not arrive. */
export function Stopped({
  player,
  scene: { broken, missing },
}: {
  player: Player;
  scene: Pick<Scene, 'broken' | 'missing'>;
}) {
  return (
    <>
      The run stopped: {broken}.
      {missing && <PartFailure shape="line" failure={missing} onRetry={() => player.restart()} onClose={undefined} />}
    </>
  );
}
