import { Activity } from 'lucide-react';
import type { Lesson } from '@/lab/lessons/lesson';
import type { LessonTitle } from '@/lab/lessons/titles';
import { Button } from '@/ui/controls/button';
import type { Player } from '../play/player';
import type { LabView } from '../play/use-view';
import { type ProgramMark, workerMark } from '../program/program-mark';
import { ProgramPanel } from '../program/program-panel';
import { RunFileButtons } from '../shared/run-file-buttons';
import type { useRunFiles } from '../shared/use-run-files';
import { Answer } from './answer';
import { answerText } from './answer-lines';
import { RequestLine, UnsentLine } from './request-line';
import { shownRequests } from './shown-requests';

type WireColumnProps = {
  player: Player;
  view: LabView;
  lesson: Lesson;
  title: LessonTitle;
  /** The call whose answer is asked for. */
  call: number | undefined;
  onOpen: (call: number) => void;
  onShowAll: () => void;
  /** It stands in a dialog, and the lesson itself has the sentence to remember. */
  isAlone: boolean;
  onCopyResult: () => void;
  /** Buttons that keep the run as a file. */
  files: ReturnType<typeof useRunFiles>;
};

/** What was sent and what came back, and the program that does it, at the line where it is. */
export function WireColumn(props: WireColumnProps) {
  const { player, view, lesson, title, call, onOpen, onShowAll, isAlone, onCopyResult, files } = props;
  const { scene, events, caption, params, workers } = view;
  const { world, progress } = scene;
  const proof = call ?? revealed(lesson, view);
  const shown = shownRequests({ events, world, call: proof, subject: caption.actor });
  const { got } = shown;
  const isDone = progress.ticks.length >= lesson.steps.length;
  return (
    <>
      {isDone && !isAlone && (
        <div className="else else--a" role="status">
          <b>To remember</b>
          <p>{title.remember}</p>
          <Button className="mt-2" onClick={onCopyResult}>
            Copy result
          </Button>
        </div>
      )}
      <div className="cd__h">
        <b className="min-w-0 flex-1">{capital(shown.title)}</b>
        <Button variant="ghost" size="sm" icon={<Activity />} onClick={onShowAll}>
          Show all
        </Button>
      </div>
      {shown.served.length === 0 ? (
        <p className="text-12 text-text-3">Nobody has sent a request yet.</p>
      ) : (
        <ol className="wl2" aria-label={shown.title}>
          {shown.served.map((one) => (
            <RequestLine
              key={one.call}
              served={one}
              nameOf={player.nameOf}
              isCurrent={one.call === got?.call}
              onOpen={onOpen}
            />
          ))}
          {shown.unsent && <UnsentLine request={shown.unsent} why="The worker died before this line" />}
        </ol>
      )}
      <ProgramPanel
        program={lesson.program}
        settings={{ vis: params.vis, tries: params.tries || 5 }}
        mark={markOf(lesson, view, shown.actor)}
        isShared={workers.length > 1}
      />
      {got && <Answer title={capital(shown.gotTitle)} answer={answerText(got, caption.id)} />}
      {lesson.inFunctions !== undefined && (
        <div className="else">
          <b>In Azure Functions</b>
          <p>{lesson.inFunctions}</p>
        </div>
      )}
      <div className="cd__h">
        <span className="min-w-0 flex-1 text-12 text-text-3">This run as a file</span>
        <RunFileButtons files={files} />
      </div>
    </>
  );
}

/** The call that decided a question which has just been answered. */
function revealed({ steps }: Lesson, { scene }: LabView): number | undefined {
  const { ticks } = scene.progress;
  const last = ticks.length - 1;
  return scene.asking === undefined && steps[last]?.ask ? ticks[last]?.proof : undefined;
}

/** The line of the program that is meant: where a worker died, what the step does next, or what runs. */
function markOf({ steps }: Lesson, { scene, events, caption, workers }: LabView, actor = ''): ProgramMark | undefined {
  const { world, progress, playing, asking } = scene;
  const step = progress.ticks.length;
  const { line } = steps[step] ?? {};
  const subject = caption.actor?.startsWith('worker') ? caption.actor : actor;
  const mark = workerMark(subject, world, events);
  if (mark?.how === 'died' && subject === caption.actor) return mark;
  const next: ProgramMark | undefined = line && { stage: line, how: 'next', note: `next: step ${step + 1}`, never: [] };
  if (asking !== undefined || (!playing && next)) return next;
  return mark ?? workers.map(([name]) => workerMark(name, world, events)).find((one) => one?.stage === 'work') ?? next;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
