import { Factory, List, Plus, UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/actions/action';
import { BURST, labActions } from '@/actions/lab-actions';
import { DEFAULTS, type Params } from '@/lab/run/params';
import { readRun } from '@/lab/run/run';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { depthOf } from './play/depth';
import { labSubject } from './play/lab-subject';
import { nextConcept } from './play/next-concept';
import type { Player } from './play/player';
import { usePlayer } from './play/use-player';
import { useView } from './play/use-view';
import { DepthChart } from './scene/depth-chart';
import { EventList } from './scene/event-list';
import { FlightCanvas } from './scene/flight-canvas';
import { Ledger } from './scene/ledger';
import { OpenedLife } from './scene/opened-life';
import { ConsumerSwitch, QueueLanes } from './scene/queue-lanes';
import { Timeline } from './scene/timeline';
import { Workers } from './scene/workers';
import { CaptionBar } from './shared/caption-bar';
import { LabHeader } from './shared/header';
import { Scrub } from './shared/scrub';
import { RATES, SettingSliders } from './shared/settings';
import { Slider } from './shared/slider';
import { Transport } from './shared/transport';
import { actorName } from './text/names';

/** What free play starts with, unless the address says otherwise. */
const USUAL: Params = { ...DEFAULTS, rate: [0.4, 0.2], workers: 4, crash: 15, bad: 40, vary: 1 };

/** The whole scene with every knob. */
export function FreePlay({ query }: { query: string }) {
  const [{ run, problems }] = useState(() => readRun(new URLSearchParams(query), USUAL));
  const player = usePlayer(run);
  return (
    <div className="lab lb">
      {player ? (
        <Scene player={player} problems={problems} />
      ) : (
        <p className="p-6 text-text-3">The lab is being set up…</p>
      )}
    </div>
  );
}

function Scene({ player, problems }: { player: Player; problems: readonly string[] }) {
  const view = useView(player);
  const { scene, isList, isPresenting, params, events, caption, workers } = view;
  const { world, now, run } = scene;
  const { nameOf } = player;
  const depth = depthOf(world);
  const working = workers.filter(([, { phase }]) => phase === 'working').length;
  useActions(
    Object.values(labActions),
    labSubject(player, scene, {
      isPresenting,
      toggle: view.toggle,
      next: (by) => player.step(by),
    }),
  );
  return (
    <div className={cx('lb__in', isPresenting && 'is-presenting')}>
      <LabHeader
        title="Free play"
        note={`seed ${run.seed}`}
        part="free"
        run={run}
        usual={USUAL}
        now={now}
        isPresenting={isPresenting}
        onPresent={() => view.toggle('present')}
        onRestart={() => player.restart()}
      />
      <div className="ctl" role="toolbar" aria-label="Simulation">
        <Transport player={player} scene={scene} />
        <span className="ctl__sep" />
        <SettingSliders params={params} act={player.act} />
      </div>
      {(problems.length > 0 || scene.broken !== undefined) && (
        <div role="status" className="border-b border-line bg-warn-tint px-4 py-2 text-12">
          {scene.broken !== undefined && <p>The run stopped: {scene.broken}.</p>}
          {problems.slice(0, 5).map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <section className="stage" aria-label="Scene">
        <FlightCanvas player={player} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
        <section className="col" aria-label="Producers" tabIndex={0}>
          <h2 className="col__h">
            Producers <span className="text-text-3">{sum(params.rate)}/s</span>
          </h2>
          <ul className="prs">
            {params.rate.map((rate, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a producer is its place
              <li key={index} className="pr" data-stop={`actor producer ${index + 1}`}>
                <div className="pr__h">
                  <Factory size={16} aria-hidden="true" className="i" />
                  <b className="truncate">{actorName(`producer ${index + 1}`)}</b>
                </div>
                <Slider
                  label="Rate"
                  value={rate}
                  stops={RATES}
                  text={(value) => `${value}/s`}
                  onChange={(value) =>
                    player.act({
                      act: 'set',
                      name: 'rate',
                      value: params.rate.map((one, at) => (at === index ? value : one)),
                    })
                  }
                />
              </li>
            ))}
          </ul>
          <div className="prs__b">
            <Button icon={<Plus />} kbd="N" data-stop="actor you" onClick={() => player.act({ act: 'send' })}>
              Send one
            </Button>
            <Button icon={<List />} kbd="B" onClick={() => player.act({ act: 'burst', count: BURST })}>
              Burst of {BURST}
            </Button>
          </div>
          <Ledger world={world} />
        </section>
        <section className="qs" aria-label="Queue orders">
          <div className="qs__h">
            <h2 className="col__h">
              Queue <span className="text-text-3">orders, next message on the right</span>
            </h2>
            <span className="flex-1" />
            <ConsumerSwitch view={view} />
          </div>
          <QueueLanes view={view} />
        </section>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
        <section className="col" aria-label="Workers" tabIndex={0}>
          <h2 className="col__h">
            Workers{' '}
            <span className="text-text-3">
              {working} of {workers.length} at work
            </span>
          </h2>
          <div className="mb-1.5 flex gap-1.5">
            <Button size="sm" icon={<UserPlus />} kbd="W" onClick={() => player.act({ act: 'addWorker' })}>
              Add a worker
            </Button>
            <Button size="sm" icon={<UserMinus />} onClick={() => player.act({ act: 'removeWorker' })}>
              Remove
            </Button>
          </div>
          <Workers
            world={world}
            now={now}
            subject={caption.actor}
            canAct
            onCrash={(worker) => player.act({ act: 'crash', worker })}
          />
        </section>
      </section>
      <CaptionBar
        caption={caption}
        onStep={(by) => {
          const at = nextConcept(player, scene, by);
          if (at === undefined) return;
          player.pause();
          player.seek(at);
        }}
      />
      <div className="bot">
        <figure className="fig">
          <div className="fig__h">
            <b>Events</b>
            <span className="flex-1" />
            <Button variant="ghost" size="sm" icon={<List />} kbd="L" onClick={() => view.toggle('list')}>
              {isList ? 'View as picture' : 'View as list'}
            </Button>
          </div>
          {isList ? (
            <EventList events={events} nameOf={nameOf} />
          ) : (
            <Timeline
              events={events}
              workers={workers.map(([name]) => name)}
              now={now}
              nameOf={nameOf}
              isAsking={false}
            />
          )}
        </figure>
        <figure className="fig fig--d">
          <div className="fig__h">
            <b>Depth</b>
            <span className="flex-1" />
            <Key name="Visible" value={depth.visible} colour="--series-1" />
            <Key name="Invisible" value={depth.invisible} colour="--series-2" />
            <Key name="Poison" value={depth.poison} colour="--series-3" />
          </div>
          <DepthChart depths={player.depth} now={now} />
        </figure>
      </div>
      <div className="tp" role="toolbar" aria-label="Time">
        <Scrub now={now} end={scene.end} marks={[]} onSeek={player.seek} />
      </div>
      <OpenedLife player={player} view={view} />
    </div>
  );
}

const Key = ({ name, value, colour }: { name: string; value: number; colour: string }) => (
  <span className="lg">
    <i style={{ background: `var(${colour})` }} />
    {name} <b className="tabular-nums">{value}</b>
  </span>
);

const sum = (rates: readonly number[]) => Math.round(rates.reduce((all, rate) => all + rate, 0) * 10) / 10;
