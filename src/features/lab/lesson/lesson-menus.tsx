import { Check, Ellipsis } from 'lucide-react';
import type { Lesson } from '@/lab/lessons/lesson';
import { LESSONS, type LessonTitle } from '@/lab/lessons/titles';
import { goTo } from '@/state/navigation/route';
import { useLabProgress } from '@/state/settings/lab-progress';
import { Badge } from '@/ui/controls/badge';
import { IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { PickerButton } from './picker-button';

export type LessonHeaderProps = {
  title: LessonTitle;
  lesson: Lesson;
  done: number;
  now: number;
  isPresenting: boolean;
  onPresent: () => void;
  onFullScreen: () => void;
  onRestart: () => void;
  onRestartStep: () => void;
  /** In Present, the key R is that of the step, so a receive is in the menu. */
  onReceive: (() => void) | undefined;
  onCopyLink: () => void;
  onCopyResult: () => void;
  onSaveRun: () => void;
  onOpenRun: () => void;
  /** Opens code and requests, where there is no room beside the scene. */
  onCode: () => void;
  onRequests: () => void;
};

/** The lesson that is open, over all of them. */
export function Picker({ title, note }: { title: LessonTitle; note: string }) {
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
      trigger={<PickerButton title={title} note={note} />}
      items={[
        ...items,
        'separator',
        { label: 'Free play', onSelect: () => goTo({ screen: 'lab', part: 'free' }) },
        { label: 'All lessons', onSelect: () => goTo({ screen: 'lab' }) },
      ]}
    />
  );
}

/** What the head has no room for. */
export function More(props: LessonHeaderProps) {
  const {
    isPresenting,
    onPresent,
    onRestart,
    onRestartStep,
    onReceive,
    onCopyLink,
    onCopyResult,
    onRequests,
    onSaveRun,
    onOpenRun,
  } = props;
  const items: MenuItem[] = [
    { label: 'Copy link', onSelect: onCopyLink },
    { label: 'Copy result', onSelect: onCopyResult },
    { label: 'Save run', onSelect: onSaveRun },
    { label: 'Open run', onSelect: onOpenRun },
    { label: 'Show all requests', onSelect: onRequests },
    'separator',
    { label: 'Restart this step', keys: isPresenting ? 'R' : undefined, onSelect: onRestartStep },
    { label: 'Restart the lesson', onSelect: onRestart },
    { label: isPresenting ? 'End presenting' : 'Present', keys: 'P', onSelect: onPresent },
    ...(onReceive ? [{ label: 'Receive a message', onSelect: onReceive }] : []),
    'separator',
    { label: 'All lessons', onSelect: () => goTo({ screen: 'lab' }) },
  ];
  return <Menu trigger={<IconButton label="More" variant="ghost" icon={<Ellipsis />} />} items={items} />;
}
