import { Box, ChevronLeft, Link2, Presentation, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Params } from '@/lab/run/params';
import { type Run, writeRun } from '@/lab/run/run';
import { routeHref } from '@/state/navigation/route';
import { copyText } from '@/ui/code/code';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { announce } from '@/ui/feedback/live-region';
import { runTime } from '../text/names';

type HeaderProps = {
  title: string;
  note: string;
  /** The part of the lab: `free` or a lesson. */
  part: string;
  run: Run;
  /** Settings that the part has by itself, which an address need not name. */
  usual: Params;
  now: number;
  progress?: ReactNode;
  isPresenting: boolean;
  onPresent: () => void;
  onRestart: () => void;
};

/** The head of the lab: what is open, the time of the run, its link. */
export function LabHeader({
  title,
  note,
  part,
  run,
  usual,
  now,
  progress,
  isPresenting,
  onPresent,
  onRestart,
}: HeaderProps) {
  async function copyLink() {
    const query = writeRun(run, usual).toString();
    const address = `${location.origin}${location.pathname}${routeHref({ screen: 'lab', part, query })}`;
    if (await copyText(address)) announce('Link copied');
  }
  return (
    <header className="lb__h">
      <a className="lb__up" href={routeHref({ screen: 'lab' })} aria-label="All lessons" title="All lessons">
        <ChevronLeft size={16} aria-hidden="true" />
      </a>
      <h1>
        <span className="max-desk:hidden">Lab </span>
        <b className="font-semibold">{title}</b> <span className="text-12 font-normal text-text-3">{note}</span>
      </h1>
      {progress}
      <Badge className="max-desk:hidden">
        <Box size={12} aria-hidden="true" />
        Runs in the sandbox
      </Badge>
      <span className="flex-1" />
      <span className="clock font-mono" role="timer" aria-label="Simulated time">
        {runTime(now)}
      </span>
      <Button variant="ghost" icon={<Link2 />} className="max-desk:hidden" onClick={() => void copyLink()}>
        Copy link
      </Button>
      <Button variant="ghost" icon={<RotateCcw />} onClick={onRestart}>
        Restart
      </Button>
      <Button
        icon={<Presentation />}
        kbd="P"
        aria-pressed={isPresenting}
        className="max-desk:hidden"
        onClick={onPresent}
      >
        {isPresenting ? 'End presenting' : 'Present'}
      </Button>
    </header>
  );
}
