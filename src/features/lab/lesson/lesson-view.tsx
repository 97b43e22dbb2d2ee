import './lesson.css';
import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions } from '@/actions/action';
import { labActions } from '@/actions/lab-actions';
import { type Lesson, runOfLesson } from '@/lab/lessons/lesson';
import { loadLesson } from '@/lab/lessons/load';
import { LESSONS, type LessonTitle } from '@/lab/lessons/titles';
import { readRun } from '@/lab/run/run';
import { goTo } from '@/state/navigation/route';
import { lessonDone, lessonOpened } from '@/state/settings/lab-progress';
import { useAsync } from '@/ui/browser/use-async';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { labSubject } from '../play/lab-subject';
import type { Player } from '../play/player';
import { usePlayer } from '../play/use-player';
import { useView } from '../play/use-view';
import { EventList } from '../scene/event-list';
import { FlightCanvas } from '../scene/flight-canvas';
import { OpenedLife } from '../scene/opened-life';
import { ConsumerSwitch, QueueLanes } from '../scene/queue-lanes';
import { Timeline } from '../scene/timeline';
import { Workers } from '../scene/workers';
import { CaptionBar } from '../shared/caption-bar';
import { LabHeader } from '../shared/header';
import { Scrub } from '../shared/scrub';
import { Transport } from '../shared/transport';
import { Requests } from './requests';
import { Steps } from './steps';

/** A lesson: what to do on the left, the scene in the middle, what was sent on the right. */
export function LessonView({ title, query }: { title: LessonTitle; query: string }) {
  const { value: loaded } = useAsync([title.id], () =>
    loadLesson(title.id).then(
      (lesson) => ({ lesson }),
      () => ({ lesson: undefined }),
    ),
  );
  useEffect(() => lessonOpened(title.id), [title]);
  return (
    <div className="lab ls">
      {loaded?.lesson ? (
        <Loaded title={title} lesson={loaded.lesson} query={query} />
      ) : (
        <p className="p-6 text-text-3" role="status">
          {loaded === undefined
            ? 'The lesson is being set up…'
            : 'The lesson could not be loaded. Reload the page to try again.'}
        </p>
      )}
    </div>
  );
}

function Loaded({ title, lesson, query }: { title: LessonTitle; lesson: Lesson; query: string }) {
  const [{ run, problems }] = useState(() => {
    const own = runOfLesson(lesson);
    const read = readRun(new URLSearchParams(query), own.params);
    const inputs = read.run.inputs.length > 0 ? read.run.inputs : own.inputs;
    return { run: { ...own, params: read.run.params, seed: read.run.seed, inputs }, problems: read.problems };
  });
  const player = usePlayer(run, lesson);
  if (!player) return <p className="p-6 text-text-3">The lesson is being set up…</p>;
  return <Scene player={player} title={title} lesson={lesson} problems={problems} />;
}

type SceneProps = { player: Player; title: LessonTitle; lesson: Lesson; problems: readonly string[] };

function Scene({ player, title, lesson, problems }: SceneProps) {
  const view = useView(player);
  const { scene, isList, isPresenting, events, caption, workers } = view;
  const [choice, setChoice] = useState<{ step: number; option: number }>();
  const { world, now, run, progress, asking } = scene;
  const chosen = choice?.step === asking ? choice?.option : undefined;
  const setChosen = (option: number) => asking !== undefined && setChoice({ step: asking, option });
  const { nameOf } = player;
  const done = progress.ticks.length;
  const isDone = done >= lesson.steps.length;
  const index = LESSONS.indexOf(title);
  const following = LESSONS[index + 1];
  useEffect(() => {
    if (isDone) lessonDone(lesson.id);
  }, [isDone, lesson]);

  /** The run decides: it goes on with the act of the step, if it has one. */
  function answer(option: number) {
    if (asking === undefined) return;
    player.answer(asking, option);
    const act = lesson.steps[asking]?.act;
    if (act) player.act(act);
    else player.play();
  }
  function restart() {
    player.restart({ ...run, inputs: runOfLesson(lesson).inputs });
  }
  function next(by: 1 | -1) {
    if (by === -1) player.step(-1);
    else if (asking !== undefined) answer(chosen ?? -1);
    else if (isDone && following) goTo({ screen: 'lab', part: following.id });
    else {
      const act = lesson.steps[done]?.act;
      if (act) player.act(act);
      else player.play();
    }
  }
  useActions(
    Object.values(labActions),
    labSubject(player, scene, {
      question: asking === undefined ? undefined : lesson.steps[asking]?.ask,
      isPresenting,
      answer: (option) => setChosen(option),
      toggle: view.toggle,
      next,
      restart,
    }),
  );
  return (
    <div className={cx('ls__in', isPresenting && 'is-presenting')}>
      <LabHeader
        title={title.title}
        note={`lesson ${index + 1} of ${LESSONS.length}`}
        part={lesson.id}
        run={run}
        usual={runOfLesson(lesson).params}
        now={now}
        progress={
          <span className="prog max-desk:hidden" role="img" aria-label={`${done} of ${lesson.steps.length} steps done`}>
            {lesson.steps.map((one, step) => (
              <i key={one.title} className={step < done ? 'on' : step === done ? 'now' : undefined} />
            ))}
          </span>
        }
        isPresenting={isPresenting}
        onPresent={() => view.toggle('present')}
        onRestart={restart}
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
              The run stopped: {scene.broken}.
            </p>
          )}
          <Steps
            title={title}
            lesson={lesson}
            scene={scene}
            chosen={chosen}
            onChoose={setChosen}
            onAnswer={answer}
            onAct={player.act}
            onGoOn={player.play}
          />
          <div className="les__f">
            <span className="flex-1 text-12 text-text-3 max-desk:hidden">Steps tick themselves off</span>
            {isDone && following && (
              <Button
                variant="primary"
                size="lg"
                icon={<ChevronRight />}
                onClick={() => goTo({ screen: 'lab', part: following.id })}
              >
                Next lesson: {following.title}
              </Button>
            )}
            {isDone && !following && (
              <Button variant="primary" size="lg" onClick={() => goTo({ screen: 'lab', part: 'free' })}>
                On to free play
              </Button>
            )}
          </div>
        </section>
        <div className="sc">
          <div className="sc__s">
            <FlightCanvas player={player} />
            <div className="sc__h">
              <b>Queue</b> <span className="text-text-3">orders, next message on the right</span>
              <span className="flex-1" />
              <ConsumerSwitch view={view} />
            </div>
            <QueueLanes view={view} />
            <div className="sc__w">
              <Workers
                world={world}
                now={now}
                subject={caption.actor}
                canAct={asking === undefined}
                onCrash={(worker) => player.act({ act: 'crash', worker })}
              />
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
          <div className="tp" role="toolbar" aria-label="Time">
            <Transport player={player} scene={scene} isSmall />
            <Scrub now={now} end={scene.reached} marks={progress.ticks.map(({ at }) => at)} onSeek={player.seek} />
          </div>
        </div>
        <Requests events={events} count={world.tally.requests} nameOf={nameOf} />
      </div>
      <OpenedLife player={player} view={view} />
    </div>
  );
}
