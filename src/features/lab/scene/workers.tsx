import { Bot, Cog, Moon, Zap } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { View } from '@/lab/actors/actor';
import type { World } from '@/lab/film/world';
import { Badge } from '@/ui/controls/badge';
import { cx } from '@/ui/format/cx';
import { workersOf } from '../play/workers-of';
import { actorName } from '../text/names';
import { type Around, type Doing, doingOf } from './worker-doing';

const PHASES: Record<View['phase'], string> = {
  idle: 'Idle',
  asking: 'Asking',
  working: 'Working',
  deleting: 'Deleting',
  moving: 'Moving',
  crashed: 'Crashed',
  gone: 'Left',
};

export type WorkersProps = {
  world: World;
  now: number;
  subject: string | undefined;
  onCrash: (worker: number) => void;
  /** False while a question is open. */
  canAct: boolean;
  /** Where the film is at hand: also what a worker did before, and when it goes on. */
  around?: Around;
  /** Opens a worker's card; without it, cards cannot be opened. */
  onOpen?: (name: string) => void;
};

export const workerNumber = (name: string): number => Number(name.split(' ')[1]);

/** The workers that are there. */
export function Workers({ world, now, subject, onCrash, canAct, around, onOpen }: WorkersProps) {
  const workers = workersOf(world);
  return (
    <ul className="wks" aria-label="Workers">
      {workers.map(([name, view]) => {
        const isOff = view.phase === 'crashed' || view.phase === 'idle';
        const crash = () => onCrash(workerNumber(name));
        // The worker with the focus, not the one that the key means elsewhere.
        function onKey(event: KeyboardEvent) {
          if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey || isOff || !canAct) return;
          event.preventDefault();
          crash();
        }
        return (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons in it
          <li
            key={name}
            data-stop={`actor ${name}`}
            className={cx(
              'wk',
              view.phase === 'crashed' && 'wk--crashed',
              view.phase === 'idle' && 'wk--idle',
              name === subject && 'is-subject',
            )}
            onKeyDown={onKey}
          >
            <div className="wk__h">
              <Bot size={16} aria-hidden="true" className="i" />
              {onOpen ? (
                <button type="button" className="wk__o truncate" onClick={() => onOpen(name)}>
                  {actorName(name)}
                </button>
              ) : (
                <b className="min-w-0 flex-1 truncate">{actorName(name)}</b>
              )}
              <Phase phase={view.phase} />
              {!isOff && canAct && (
                <button
                  type="button"
                  className="wk__x"
                  aria-label={`Crash ${actorName(name)}`}
                  title="Crash it (C)"
                  onClick={crash}
                >
                  <Zap size={14} aria-hidden="true" />
                </button>
              )}
            </div>
            <Does doing={doingOf(name, view, world, now, around)} />
          </li>
        );
      })}
    </ul>
  );
}

/** What a worker is at, as an icon and a word. */
export function Phase({ phase }: { phase: View['phase'] }) {
  const icon = phase === 'crashed' ? <Zap size={12} /> : phase === 'idle' ? <Moon size={12} /> : <Cog size={12} />;
  const tone = phase === 'crashed' ? 'danger' : phase === 'idle' || phase === 'gone' ? 'neutral' : 'accent';
  return (
    <Badge tone={tone} className="badge">
      {icon}
      {PHASES[phase]}
    </Badge>
  );
}

/** What a worker does, with a bar for work that is under way. */
export const Does = ({ doing: { what, rest, share } }: { doing: Doing }) => (
  <>
    <div className="wk__d">
      <span>{what}</span>
      {rest !== undefined && <span className="tabular-nums">{rest}</span>}
    </div>
    {share !== undefined && (
      <div className="wk__bar" aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </div>
    )}
  </>
);
