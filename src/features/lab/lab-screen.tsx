import './lab.css';
import { lazy, Suspense } from 'react';
import { LESSONS } from '@/lab/lessons/titles';
import { StartPage } from './start-page';

const FreePlay = lazy(async () => ({ default: (await import('./free-play')).FreePlay }));
const LessonView = lazy(async () => ({ default: (await import('./lesson/lesson-view')).LessonView }));

/** The lab: lessons and free play on a queue service of its own. Nothing here can reach a connected account. */
export function LabScreen({ part, query = '' }: { part?: string | undefined; query?: string | undefined }) {
  if (part === undefined) return <StartPage />;
  const title = LESSONS.find(({ id }) => id === part);
  if (part !== 'free' && !title) return <StartPage unknown={part} />;
  return (
    <Suspense fallback={<p className="p-6 text-text-3">The lab is being set up…</p>}>
      {title ? (
        <LessonView key={`${part}?${query}`} title={title} query={query} />
      ) : (
        <FreePlay key={query} query={query} />
      )}
    </Suspense>
  );
}
