import { UserMinus, UserPlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/ui/controls/button';
import { lazyPart } from '@/ui/parts/lazy-part';
import type { Player } from '../play/player';
import type { LabView } from '../play/use-view';
import { workerMark } from '../program/program-mark';
import { HandCard } from '../scene/hand-card';
import { OpenedWorker } from '../scene/opened-worker';
import { Workers } from '../scene/workers';

const ProgramPanel = lazyPart(async () => (await import('../program/program-panel')).ProgramPanel);

type ColumnProps = {
  player: Player;
  view: LabView;
  /** The worker that is looked at from near. */
  near: string | undefined;
  onNear: (name: string | undefined) => void;
};

/** Who receives: the workers, or one of them from near, and the person. */
export function WorkersColumn({ player, view, near, onNear }: ColumnProps) {
  const { scene, params, events, caption, workers } = view;
  const { world, now, run } = scene;
  const { act, nameOf, film } = player;
  const around = { film, run, nameOf };
  const column = useRef<HTMLElement>(null);
  const before = useRef(near);
  // The focus goes back to the card that was opened.
  useEffect(() => {
    const was = before.current;
    before.current = near;
    if (near === undefined && was !== undefined)
      column.current?.querySelector<HTMLElement>(`[data-stop="actor ${was}"] .wk__o`)?.focus();
  }, [near]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <section ref={column} className="col col--w" aria-label="Workers" tabIndex={0}>
      <div className="col__t">
        <h2 className="col__h">
          Workers <span className="text-text-3">{phasesOf(workers.map(([, { phase }]) => phase))}</span>
        </h2>
        <span className="flex-1" />
        <IconButton
          size="sm"
          label="Remove a worker"
          keys="Shift W"
          icon={<UserMinus />}
          onClick={() => act({ act: 'removeWorker' })}
        />
        <IconButton
          size="sm"
          label="Add a worker"
          keys="W"
          icon={<UserPlus />}
          onClick={() => act({ act: 'addWorker' })}
        />
      </div>
      {near === undefined ? (
        <Workers
          world={world}
          now={now}
          subject={caption.actor}
          canAct
          around={around}
          onOpen={onNear}
          onCrash={(worker) => act({ act: 'crash', worker })}
        />
      ) : (
        <OpenedWorker
          name={near}
          world={world}
          now={now}
          params={params}
          events={events}
          around={around}
          act={act}
          onClose={() => onNear(undefined)}
        >
          <ProgramPanel
            program={params.tries > 0 ? 'poison' : 'worker'}
            settings={{ vis: params.vis, tries: params.tries }}
            mark={workerMark(near, world, events)}
            isShared={workers.length > 1}
          />
        </OpenedWorker>
      )}
      <HandCard world={world} now={now} events={events} nameOf={nameOf} act={act} />
    </section>
  );
}

/** `2 working, 1 crashed, 1 idle`. */
function phasesOf(phases: readonly string[]): string {
  if (phases.length === 0) return 'none';
  const crashed = phases.filter((phase) => phase === 'crashed').length;
  const idle = phases.filter((phase) => phase === 'idle' || phase === 'asking').length;
  const working = phases.length - crashed - idle;
  const parts = [
    [working, 'working'],
    [crashed, 'crashed'],
    [idle, 'idle'],
  ] as const;
  return parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ');
}
