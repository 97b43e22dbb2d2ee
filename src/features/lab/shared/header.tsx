import { Box, ChevronLeft, Link2, Presentation, RotateCcw } from 'lucide-react';
import { type ReactNode } from 'react';
import type { Params } from '@/lab/run/params';
import type { Run } from '@/lab/run/run';
import { routeHref } from '@/state/navigation/route';
import { useMedia } from '@/ui/browser/use-media';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import type { MenuItem } from '@/ui/overlay/menu-item';
import { lazyPart } from '@/ui/parts/lazy-part';
import { runTime } from '../text/names';
import { copyRunLink } from './share-link';
import { SMALL_LAB, SMALL_PRESENTATION } from './small';

const MoreMenu = lazyPart(async () => (await import('./more-menu')).default);

type HeaderProps = {
  title: string;
  note: string;
  /** In place of title and note: what is chosen among the scenarios or lessons. */
  picker?: ReactNode;
  /** The part of the lab: `free` or a lesson. */
  part: string;
  /** Parameters of the address besides those of the run. */
  extra?: Readonly<Record<string, string>>;
  run: Run;
  /** Settings that the part has by itself, which an address need not name. */
  usual: Params;
  now: number;
  progress?: ReactNode;
  /** Buttons beside the others, where there is room for them. */
  tools?: ReactNode;
  /** The same as items of the menu, where there is none. */
  items?: readonly MenuItem[];
  isPresenting: boolean;
  onPresent: () => void;
  restartLabel?: string;
  onRestart: () => void;
};

/** The head of the lab: what is open, the time of the run, its link. In a small window all but the title is in a menu. */
export function LabHeader({
  title,
  note,
  picker,
  part,
  extra,
  run,
  usual,
  now,
  progress,
  tools,
  items,
  isPresenting,
  onPresent,
  restartLabel = 'Restart',
  onRestart,
}: HeaderProps) {
  const copyLink = () => void copyRunLink({ part, run, usual, extra });
  const isSmall = useMedia(isPresenting ? SMALL_PRESENTATION : SMALL_LAB);
  const presentLabel = isPresenting ? 'End presenting' : 'Present';
  return (
    <header className="lb__h">
      <a className="lb__up" href={routeHref({ screen: 'lab' })} aria-label="All lessons" title="All lessons">
        <ChevronLeft size={16} aria-hidden="true" />
      </a>
      <h1>
        <span className="max-desk:hidden">Lab</span>
        {!picker && (
          <>
            {' '}
            <b className="font-semibold">{title}</b> <span className="text-12 font-normal text-text-3">{note}</span>
          </>
        )}
        {picker && <span className="sr-only">: {title}</span>}
      </h1>
      {picker}
      {progress}
      <Badge className="lb__box">
        <Box size={12} aria-hidden="true" />
        Runs in the sandbox
      </Badge>
      <span className="flex-1" />
      <span className="clock font-mono" role="timer" aria-label="Simulated time">
        {runTime(now)}
      </span>
      {isSmall ? (
        <MoreMenu
          items={[
            ...(items ?? []),
            { label: 'Copy link', icon: <Link2 />, onSelect: copyLink },
            { label: restartLabel, icon: <RotateCcw />, onSelect: onRestart },
            { label: presentLabel, icon: <Presentation />, onSelect: onPresent },
          ]}
        />
      ) : (
        <>
          {tools}
          <Button variant="ghost" icon={<Link2 />} onClick={copyLink}>
            Copy link
          </Button>
          <Button variant="ghost" icon={<RotateCcw />} onClick={onRestart}>
            {restartLabel}
          </Button>
          <Button icon={<Presentation />} kbd="P" aria-pressed={isPresenting} onClick={onPresent}>
            {presentLabel}
          </Button>
        </>
      )}
    </header>
  );
}
