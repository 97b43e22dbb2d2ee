import './lab.css';
import { useEffect } from 'react';
import { loadLesson } from '@/lab/lessons/load';
import { LESSONS } from '@/lab/lessons/titles';
import { Arriving } from '@/ui/browser/arriving';
import { lazyPart } from '@/ui/parts/lazy-part';
import { RunDrop } from './files/run-drop';

const WAITING = (
  <p className="p-6 text-text-3" role="status">
    The lab is being set up…
    <Arriving isPage />
  </p>
);
const LATE = { shape: 'pane', waiting: WAITING } as const;
const StartPage = lazyPart(async () => (await import('./start-page')).StartPage, { shape: 'pane' });
const FreePlay = lazyPart(async () => (await import('./free-play')).FreePlay, LATE);
const LessonView = lazyPart(async () => (await import('./lesson/lesson-view')).LessonView, LATE);

/** The lab: lessons and free play on a queue service of its own. Nothing here can reach a connected account. */
export function LabScreen({ part, query = '' }: { part?: string | undefined; query?: string | undefined }) {
  const title = LESSONS.find(({ id }) => id === part);
  // Its steps are loaded beside what shows them, not after it. Whoever shows them tells of a failure.
  useEffect(() => {
    if (title) void loadLesson(title.id).catch(() => {});
  }, [title]);
  // Most who choose among the lessons open one.
  const isChoosing = part === undefined;
  useEffect(() => {
    if (isChoosing) void LessonView.preload().catch(() => {});
  }, [isChoosing]);
  return <RunDrop>{screenOf()}</RunDrop>;

  function screenOf() {
    if (part === undefined) return <StartPage />;
    if (part === 'free') return <FreePlay key={query} query={query} />;
    if (!title) return <StartPage unknown={part} />;
    return <LessonView key={`${part}?${query}`} title={title} query={query} />;
  }
}
