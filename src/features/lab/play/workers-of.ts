import type { View } from '@/lab/actors/actor';
import type { World } from '@/lab/film/world';

/** Workers that have not left, by number. */
export const workersOf = ({ actors }: World): [name: string, view: View][] =>
  Object.entries(actors)
    .filter(([name, { phase }]) => name.startsWith('worker') && phase !== 'gone')
    .toSorted(([a], [b]) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]));
