import { Activity, CircleQuestionMark, Download, FolderOpen, List } from 'lucide-react';
import { useState } from 'react';
import { useActions } from '@/actions/action';
import { labActions } from '@/actions/lab-actions';
import { useMedia } from '@/ui/browser/use-media';
import { Button } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { cx } from '@/ui/format/cx';
import { toast } from '@/ui/overlay/toast-store';
import { FlightCanvas } from './flights/flight-canvas';
import { FindMessage } from './free/find-message';
import { MoreSettingsButton } from './free/more-settings';
import { Producers, rateOf } from './free/producers';
import { ScenarioPicker } from './free/scenario-picker';
import { type Start, scenarioQuery, startOf } from './free/start';
import { WorkersColumn } from './free/workers-column';
import { depthOf } from './play/depth';
import { labSubject } from './play/lab-subject';
import { nextConcept } from './play/next-concept';
import type { Player } from './play/player';
import { usePlayer } from './play/use-player';
import { useView } from './play/use-view';
import { DepthChart, DepthKeys } from './scene/depth-chart';
import { EventList } from './scene/event-list';
import { Ledger } from './scene/ledger';
import { Links } from './scene/links';
import { OpenedLife } from './scene/opened-life';
import { Pips } from './scene/pips';
import { ConsumerSwitch, QueueLanes } from './scene/queue-lanes';
import { RequestList } from './scene/request-list';
import { Timeline, TimelineKeys } from './scene/timeline';
import { CaptionBar } from './shared/caption-bar';
import { LabHeader } from './shared/header';
import { Pace } from './shared/pace';
import { askQuestion, PredictButton, PredictedQuestion } from './shared/predicted-question';
import { RunFileButtons } from './shared/run-file-buttons';
import { Scrub } from './shared/scrub';
import { SettingSliders } from './shared/settings';
import { SMALL_LAB, SMALL_PRESENTATION } from './shared/small';
import { Stopped } from './shared/stopped';
import { Speeds, Transport } from './shared/transport';
import { useRunFiles } from './shared/use-run-files';
import { actCaption } from './text/setting-text';

/** The whole scene with every knob. */
export function FreePlay({ query }: { query: string }) {
  const [start] = useState(() => startOf(query));
  const player = usePlayer(start.run, { at: start.at });
  return (
    <div className="lab lb">
      {player ? <Scene player={player} start={start} /> : <p className="p-6 text-text-3">The lab is being set up…</p>}
    </div>
  );
}

/** Requests that are listed. */
const MOST_REQUESTS = 60;

function Scene({ player, start: { scenario, run: first, problems } }: { player: Player; start: Start }) {
  const view = useView(player);
  // There is no room for a bar that stays in sight: it comes first.
  const isLow = useMedia('(height < 360px)');
  /** The worker that is looked at from near. */
  const [near, setNear] = useState<string>();
  const [areRequestsShown, setRequestsShown] = useState(false);
  const { scene, isList, isPresenting, params, events, workers } = view;
  const isSmall = useMedia(isPresenting ? SMALL_PRESENTATION : SMALL_LAB);
  const { world, now, run, predicted } = scene;
  const { nameOf } = player;
  const { act } = player;
  const files = useRunFiles(player, 'free');
  const caption = actCaption(run.inputs, params, now) ?? view.caption;
  /** What a clicker does: it answers, or goes on. */
  function next(by: 1 | -1) {
    if (by === 1 && predicted?.phase === 'asked') player.guess(predicted.answer ?? -1);
    else if (by === 1 && predicted?.phase === 'told') player.play();
    else player.step(by);
  }
  /** What Enter does: it answers with what is chosen. */
  function goOn() {
    if (predicted?.phase === 'asked' && predicted.answer === undefined && !isPresenting)
      announce('Choose an answer first');
    else next(1);
  }
  useActions(
    Object.values(labActions),
    labSubject(player, scene, {
      isPresenting,
      canReceive: true,
      toggle: view.toggle,
      question: predicted?.phase === 'asked' ? predicted.prediction : undefined,
      answer: player.choose,
      predict: () => void askQuestion(player),
      next,
      goOn,
      restart: reset,
    }),
  );

  /** Settings and acts as the address had them; what was there can be had back. */
  function reset() {
    const before = player.scene();
    player.restart(first);
    setNear(undefined);
    if (before.run !== first)
      toast({
        title: 'The run begins anew, without what you set and did',
        action: {
          label: 'Undo',
          onClick: () => {
            player.restart(before.run);
            player.seek(before.now);
          },
        },
      });
  }
  const showRequests = () => setRequestsShown(!areRequestsShown);
  const requestsLabel = areRequestsShown ? 'Hide requests' : 'Show requests';

  const settings = (
    <div className="ctl" role="toolbar" aria-label="Simulation">
      {isSmall ? (
        <Speeds player={player} scene={scene} />
      ) : (
        <>
          <Transport player={player} scene={scene} hasSpeeds={!isPresenting} />
          <span className="ctl__sep" />
        </>
      )}
      <SettingSliders params={params} act={act} />
      <MoreSettingsButton params={params} usual={first.params} act={act} />
    </div>
  );
  const producers = (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <section className="col col--p" aria-label="Producers" tabIndex={0}>
      <h2 className="col__h">
        Producers <span className="text-text-3">{rateOf(params)}/s</span>
      </h2>
      <Producers params={params} act={act} />
      <Ledger world={world} />
    </section>
  );
  const tools = (
    <>
      <FindMessage player={player} onFound={view.setOpened} />
      <ConsumerSwitch view={view} />
    </>
  );
  const time = (
    <div data-keep-clear className="tp" role="toolbar" aria-label="Time">
      {isSmall && <Transport player={player} scene={scene} isSmall hasSpeeds={false} />}
      <Scrub now={now} end={scene.end} marks={[]} onSeek={player.seek} />
      <Pace scene={scene} />
      {!isSmall && !isPresenting && (
        <>
          <PredictButton player={player} />
          <RunFileButtons files={files} />
        </>
      )}
    </div>
  );
  return (
    <div className={cx('lb__in', isSmall && 'is-small', isPresenting && 'is-presenting')}>
      <LabHeader
        title={scenario.title}
        note=""
        picker={<ScenarioPicker current={scenario} onAgain={reset} />}
        part="free"
        extra={scenarioQuery(scenario)}
        run={run}
        usual={scenario.params}
        now={now}
        tools={
          !isPresenting && (
            <Button variant="ghost" icon={<Activity />} aria-pressed={areRequestsShown} onClick={showRequests}>
              {requestsLabel}
            </Button>
          )
        }
        items={[
          { label: 'Predict', icon: <CircleQuestionMark />, onSelect: () => void askQuestion(player) },
          { label: requestsLabel, icon: <Activity />, onSelect: showRequests },
          { label: 'Save run', icon: <Download />, onSelect: files.save },
          { label: 'Open run', icon: <FolderOpen />, onSelect: files.open },
        ]}
        isPresenting={isPresenting}
        onPresent={() => view.toggle('present')}
        restartLabel="Reset"
        onRestart={reset}
      />
      {isLow && time}
      {!isSmall && settings}
      {(problems.length > 0 || scene.broken !== undefined) && (
        <div role="status" className="lb__n">
          {scene.broken !== undefined && (
            <p>
              <Stopped player={player} scene={scene} />
            </p>
          )}
          {problems.slice(0, 5).map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <section className="stage" aria-label="Scene">
        <FlightCanvas player={player} />
        {!isSmall && <Links world={world} producers={params.rate.length} isOff={view.asConsumer} />}
        {!isSmall && !isPresenting && producers}
        <section className="qs" aria-label="Queue orders">
          <div className="qs__h">
            <h2 className="col__h">
              Queue <span className="text-text-3">orders, next message on the right</span>
            </h2>
            <span className="flex-1" />
            <span className="lg lg--p">
              <Pips count={Math.min(3, params.tries || 3)} tries={params.tries} />
              {params.tries > 0 ? `dequeue count, ${Math.min(3, params.tries)} of ${params.tries}` : 'dequeue count 3'}
            </span>
            {!isSmall && tools}
          </div>
          <QueueLanes view={{ ...view, caption }} />
          {isSmall && <div className="qs__t">{tools}</div>}
        </section>
        <WorkersColumn player={player} view={{ ...view, caption }} near={near} onNear={setNear} />
      </section>
      {predicted ? (
        <PredictedQuestion player={player} predicted={predicted} isHidden={isPresenting} />
      ) : (
        <CaptionBar
          caption={caption}
          onStep={(by) => {
            const at = nextConcept(player, scene, by);
            if (at === undefined) return;
            player.pause();
            player.seek(at);
          }}
        />
      )}
      {isSmall && settings}
      {isSmall && producers}
      <div className="bot">
        <figure className="fig">
          <div className="fig__h">
            <b>Events</b>
            {!isList && <TimelineKeys />}
            <span className="flex-1" />
            <Button variant="ghost" size="sm" icon={<List />} kbd="L" onClick={() => view.toggle('list')}>
              {isList ? 'View as picture' : 'View as list'}
            </Button>
          </div>
          {isList ? (
            <EventList events={events} nameOf={nameOf} onOpen={view.setOpened} />
          ) : workers.length === 0 ? (
            <p className="mt-2 text-12 text-text-3">
              There is no worker. Add one, or view the events as a list: what you do is there too.
            </p>
          ) : (
            <Timeline
              events={events}
              workers={workers.map(([name]) => name)}
              now={now}
              nameOf={nameOf}
              isAsking={predicted?.phase === 'asked'}
            />
          )}
        </figure>
        {areRequestsShown ? (
          <section className="fig fig--d" aria-label="Requests of the run">
            <div className="fig__h">
              <b>Requests</b>
              <span className="text-text-3">{world.tally.requests} so far</span>
            </div>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
            <div className="rqs" tabIndex={0} role="region" aria-label="The latest requests">
              <RequestList events={events} nameOf={nameOf} most={MOST_REQUESTS} label="Requests, the latest first" />
            </div>
          </section>
        ) : (
          <figure className="fig fig--d">
            <div className="fig__h">
              <b>Depth</b>
              <span className="flex-1" />
              <DepthKeys depth={depthOf(world)} />
            </div>
            <DepthChart depths={player.depth} now={now} />
          </figure>
        )}
      </div>
      {!isLow && time}
      <OpenedLife player={player} view={view} />
    </div>
  );
}
