import { Box, ChevronLeft, Code, Ellipsis, Link2, Maximize, Presentation, RotateCcw } from 'lucide-react';
import { LESSONS } from '@/lab/lessons/titles';
import { routeHref } from '@/state/navigation/route';
import { Badge } from '@/ui/controls/badge';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { lazyPart } from '@/ui/parts/lazy-part';
import { counted } from '@/words/counts';
import { runTime } from '../text/names';
import type { LessonHeaderProps } from './lesson-menus';
import { PickerButton } from './picker-button';

// Menus are not needed for the first step.
const Picker = lazyPart(async () => (await import('./lesson-menus')).Picker, {
  waiting: ({ title, note }) => <PickerButton title={title} note={note} />,
});
const More = lazyPart(async () => (await import('./lesson-menus')).More, {
  waiting: <IconButton label="More" variant="ghost" icon={<Ellipsis />} />,
});

/** The head of a lesson: which one, how far it is, its link. */
export function LessonHeader(props: LessonHeaderProps) {
  const { title, lesson, done, now, isPresenting, onPresent, onFullScreen, onRestart, onCopyLink, onCode } = props;
  const index = LESSONS.indexOf(title);
  const note = `lesson ${index + 1} of ${LESSONS.length}`;
  return (
    <header className="lb__h ls__h">
      <a
        className="lb__up desk:hidden"
        href={routeHref({ screen: 'lab' })}
        aria-label="All lessons"
        title="All lessons"
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </a>
      <h1>
        <span className="max-desk:hidden">Lab</span>
        <span className="mh__t">
          <b>{title.title}</b>
          <span>{note}, in the sandbox</span>
        </span>
      </h1>
      <Picker title={title} note={note} />
      <span className="prog" role="img" aria-label={`${done} of ${counted(lesson.steps.length, 'step')} done`}>
        {lesson.steps.map((one, step) => (
          <i key={one.title} className={step < done ? 'on' : step === done ? 'now' : undefined} />
        ))}
      </span>
      <Badge className="max-desk:hidden">
        <Box size={12} aria-hidden="true" />
        Runs in the sandbox
      </Badge>
      <span className="flex-1 max-desk:hidden" />
      <span className="clock font-mono max-desk:hidden" role="timer" aria-label="Simulated time">
        {runTime(now)}
      </span>
      {isPresenting ? (
        <Button variant="ghost" icon={<Maximize />} className="max-desk:hidden" onClick={onFullScreen}>
          Full screen
        </Button>
      ) : (
        <>
          <Button variant="ghost" icon={<Link2 />} className="ls__x max-desk:hidden" onClick={onCopyLink}>
            Copy link
          </Button>
          <Button variant="ghost" icon={<RotateCcw />} className="max-desk:hidden" onClick={onRestart}>
            Restart
          </Button>
        </>
      )}
      <Button
        icon={<Presentation />}
        kbd="P"
        aria-pressed={isPresenting}
        className="max-desk:hidden"
        onClick={onPresent}
      >
        {isPresenting ? 'End presenting' : 'Present'}
      </Button>
      <IconButton
        label="Code and requests"
        variant="ghost"
        icon={<Code />}
        className={cx('ls__code', isPresenting && 'max-desk:hidden')}
        onClick={onCode}
      />
      <More {...props} />
    </header>
  );
}
