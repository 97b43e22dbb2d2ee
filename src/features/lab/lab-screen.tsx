import './lab.css';
import { LESSONS } from '@/lab/lessons/all';
import { goTo } from '@/state/navigation/route';
import { FreePlay } from './free-play';
import { LessonView } from './lesson/lesson-view';
import { StartPage } from './start-page';

/** The lab: lessons and free play on a queue service of its own. Nothing here can reach a connected account. */
export function LabScreen({ part, query = '' }: { part: string | undefined; query: string | undefined }) {
  if (part === undefined) return <StartPage />;
  if (part === 'free') return <FreePlay key={query} query={query} />;
  const lesson = LESSONS.find(({ id }) => id === part);
  if (!lesson) return <StartPage unknown={part} />;
  return <LessonView key={`${part}?${query}`} lesson={lesson} query={query} />;
}

export const openLab = (part?: string, query?: string) => goTo({ screen: 'lab', part, query });
