import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { Button, IconButton } from '@/ui/controls/button';
import { Segmented } from '@/ui/controls/segmented';
import type { Player, Scene, Speed } from '../play/player';

const SPEEDS: readonly { value: string; label: string; title?: string }[] = [
  { value: '0.5', label: '0.5×' },
  { value: '1', label: '1×' },
  { value: '4', label: '4×' },
  { value: '60', label: '60×' },
  { value: 'most', label: 'Max', title: 'As fast as this machine can' },
];

const speedOf = (value: string): Speed => (value === 'most' ? 'most' : (Number(value) as Speed));

type TransportProps = { player: Player; scene: Scene; isSmall?: boolean; hasSpeeds?: boolean };

/** Play, step, speed. */
export function Transport({ player, scene, isSmall = false, hasSpeeds = true }: TransportProps) {
  const { playing, asking } = scene;
  const reason = asking === undefined ? undefined : 'Time stands still until you answer';
  return (
    <div className="row ctl__p">
      <Button
        variant="primary"
        size="lg"
        icon={playing ? <Pause /> : <Play />}
        kbd={isSmall ? undefined : 'Space'}
        reason={reason}
        onClick={() => (playing ? player.pause() : player.play())}
      >
        {playing ? 'Pause' : 'Play'}
      </Button>
      <IconButton size="lg" label="Step back" keys="," icon={<SkipBack />} onClick={() => player.step(-1)} />
      <Button
        size="lg"
        icon={<SkipForward />}
        kbd={isSmall ? undefined : '.'}
        reason={reason}
        onClick={() => player.step(1)}
      >
        Step
      </Button>
      {hasSpeeds && <Speeds player={player} scene={scene} isSmall={isSmall} />}
    </div>
  );
}

/** How fast time goes on. */
export const Speeds = ({ player, scene, isSmall = false }: Omit<TransportProps, 'hasSpeeds'>) => (
  <Segmented
    label="Speed"
    value={String(scene.speed)}
    options={isSmall ? SPEEDS.slice(1, 4) : SPEEDS}
    onChange={(value) => player.setSpeed(speedOf(value))}
  />
);
