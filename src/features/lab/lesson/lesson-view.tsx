import { lazyPart } from '@/ui/parts/lazy-part';
import './lesson.css';
import { ChevronRight, Lightbulb } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useActions } from '@/actions/action';
import { labActions } from '@/actions/lab-actions';
import { type Lesson, rightOptions, runOfLesson } from '@/lab/lessons/lesson';
import { loadLesson } from '@/lab/lessons/load';
import { LESSONS, type LessonTitle } from '@/lab/lessons/titles';
import { POISON } from '@/lab/run/calls';
import { readRun } from '@/lab/run/run';
import { goTo } from '@/state/navigation/route';
import { lessonDone, lessonOpened } from '@/state/settings/lab-progress';
import { useAsync } from '@/ui/browser/use-async';
import { useMedia } from '@/ui/browser/use-media';
import { copyText } from '@/ui/code/code';
import { Button } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { cx } from '@/ui/format/cx';
import { PartFailure } from '@/ui/parts/part-failure';
import { FlightCanvas } from '../flights/flight-canvas';
import { labSubject } from '../play/lab-subject';
import type { Scene as Moment, Player } from '../play/player';
import { usePlayer } from '../play/use-player';
import { useView } from '../play/use-view';
import { ConsumerSwitch, QueueLanes } from '../scene/queue-lanes';
import { You } from '../scene/you';
import { CaptionBar } from '../shared/caption-bar';
import { Scrub } from '../shared/scrub';
import { copyRunLink } from '../shared/share-link';
import { Stopped } from '../shared/stopped';
import { Transport } from '../shared/transport';
import { useRunFiles } from '../shared/use-run-files';
import { Answers, verdict } from './answers';
import { LessonHeader } from './lesson-header';
import { resultLine } from './result-line';
import { Steps } from './steps';

// What is beside the first step comes after it.
const EventList = lazyPart(async () => (await import('../scene/event-list')).EventList);
const OpenedLife = lazyPart(async () => (await import('../scene/opened-life')).OpenedLife);
const Timeline = lazyPart(async () => (await import('../scene/timeline')).Timeline);
const Workers = lazyPart(async () => (await import('../scene/workers')).Workers);
const WireColumn = lazyPart(async () => (await import('./wire-column')).WireColumn);
const CodeDialog = lazyPart(async () => (await import('./requests')).CodeDialog, { shape: 'dialog' });
const Requests = lazyPart(async () => (await import('./requests')).Requests, { shape: 'dialog' });

/** The lesson that is gone on to is presented as well. */
let presentsNext = false;
function goOnTo(part: string, isPresented: boolean): void {
  presentsNext = isPresented;
  goTo({ screen: 'lab', part });
}
function isGoneOnTo(): boolean {
  const isPresented = presentsNext;
  presentsNext = false;
  return isPresented;
}

/** The least speed from an answer to what the run says. */
const REVEAL_SPEED = 4;

/** A lesson: what to do on the left, the scene in the middle, what was sent on the right. */
export function LessonView({ title, query }: { title: LessonTitle; query: string }) {
  const [tries, setTries] = useState(0);
  const { value, last } = useAsync<{ lesson?: Lesson | undefined; failure?: unknown }>([title.id, tries], () =>
    loadLesson(title.id).then(
      (lesson) => ({ lesson }),
      (failure: unknown) => ({ failure }),
    ),
  );
  // A failure stands until the next try has ended.
  const { lesson, failure } = value ?? last ?? {};
  useEffect(() => lessonOpened(title.id), [title]);
  return (
    <div className="lab ls">
      {lesson ? (
        <Loaded title={title} lesson={lesson} query={query} />
      ) : failure !== undefined ? (
        <PartFailure shape="screen" failure={failure} onRetry={() => setTries(tries + 1)} onClose={undefined} />
      ) : (
        <p className="p-6 text-text-3" role="status">
          The lesson is being set up…
        </p>
      )}
    </div>
  );
}

function Loaded({ title, lesson, query }: { title: LessonTitle; lesson: Lesson; query: string }) {
  const [{ run, problems, at }] = useState(() => {
    const own = runOfLesson(lesson);
    const read = readRun(new URLSearchParams(query), own.params);
    const inputs = read.run.inputs.length > 0 ? read.run.inputs : own.inputs;
    return {
      run: { ...own, params: read.run.params, seed: read.run.seed, inputs },
      problems: read.problems,
      at: read.at,
    };
  });
  const player = usePlayer(run, { lesson, at });
  if (!player) return <p className="p-6 text-text-3">The lesson is being set up…</p>;
  return <Scene player={player} title={title} lesson={lesson} problems={problems} />;
}

type SceneProps = { player: Player; title: LessonTitle; lesson: Lesson; problems: readonly string[] };

function Scene({ player, title, lesson, problems }: SceneProps) {
  const view = useView(player);
  const files = useRunFiles(player, lesson.id);
  const { scene, asConsumer, isList, isPresenting, events, caption, workers } = view;
  const [choice, setChoice] = useState<{ step: number; option: number }>();
  const [hintOf, setHintOf] = useState<number>();
  const [proof, setProof] = useState<{ call: number; step: number }>();
  const [panel, setPanel] = useState<'code' | 'requests'>();
  const { world, now, run, progress, asking } = scene;
  const { nameOf } = player;
  const stepBegan = progress.ticks.at(-1)?.at ?? -1;
  const hasPoison = Object.values(world.messages).some(({ queue }) => queue === POISON);
  const done = progress.ticks.length;
  const isDone = done >= lesson.steps.length;
  const step = lesson.steps[done];
  const chosen = choice !== undefined && choice.step === asking ? choice.option : undefined;
  /** What was asked for is shown until the lesson goes on. */
  const call = proof?.step === done ? proof.call : undefined;
  const isHintOpen = hintOf === done;
  /** There is room for two columns: what was sent and the program are behind a button. */
  const isAlone = useMedia('(width < 1180px)') || isPresenting;
  const following = LESSONS[LESSONS.indexOf(title) + 1];
  function setChosen(option: number) {
    // Enter may come in the same frame.
    if (asking !== undefined) flushSync(() => setChoice({ step: asking, option }));
  }
  const frame = useRef<HTMLDivElement>(null);
  useAnnouncements(lesson, view.scene);
  const goOnPresenting = useEffectEvent(() => {
    if (isGoneOnTo()) view.toggle('present');
  });
  useEffect(() => goOnPresenting(), []);
  // Enter then shows the answer, though Present was pressed by mouse.
  useEffect(() => {
    if (isPresenting) frame.current?.focus();
  }, [isPresenting]);
  useEffect(() => {
    if (isDone) lessonDone(lesson.id);
  }, [isDone, lesson]);

  /** The run decides: it goes on with the act of the step, if it has one. */
  function answer(option: number) {
    if (asking === undefined) return;
    player.answer(asking, option);
    setChoice(undefined);
    const act = lesson.steps[asking]?.act;
    if (act) player.act(act);
    player.play(REVEAL_SPEED);
  }
  /** The act of the step is done, and its tick comes: a key that is pressed once more does not do it again. */
  const isUnderWay = scene.playing && run.inputs.some(({ act, at }) => act === step?.act?.act && at > stepBegan);
  /** Does what the step asks for; without an act, lets time go on. */
  function doStep() {
    if (isUnderWay) return player.skip();
    if (step?.act?.act === 'view' && !asConsumer) view.toggle('consumer');
    if (!step?.act) return scene.playing ? player.skip() : player.play();
    player.act(step.act, step.after);
    if (step.after) player.play(REVEAL_SPEED);
  }
  function forward(without: 'choice' | 'nothing') {
    if (asking !== undefined) {
      if (chosen !== undefined || isPresenting || without === 'nothing') answer(chosen ?? -1);
      else announce('Choose an answer first');
    } else if (isDone) goOnTo(following?.id ?? 'free', isPresenting && following !== undefined);
    else doStep();
  }
  function toggle(what: Parameters<typeof view.toggle>[0]) {
    view.toggle(what);
    // The view is what this step is about, whichever way it is chosen.
    if (what === 'consumer' && !asConsumer && asking === undefined && step?.act?.act === 'view') player.act(step.act);
  }
  const restart = () => player.restart({ ...run, inputs: runOfLesson(lesson).inputs });
  const copyLink = () => void copyRunLink({ part: lesson.id, run, usual: runOfLesson(lesson).params });
  async function copyResult() {
    if (await copyText(resultLine(lesson, title.title, scene))) announce('Result copied');
  }
  useActions(
    Object.values(labActions),
    labSubject(player, scene, {
      question: asking === undefined ? undefined : lesson.steps[asking]?.ask,
      isPresenting,
      answer: (option) => setChosen(option),
      toggle,
      next: (by) => (by === 1 ? forward('nothing') : player.back()),
      goOn: () => forward('choice'),
      restart: player.restartStep,
    }),
  );
  const wire = (
    <WireColumn
      player={player}
      view={view}
      lesson={lesson}
      title={title}
      call={call}
      onOpen={(asked) => setProof({ call: asked, step: done })}
      onShowAll={() => setPanel('requests')}
      isAlone={isAlone}
      onCopyResult={() => void copyResult()}
      files={files}
    />
  );
  return (
    <div
      ref={frame}
      tabIndex={-1}
      className={cx('ls__in', isPresenting && 'is-presenting', asking !== undefined && 'is-asking')}
    >
      <LessonHeader
        title={title}
        lesson={lesson}
        done={done}
        now={now}
        isPresenting={isPresenting}
        onPresent={() => view.toggle('present')}
        onFullScreen={() => void document.documentElement.requestFullscreen().catch(() => {})}
        onRestart={restart}
        onRestartStep={player.restartStep}
        onReceive={isPresenting && asking === undefined ? () => player.act({ act: 'receive' }) : undefined}
        onCopyLink={copyLink}
        onCopyResult={() => void copyResult()}
        onSaveRun={files.save}
        onOpenRun={files.open}
        onCode={() => setPanel('code')}
        onRequests={() => setPanel('requests')}
      />
      <div className="ls__b">
        <section className="les" aria-label="Lesson">
          {problems.slice(0, 5).map((problem) => (
            <p key={problem} role="status" className="border-b border-line bg-warn-tint px-5 py-2 text-12">
              {problem}
            </p>
          ))}
          {scene.broken !== undefined && (
            <p role="alert" className="border-b border-line bg-danger-tint px-5 py-2 text-12">
              <Stopped player={player} scene={scene} />
            </p>
          )}
          <Steps
            title={title}
            lesson={lesson}
            scene={scene}
            chosen={chosen}
            isHintOpen={isHintOpen}
            isPresenting={isPresenting}
            isAlone={isAlone}
            onChoose={setChosen}
            onAnswer={answer}
            onProof={(asked) => {
              setProof({ call: asked, step: done });
              if (isAlone) setPanel('code');
            }}
            onCopyResult={() => void copyResult()}
          />
          <div data-keep-clear className="les__f">
            {done > 0 && (
              <Button variant="ghost" size="lg" onClick={player.back}>
                Back
              </Button>
            )}
            {step && (
              <Button
                variant="ghost"
                size="lg"
                icon={<Lightbulb />}
                aria-pressed={isHintOpen}
                onClick={() => setHintOf(isHintOpen ? undefined : done)}
              >
                Hint
              </Button>
            )}
            {asking !== undefined && <span className="les__k">Steps tick themselves off</span>}
            {asking !== undefined ? (
              <span className="les__a">
                <Answers chosen={chosen} isHidden={isPresenting} onAnswer={answer} />
              </span>
            ) : isDone ? (
              <Button
                variant="primary"
                size="lg"
                className="ml-auto"
                icon={<ChevronRight />}
                kbd="⏎"
                onClick={() => forward('nothing')}
              >
                {following ? `Next lesson: ${following.title}` : 'On to free play'}
              </Button>
            ) : step?.act && !isUnderWay ? (
              <Button
                variant={scene.playing ? 'default' : 'primary'}
                size="lg"
                className="ml-auto"
                kbd="⏎"
                onClick={doStep}
              >
                {step.title}
              </Button>
            ) : (
              <span className="les__g">
                {!scene.playing && (
                  <Button variant="primary" size="lg" kbd="⏎" onClick={doStep}>
                    Let time go on
                  </Button>
                )}
                <Button size="lg" onClick={player.skip}>
                  Skip ahead
                </Button>
              </span>
            )}
          </div>
        </section>
        <div className={cx('sc', lesson.program !== 'poison' && !hasPoison && 'is-plain')}>
          <div className="sc__s">
            <FlightCanvas player={player} />
            <div className="sc__h">
              <b>Queue</b> <span className="text-text-3">orders, next message on the right</span>
              <span className="flex-1" />
              <ConsumerSwitch view={{ ...view, toggle }} />
            </div>
            <QueueLanes
              view={view}
              isAsked={asking !== undefined && lesson.steps[asking]?.watch === 'peek'}
              isCountAsked={lesson.steps.some(({ ask, watch }, index) => ask && watch === 'count' && index >= done)}
            />
            <div className="sc__w">
              {workers.length === 0 ? (
                <You world={world} />
              ) : (
                <Workers
                  world={world}
                  now={now}
                  subject={caption.actor}
                  canAct={asking === undefined}
                  around={{ film: player.film, run, nameOf }}
                  onCrash={(worker) => player.act({ act: 'crash', worker })}
                />
              )}
            </div>
          </div>
          <CaptionBar caption={caption} isSmall />
          <figure className="ev">
            {isList || workers.length === 0 ? (
              <EventList events={events} nameOf={nameOf} />
            ) : (
              <Timeline
                events={events}
                workers={workers.map(([name]) => name)}
                now={now}
                nameOf={nameOf}
                isAsking={asking !== undefined}
              />
            )}
          </figure>
          <div data-keep-clear className="tp" role="toolbar" aria-label="Time">
            <Transport player={player} scene={scene} isSmall />
            <Scrub now={now} end={scene.reached} marks={progress.ticks.map(({ at }) => at)} onSeek={player.seek} />
          </div>
        </div>
        {!isAlone && (
          <section className="cd" aria-label="Code and requests" data-pane="">
            {wire}
          </section>
        )}
      </div>
      {panel === 'code' && <CodeDialog onClose={() => setPanel(undefined)}>{wire}</CodeDialog>}
      {panel === 'requests' && (
        <Requests events={events} count={world.tally.requests} nameOf={nameOf} onClose={() => setPanel(undefined)} />
      )}
      {view.opened !== undefined && <OpenedLife player={player} view={view} />}
    </div>
  );
}

/** Tells which step was done, and what the run says to an answer, once each. */
function useAnnouncements({ steps }: Lesson, { progress, answers }: Moment) {
  const done = progress.ticks.length;
  const told = useRef(done);
  const tell = useEffectEvent(() => {
    const tick = progress.ticks[done - 1];
    const step = steps[done - 1];
    if (done <= told.current || !tick || !step) return;
    const right = step.ask && rightOptions(step.ask, tick.facts);
    const mine = answers[done - 1] ?? -1;
    const said = right ? `${verdict(right.includes(mine), mine).replace(/:$/, '')}: ` : '';
    announce(`${said}Step ${done} of ${steps.length} is done: ${step.seen(tick.facts)}`);
  });
  useEffect(() => {
    tell();
    told.current = done;
  }, [done]);
}
