import {
  Box,
  Check,
  ChevronDown,
  ChevronLeft,
  Code,
  Ellipsis,
  Link2,
  Maximize,
  Presentation,
  RotateCcw,
} from 'lucide-react';
import type { Lesson } from '@/lab/lessons/lesson';
import { LESSONS, type LessonTitle } from '@/lab/lessons/titles';
import { goTo, routeHref } from '@/state/navigation/route';
import { useLabProgress } from '@/state/settings/lab-progress';
import { Badge } from '@/ui/controls/badge';
import { Button, IconButton } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { Menu, type MenuItem } from '@/ui/overlay/menu';
import { runTime } from '../text/names';

type LessonHeaderProps = {
  title: LessonTitle;
  lesson: Lesson;
  done: number;
  now: number;
  isPresenting: boolean;
  onPresent: () => void;
  onFullScreen: () => void;
  onRestart: () => void;
  /** In Present, the key R is that of the step, so a receive is in the menu. */
  onReceive: (() => void) | undefined;
  onCopyLink: () => void;
  onCopyResult: () => void;
  /** Opens code and requests, where there is no room beside the scene. */
  onCode: () => void;
  onRequests: () => void;
};

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
      <span className="prog" role="img" aria-label={`${done} of ${lesson.steps.length} steps done`}>
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

/** The lesson that is open, over all of them. */
function Picker({ title, note }: { title: LessonTitle; note: string }) {
  const { done } = useLabProgress();
  const items = LESSONS.map(
    ({ id, title: name }, index): MenuItem => ({
      label: `${index + 1}. ${name}`,
      icon: done.includes(id) ? (
        <Check className="size-4 text-accent" aria-hidden="true" />
      ) : (
        <span className="size-4" />
      ),
      mark: done.includes(id) ? <Badge tone="accent">Done</Badge> : undefined,
      onSelect: () => goTo({ screen: 'lab', part: id }),
    }),
  );
  return (
    <Menu
      label="Lessons"
      align="start"
      trigger={
        <Button className="scn max-desk:hidden" aria-label={`${title.title}, ${note}: choose a lesson`}>
          <b className="font-semibold">{title.title}</b>
          <span className="font-normal text-text-3">{note}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
      items={[
        ...items,
        'separator',
        { label: 'Free play', onSelect: () => goTo({ screen: 'lab', part: 'free' }) },
        { label: 'All lessons', onSelect: () => goTo({ screen: 'lab' }) },
      ]}
    />
  );
}

function More(props: LessonHeaderProps) {
  const { isPresenting, onPresent, onRestart, onReceive, onCopyLink, onCopyResult, onRequests } = props;
  const items: MenuItem[] = [
    { label: 'Copy link', onSelect: onCopyLink },
    { label: 'Copy result', onSelect: onCopyResult },
    { label: 'Show all requests', onSelect: onRequests },
    'separator',
    { label: 'Restart the lesson', onSelect: onRestart },
    { label: isPresenting ? 'End presenting' : 'Present', keys: 'P', onSelect: onPresent },
    ...(onReceive ? [{ label: 'Receive a message', onSelect: onReceive }] : []),
    'separator',
    { label: 'All lessons', onSelect: () => goTo({ screen: 'lab' }) },
  ];
  return <Menu trigger={<IconButton label="More" variant="ghost" icon={<Ellipsis />} />} items={items} />;
}
