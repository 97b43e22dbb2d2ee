import { Bot, ChevronLeft, UserMinus, Zap } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { LabEvent } from '@/lab/film/lab-event';
import type { World } from '@/lab/film/world';
import type { Params } from '@/lab/run/params';
import type { Act } from '@/lab/run/run';
import { Button, IconButton } from '@/ui/controls/button';
import { actorName, orderName, runTime } from '../text/names';
import { RequestList } from './request-list';
import { type Around, doingOf } from './worker-doing';
import { Does, Phase, workerNumber } from './workers';

type OpenedProps = {
  name: string;
  world: World;
  now: number;
  params: Params;
  /** The recent past. */
  events: readonly LabEvent[];
  around: Around;
  act: (act: Act) => void;
  onClose: () => void;
  /** Its program, at the line where it is. */
  children?: ReactNode;
};

/** Requests of a worker that are shown. */
const MOST_REQUESTS = 8;

/** A worker from near: its kind, what it does and holds, its receipt, its last requests. */
export function OpenedWorker({ name, world, now, params, events, around, act, onClose, children }: OpenedProps) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const view = world.actors[name] ?? { phase: 'gone', holds: [] };
  const worker = workerNumber(name);
  const own = events.filter((event) => event.what === 'served' && event.actor === name);
  const isGone = view.phase === 'gone';
  const held = view.holds.map((id) => world.messages[id]).filter((message) => message !== undefined);
  const [first] = view.holds;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes it
    <section
      className="wko"
      aria-label={actorName(name)}
      data-stop={`actor ${name}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="wk__h">
        <IconButton ref={back} label="Back to the workers" keys="Esc" icon={<ChevronLeft />} onClick={onClose} />
        <Bot size={16} aria-hidden="true" className="i" />
        <h2 className="min-w-0 flex-1 truncate text-13 font-semibold">{actorName(name)}</h2>
        <Phase phase={view.phase} />
      </div>
      <Does doing={doingOf(name, view, world, now, around)} />
      <dl className="wko__d">
        <Fact name="Kind">
          Its own loop: receive {params.batch > 1 ? `up to ${params.batch}` : 'one'}, work, charge, delete
          {params.extend === 1 && '; extends at half time'}
        </Fact>
        <Fact name="Holds">
          {held.length === 0
            ? 'nothing'
            : held
                .map(({ order, visibleAt }) => `${orderName(order)}, leased until ${runTime(visibleAt)}`)
                .slice(0, 3)
                .join('; ') + (held.length > 3 ? `; ${held.length - 3} more` : '')}
        </Fact>
        <Fact name="Receipt">
          {first === undefined ? (
            'none'
          ) : (
            <code className="font-mono">{receiptOf(first, name, own) ?? 'not known'}</code>
          )}
        </Fact>
      </dl>
      {children}
      <div className="row">
        <Button
          size="sm"
          variant="danger"
          icon={<Zap />}
          kbd="C"
          reason={isGone || view.phase === 'crashed' ? `It has ${isGone ? 'left' : 'crashed'} already` : undefined}
          onClick={() => act({ act: 'crash', worker })}
        >
          Crash
        </Button>
        <Button
          size="sm"
          icon={<UserMinus />}
          reason={isGone ? 'It has left already' : undefined}
          title="It leaves when what it has in hand is done"
          onClick={() => act({ act: 'removeWorker', worker })}
        >
          Remove
        </Button>
      </div>
      <h3 className="text-12 font-semibold">Last requests</h3>
      <RequestList events={own} nameOf={around.nameOf} most={MOST_REQUESTS} label={`Requests of ${actorName(name)}`} />
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The newest receipt for the message that this actor was given, shortened. */
function receiptOf(id: string, actor: string, events: readonly LabEvent[]): string | undefined {
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index];
    if (event?.what !== 'served' || event.actor !== actor || !event.reply.ok) continue;
    const { request, reply } = event;
    const receipt =
      request.op === 'update' && request.id === id
        ? reply.receipt
        : request.op === 'receive'
          ? reply.messages?.find((message) => message.id === id)?.receipt
          : undefined;
    if (receipt !== undefined) return `${receipt.slice(0, 12)}…`;
  }
  return undefined;
}
